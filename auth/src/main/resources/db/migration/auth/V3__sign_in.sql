-- A way in which people of an organization sign in: one client at one identity provider.
create table auth.connection (
  organization_id uuid not null references tenancy.organization (id),
  id uuid not null,
  name text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  protocol text not null check (protocol in ('oidc', 'saml')),
  settings jsonb not null,
  -- Client secrets and private keys, sealed with the organization's data key.
  secrets bytea,
  enabled boolean not null,
  just_in_time boolean not null,
  default_role text check (default_role in ('admin', 'engineer', 'reviewer', 'auditor', 'viewer')),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- When somebody last signed in by it as it is now; a change takes it away.
  proven_at timestamptz,
  deleted_at timestamptz,
  primary key (organization_id, id),
  unique (id)
);

create unique index connection_name on auth.connection (organization_id, name) where deleted_at is null;

-- A domain that an organization claims for the e-mail addresses of its people.
create table auth.domain (
  organization_id uuid not null references tenancy.organization (id),
  name text not null check (name ~ '^[a-z0-9-]+(\.[a-z0-9-]+)+$' and length(name) <= 253),
  connection_id uuid,
  token text not null,
  claimed_at timestamptz not null,
  verified_at timestamptz,
  verified_by text,
  primary key (organization_id, name),
  foreign key (organization_id, connection_id) references auth.connection (organization_id, id)
);

-- Where the people of a domain sign in. Whoever knows the domain may know this: it is where the sign-in page
-- sends them. So it can be read without an organization, and written for one's own only.
create table auth.domain_door (
  name text primary key,
  organization_id uuid not null references tenancy.organization (id),
  connection_id uuid not null,
  foreign key (organization_id, connection_id) references auth.connection (organization_id, id)
);

-- Whom an identity provider's subject is. Only the subject says who somebody is.
create table auth.identity (
  organization_id uuid not null,
  connection_id uuid not null,
  subject text not null check (length(subject) between 1 and 1000),
  member_id uuid not null,
  linked_at timestamptz not null,
  linked_by text not null,
  signed_in_at timestamptz,
  primary key (organization_id, connection_id, subject),
  foreign key (organization_id, connection_id) references auth.connection (organization_id, id),
  foreign key (organization_id, member_id) references tenancy.member (organization_id, id)
);

create index identity_member on auth.identity (organization_id, member_id);

-- A sign-in that has begun in a browser and not ended. Whoever ends it takes the row.
create table auth.flow (
  organization_id uuid not null,
  hash bytea not null check (length(hash) = 32),
  connection_id uuid not null,
  -- What the answer must fit, sealed with the organization's data key.
  state bytea not null,
  return_to text not null,
  trial boolean not null,
  expires_at timestamptz not null,
  primary key (organization_id, hash),
  foreign key (organization_id, connection_id) references auth.connection (organization_id, id)
);

-- Assertions and logout tokens that were taken, for as long as they could be taken again.
create table auth.spent (
  organization_id uuid not null,
  connection_id uuid not null,
  message text not null,
  expires_at timestamptz not null,
  primary key (organization_id, connection_id, message),
  foreign key (organization_id, connection_id) references auth.connection (organization_id, id)
);

-- The account for the day on which no identity provider answers.
create table auth.break_glass (
  organization_id uuid not null,
  member_id uuid not null,
  password text not null,
  totp bytea not null,
  made_at timestamptz not null,
  made_by text not null,
  used_at timestamptz,
  -- A code is good once.
  totp_step bigint not null default 0,
  primary key (organization_id, member_id),
  foreign key (organization_id, member_id) references tenancy.member (organization_id, id)
);

create table auth.sign_in_policy (
  organization_id uuid primary key references tenancy.organization (id),
  sso_enforced boolean not null,
  changed_at timestamptz not null,
  changed_by text not null
);

do $$
declare
  name text;
begin
  foreach name in array array['connection', 'domain', 'identity', 'flow', 'spent', 'break_glass', 'sign_in_policy'] loop
    execute format('alter table auth.%I enable row level security', name);
    execute format('alter table auth.%I force row level security', name);
    execute format(
      'create policy own_organization on auth.%I'
      ' using (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid)'
      ' with check (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid)', name);
  end loop;
end $$;

alter table auth.domain_door enable row level security;
alter table auth.domain_door force row level security;
create policy anybody_finds on auth.domain_door for select using (true);
create policy own_insert on auth.domain_door for insert
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);
create policy own_update on auth.domain_door for update
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);
create policy own_delete on auth.domain_door for delete
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

-- A connection stays for the identities and sessions that name it.
grant select, insert, update on auth.connection, auth.sign_in_policy to saferun_app;
grant select, insert, update, delete
  on auth.domain, auth.domain_door, auth.identity, auth.flow, auth.spent, auth.break_glass to saferun_app;
