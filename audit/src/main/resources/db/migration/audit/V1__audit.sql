create table audit.event (
  organization_id uuid not null references platform.organization (id),
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('agent', 'admin', 'operator', 'system')),
  actor_id uuid not null,
  actor_name text not null,
  code text not null,
  target text not null,
  before jsonb,
  after jsonb,
  primary key (organization_id, id)
);

create index event_target on audit.event (organization_id, target, id);

alter table audit.event enable row level security;
alter table audit.event force row level security;
create policy own_organization on audit.event
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

-- What happened stays: the application may add and read, and neither change nor remove.
grant usage on schema audit to saferun_app;
grant select, insert on audit.event to saferun_app;
