-- Every edit is a new row. Nothing here is ever changed or deleted, and the application has no right to.
create table evaluator.rule_version (
  organization_id uuid not null,
  project_id uuid not null,
  id uuid not null,
  name text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  version integer not null check (version > 0),
  condition text not null,
  verdict text not null check (verdict in ('flag', 'escalate', 'deny')),
  message text not null,
  tools text[] not null,
  on_error text check (on_error in ('deny', 'escalate', 'ignore')),
  enabled boolean not null,
  author_id uuid not null,
  author_name text not null,
  created_at timestamptz not null,
  primary key (organization_id, project_id, name, version),
  unique (id),
  foreign key (organization_id, project_id) references tenancy.project (organization_id, id)
);

create table evaluator.loop_guard_version (
  organization_id uuid not null,
  project_id uuid not null,
  id uuid not null,
  version integer not null check (version > 0),
  settings text not null,
  author_id uuid not null,
  author_name text not null,
  created_at timestamptz not null,
  primary key (organization_id, project_id, version),
  unique (id),
  foreign key (organization_id, project_id) references tenancy.project (organization_id, id)
);

-- The canonical content of every snapshot that was ever in force: what a decision names must stay loadable.
create table evaluator.snapshot (
  organization_id uuid not null,
  project_id uuid not null,
  environment_id uuid not null,
  id text not null,
  content bytea not null,
  published_at timestamptz not null default now(),
  primary key (organization_id, environment_id, id),
  -- The name is the hash of the content, or it is refused.
  check (id = 'sha256:' || encode(sha256(content), 'hex')),
  foreign key (organization_id, project_id, environment_id)
    references tenancy.environment (organization_id, project_id, id)
);

alter table evaluator.rule_version enable row level security;
alter table evaluator.rule_version force row level security;
create policy own_organization on evaluator.rule_version
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

alter table evaluator.loop_guard_version enable row level security;
alter table evaluator.loop_guard_version force row level security;
create policy own_organization on evaluator.loop_guard_version
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

alter table evaluator.snapshot enable row level security;
alter table evaluator.snapshot force row level security;
create policy own_organization on evaluator.snapshot
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

grant usage on schema evaluator to saferun_app;
grant select, insert on evaluator.rule_version, evaluator.loop_guard_version, evaluator.snapshot to saferun_app;
