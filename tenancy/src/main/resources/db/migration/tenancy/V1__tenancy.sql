create table tenancy.organization (
  id uuid primary key references platform.organization (id),
  name text not null unique check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  created_at timestamptz not null
);

create table tenancy.project (
  organization_id uuid not null references tenancy.organization (id),
  id uuid not null,
  name text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  display_name text not null,
  created_at timestamptz not null,
  primary key (organization_id, id),
  unique (id),
  unique (organization_id, name)
);

create table tenancy.environment (
  organization_id uuid not null,
  project_id uuid not null,
  id uuid not null,
  name text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  mode text not null check (mode in ('log', 'warn', 'block')),
  on_overflow text not null check (on_overflow in ('stop', 'proceed_unrecorded')),
  on_error text not null check (on_error in ('deny', 'escalate', 'ignore')),
  requests_per_second_max integer not null check (requests_per_second_max between 1 and 1000000),
  created_at timestamptz not null,
  -- What refers to an environment carries its organization and project, so that it cannot refer to a foreign one.
  primary key (organization_id, project_id, id),
  unique (id),
  unique (organization_id, project_id, name),
  foreign key (organization_id, project_id) references tenancy.project (organization_id, id)
);

alter table tenancy.organization enable row level security;
alter table tenancy.organization force row level security;
create policy own_organization on tenancy.organization
  using (id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (id = nullif(current_setting('saferun.organization', true), '')::uuid);

alter table tenancy.project enable row level security;
alter table tenancy.project force row level security;
create policy own_organization on tenancy.project
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

alter table tenancy.environment enable row level security;
alter table tenancy.environment force row level security;
create policy own_organization on tenancy.environment
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

-- Nothing is deleted: runs, decisions and audit events refer to these rows for as long as they are kept.
grant usage on schema tenancy to saferun_app;
grant select, insert, update on tenancy.organization, tenancy.project, tenancy.environment to saferun_app;
