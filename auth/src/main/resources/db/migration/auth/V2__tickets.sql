-- A browser in which somebody signed in. An ended one stays for the access review.
create table auth.session (
  organization_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  connection_id uuid,
  -- HMAC-SHA256 of the ticket under the appliance's keyring; the ticket itself is nowhere.
  hash bytea not null unique check (length(hash) = 32),
  subject text,
  provider_session text,
  -- Sealed with the organization's data key.
  logout_hint bytea,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  address text not null,
  user_agent text not null,
  primary key (organization_id, id),
  unique (id),
  foreign key (organization_id, member_id) references tenancy.member (organization_id, id)
);

create index session_member on auth.session (organization_id, member_id, id);
create index session_provider on auth.session (organization_id, connection_id, subject) where ended_at is null;

create table auth.token (
  organization_id uuid not null references tenancy.organization (id),
  id uuid not null,
  kind text not null check (kind in ('access', 'directory')),
  member_id uuid,
  name text not null,
  hash bytea not null unique check (length(hash) = 32),
  hint text not null,
  permissions text[] not null,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz,
  primary key (organization_id, id),
  unique (id),
  foreign key (organization_id, member_id) references tenancy.member (organization_id, id),
  check ((kind = 'access') = (member_id is not null))
);

create index token_member on auth.token (organization_id, member_id, id);

do $$
declare
  name text;
begin
  foreach name in array array['session', 'token'] loop
    execute format('alter table auth.%I enable row level security', name);
    execute format('alter table auth.%I force row level security', name);
    execute format(
      'create policy own_organization on auth.%I'
      ' using (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid)'
      ' with check (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid)', name);
  end loop;
end $$;

grant select, insert, update on auth.session, auth.token to saferun_app;
