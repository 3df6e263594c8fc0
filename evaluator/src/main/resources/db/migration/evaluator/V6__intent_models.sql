-- Calibrated models of the Intent Guard. None is ever changed: what goes live names one.
create table evaluator.intent_model (
  organization_id uuid not null,
  project_id uuid not null,
  id uuid not null,
  number integer not null check (number > 0),
  name text not null,
  model text not null,
  comparison text not null,
  author_id uuid not null,
  author_name text not null,
  created_at timestamptz not null,
  primary key (organization_id, project_id, number),
  unique (organization_id, project_id, name),
  unique (id),
  foreign key (organization_id, project_id) references tenancy.project (organization_id, id)
);

alter table evaluator.intent_model enable row level security;
alter table evaluator.intent_model force row level security;
create policy own_organization on evaluator.intent_model
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

grant select, insert on evaluator.intent_model to saferun_app;
