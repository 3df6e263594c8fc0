-- Actions by time: what a backtest goes through.
create index frame_of_action_by_time on replay.frame (environment_id, received_at, record_id)
  where kind = 'action';

-- What was asked, and what came out so far. It stays as evidence for the rules that it let through.
create table replay.backtest (
  organization_id uuid not null,
  project_id uuid not null,
  environment_id uuid not null,
  id uuid not null,
  request text not null,
  policy text not null,
  rule_versions uuid[] not null,
  state text not null check (state in ('queued', 'running', 'finished', 'cancelled', 'interrupted', 'failed')),
  report text not null,
  author_id uuid not null,
  author_name text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (id),
  foreign key (organization_id, project_id, environment_id)
    references tenancy.environment (organization_id, project_id, id)
);
create index backtest_by_time on replay.backtest (organization_id, project_id, id);

alter table replay.backtest enable row level security;
alter table replay.backtest force row level security;
create policy own_organization on replay.backtest
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

grant select, insert, update (state, report, ended_at) on replay.backtest to saferun_app;
