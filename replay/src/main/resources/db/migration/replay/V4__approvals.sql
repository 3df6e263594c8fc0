-- A held call and what a person said of it. Made by the drain in the transaction of its frame; its id is the decision's.
create table replay.approval (
  organization_id uuid not null,
  project_id uuid not null,
  environment_id uuid not null,
  decision_id uuid primary key,
  run_id text not null,
  frame bigint not null,
  -- As the frame has it: null where redaction took it.
  tool text,
  -- Of the call as it was checked, keyed; what was checked is nowhere.
  call_hash bytea not null check (length(call_hash) = 32),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  -- Expired is written when it is first seen: by a deed that came too late, or by the sweep.
  state text not null default 'pending' check (state in ('pending', 'approved', 'denied', 'expired')),
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  comment text,
  claimed_at timestamptz,
  claimed_by uuid,
  claim_key_hash bytea check (length(claim_key_hash) = 32),
  -- Who decided is told whole or not at all; only what was approved is claimed.
  check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (decided_by_name is null)),
  check (case state when 'pending' then decided_at is null when 'expired' then true else decided_at is not null end),
  check ((claimed_at is null) = (claimed_by is null)),
  check (claimed_at is null or state = 'approved'),
  check (claim_key_hash is null or claimed_at is not null),
  foreign key (organization_id, project_id, environment_id)
    references tenancy.environment (organization_id, project_id, id)
);
-- Ids are ordered by time, so the list's order is theirs.
create index approval_by_organization on replay.approval (organization_id, decision_id);
create index approval_by_environment on replay.approval (environment_id, decision_id);
create index approval_by_run on replay.approval (environment_id, run_id);
-- What still can expire: few of many, and what reviewers ask for.
create index approval_open on replay.approval (organization_id, expires_at)
  where state in ('pending', 'approved') and claimed_at is null;

alter table replay.approval enable row level security;
alter table replay.approval force row level security;
create policy own_organization on replay.approval
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

-- What was asked for cannot be changed: neither the call nor until when. Retention deletes it with its run.
grant select, insert, delete,
  update (state, decided_at, decided_by, decided_by_name, comment, claimed_at, claimed_by, claim_key_hash)
  on replay.approval to saferun_app;
