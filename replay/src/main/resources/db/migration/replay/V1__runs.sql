create schema if not exists replay;

-- One row for each run: what a list shows and filters by. Kept by the drain, in the transaction of the frames.
create table replay.run (
  organization_id uuid not null,
  project_id uuid not null,
  environment_id uuid not null,
  run_id text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  frames bigint not null,
  decisions bigint not null,
  stopped bigint not null,
  warned bigint not null,
  agents text[] not null default '{}',
  tools text[] not null default '{}',
  effects text[] not null default '{}',
  rules text[] not null default '{}',
  labels text[] not null default '{}',
  primary key (environment_id, run_id),
  foreign key (organization_id, project_id, environment_id)
    references tenancy.environment (organization_id, project_id, id)
);
-- The two orders in which runs are listed; each ends with what makes the order total.
create index run_by_time on replay.run (organization_id, last_at, environment_id, run_id);
create index run_by_environment_and_time on replay.run (environment_id, last_at, run_id);

create table replay.frame (
  organization_id uuid not null,
  project_id uuid not null,
  environment_id uuid not null,
  run_id text not null,
  frame bigint not null check (frame > 0),
  -- The journal's id of the record: what makes draining it twice harmless. An action's is its decision's.
  record_id uuid not null unique,
  kind text not null,
  -- Of an action its own decision, of an outcome the one that it belongs to.
  decision_id uuid,
  at timestamptz,
  received_at timestamptz not null,
  step bigint,
  tool text,
  verdict text,
  effect text,
  policy_snapshot text,
  fingerprint bigint,
  evidence bytea not null,
  evidence_sha256 bytea not null check (length(evidence_sha256) = 32),
  -- A copy of the action for searching. It may be lossy; the evidence is not.
  search jsonb,
  idempotency_key_hash bytea,
  idempotency_body_sha256 bytea,
  primary key (environment_id, run_id, frame),
  foreign key (organization_id, project_id, environment_id)
    references tenancy.environment (organization_id, project_id, id)
);
create index frame_by_decision on replay.frame (decision_id) where decision_id is not null;
-- The drain frees a key that is older than 24 hours before it is used again.
create unique index frame_by_idempotency_key on replay.frame (environment_id, idempotency_key_hash)
  where idempotency_key_hash is not null;

create table replay.label (
  organization_id uuid not null,
  project_id uuid not null,
  environment_id uuid not null,
  label_id uuid primary key,
  decision_id uuid not null,
  label text not null check (label in ('correct', 'false_positive', 'missed')),
  comment text,
  actor_id uuid not null,
  actor_name text not null,
  at timestamptz not null,
  evidence bytea not null,
  evidence_sha256 bytea not null,
  foreign key (organization_id, project_id, environment_id)
    references tenancy.environment (organization_id, project_id, id)
);
create index label_by_decision on replay.label (decision_id, at);

-- What the tables above refused. Nothing is checked here but the organization: this table must take it.
create table replay.quarantine (
  organization_id uuid not null,
  record_id uuid primary key,
  environment_id uuid not null,
  kind text not null,
  received_at timestamptz not null,
  evidence bytea not null,
  evidence_sha256 bytea not null,
  error_code text not null,
  at timestamptz not null default now()
);

-- Evidence is compressed by the database, with lz4 where it was built with it: pglz costs the drain several times as
-- much time for a few percent less space.
do $$
begin
  alter table replay.frame alter column evidence set compression lz4;
  alter table replay.frame alter column search set compression lz4;
exception when feature_not_supported then
  null;
end
$$;

do $$
declare
  name text;
begin
  foreach name in array array['run', 'frame', 'label', 'quarantine'] loop
    execute format('alter table replay.%I enable row level security', name);
    execute format('alter table replay.%I force row level security', name);
    execute format(
      'create policy own_organization on replay.%I'
      ' using (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid)'
      ' with check (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid)', name);
  end loop;
end
$$;

grant usage on schema replay to saferun_app;
grant select, insert, update on replay.run to saferun_app;
grant select, insert, update (idempotency_key_hash) on replay.frame to saferun_app;
grant select, insert on replay.label, replay.quarantine to saferun_app;
