-- Recorded calls that a rule must stop, or must let go. A pin may be taken back: what was pinned when is in the audit log.
create table evaluator.rule_pin (
  organization_id uuid not null,
  project_id uuid not null,
  rule text not null,
  decision_id uuid not null,
  expect text not null check (expect in ('must_stop', 'must_allow')),
  comment text not null,
  -- The rule's newest version when it was pinned.
  version integer not null,
  author_id uuid not null,
  author_name text not null,
  created_at timestamptz not null,
  primary key (organization_id, project_id, rule, decision_id),
  foreign key (organization_id, project_id, rule, version)
    references evaluator.rule_version (organization_id, project_id, name, version)
);

alter table evaluator.rule_pin enable row level security;
alter table evaluator.rule_pin force row level security;
create policy own_organization on evaluator.rule_pin
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

grant select, insert, update, delete on evaluator.rule_pin to saferun_app;
