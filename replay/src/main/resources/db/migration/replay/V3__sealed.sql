-- The originals that were sealed of a record, beside its evidence: the evidence names the hash of the box. Whoever takes
-- the wrapped key away takes the originals away for good, and every hash stays what it was.
create table replay.sealed (
  organization_id uuid not null,
  project_id uuid not null,
  environment_id uuid not null,
  run_id text,
  record_id uuid primary key,
  received_at timestamptz not null,
  key_id uuid not null,
  wrapped_key bytea,
  box bytea not null,
  shredded_at timestamptz,
  check ((wrapped_key is null) = (shredded_at is not null)),
  foreign key (organization_id, project_id, environment_id)
    references tenancy.environment (organization_id, project_id, id)
);
create index sealed_by_run on replay.sealed (environment_id, run_id);
create index sealed_by_time on replay.sealed (environment_id, received_at) where wrapped_key is not null;

-- What the tables above refused keeps its originals with it.
alter table replay.quarantine add key_id uuid, add wrapped_key bytea, add box bytea;

-- Who may look at what was sealed of a run, why and until when.
create table replay.reveal_grant (
  id uuid primary key,
  organization_id uuid not null,
  project_id uuid not null,
  environment_id uuid not null,
  run_id text not null,
  reason text not null,
  actor_id uuid not null,
  actor_name text not null,
  at timestamptz not null,
  expires_at timestamptz not null,
  foreign key (organization_id, project_id, environment_id)
    references tenancy.environment (organization_id, project_id, id)
);

do $$
declare
  name text;
begin
  foreach name in array array['sealed', 'reveal_grant'] loop
    execute format('alter table replay.%I enable row level security', name);
    execute format('alter table replay.%I force row level security', name);
    execute format(
      'create policy own_organization on replay.%I'
      ' using (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid)'
      ' with check (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid)', name);
  end loop;
end
$$;

grant select, insert, update (wrapped_key, shredded_at) on replay.sealed to saferun_app;
grant update (wrapped_key) on replay.quarantine to saferun_app;
grant select, insert on replay.reveal_grant to saferun_app;

-- Retention ends whole runs; nothing else deletes.
grant delete on replay.run, replay.frame, replay.sealed, replay.label to saferun_app;
