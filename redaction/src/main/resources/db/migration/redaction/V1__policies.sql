create schema if not exists redaction;

-- Every version of what somebody wrote; the highest version of an owner is in force. Without a project it is the
-- organization's floor, without an environment it is for all of the project's environments that have none of their own.
create table redaction.policy_version (
  id uuid primary key,
  organization_id uuid not null references tenancy.organization (id),
  project_id uuid,
  environment_id uuid,
  version integer not null check (version > 0),
  content text not null,
  actor_id uuid not null,
  actor_name text not null,
  at timestamptz not null,
  check (environment_id is null or project_id is not null),
  unique nulls not distinct (organization_id, project_id, environment_id, version),
  foreign key (organization_id, project_id) references tenancy.project (organization_id, id),
  foreign key (organization_id, project_id, environment_id)
    references tenancy.environment (organization_id, project_id, id)
);

alter table redaction.policy_version enable row level security;
alter table redaction.policy_version force row level security;
create policy own_organization on redaction.policy_version
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

-- A version is never changed and never goes.
grant usage on schema redaction to saferun_app;
grant select, insert on redaction.policy_version to saferun_app;
