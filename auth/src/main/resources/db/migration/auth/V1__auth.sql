create table auth.api_key (
  organization_id uuid not null references tenancy.organization (id),
  project_id uuid,
  environment_id uuid,
  id uuid not null,
  kind text not null check (kind in ('agent', 'admin', 'operator')),
  name text not null,
  -- HMAC-SHA256 of the whole key under the appliance's keyring; the key itself is nowhere.
  hash bytea not null unique check (length(hash) = 32),
  hint text not null,
  bootstrap boolean not null default false,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  primary key (organization_id, id),
  unique (id),
  -- The whole path, so that a key cannot open an environment of another organization.
  foreign key (organization_id, project_id, environment_id)
    references tenancy.environment (organization_id, project_id, id),
  check ((kind = 'agent') = (environment_id is not null)),
  check ((project_id is null) = (environment_id is null))
);

create index api_key_of_environment on auth.api_key (organization_id, environment_id, id);

alter table auth.api_key enable row level security;
alter table auth.api_key force row level security;
create policy own_organization on auth.api_key
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

-- A key is revoked, never deleted: decisions and audit events name it.
grant usage on schema auth to saferun_app;
grant select, insert, update on auth.api_key to saferun_app;
