-- Where events are sent.
create table audit.destination (
  organization_id uuid not null references platform.organization (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 64),
  type text not null,
  format text not null,
  settings jsonb not null,
  secrets bytea,
  kinds text[] not null,
  codes text[] not null,
  enabled boolean not null,
  at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, name)
);
comment on column audit.destination.secrets is 'a JSON object, sealed with the organization''s data key';

-- How far each of them is.
create table audit.delivery (
  organization_id uuid not null,
  destination_id uuid not null,
  cursor bigint not null check (cursor >= 0),
  holder uuid,
  held_until timestamptz,
  delivered bigint not null default 0,
  delivered_at timestamptz,
  failures integer not null default 0,
  retry_at timestamptz,
  fault text,
  fault_at timestamptz,
  primary key (organization_id, destination_id),
  foreign key (organization_id, destination_id) references audit.destination (organization_id, id) on delete cascade
);
comment on column audit.delivery.cursor is 'the position in the stream that is sent next; it moves when the receiver has acknowledged';

-- What a receiver will never take; it does not hold up what comes after.
create table audit.dead_letter (
  organization_id uuid not null,
  destination_id uuid not null,
  position bigint not null,
  reason text not null,
  attempts integer not null default 1,
  at timestamptz not null,
  again boolean not null default false,
  primary key (organization_id, destination_id, position),
  foreign key (organization_id, destination_id) references audit.destination (organization_id, id) on delete cascade
);
comment on column audit.dead_letter.again is 'somebody asked for it to be sent once more';

do $$
declare
  name text;
begin
  foreach name in array array['destination', 'delivery', 'dead_letter'] loop
    execute format('alter table audit.%I enable row level security', name);
    execute format('alter table audit.%I force row level security', name);
    execute format(
      'create policy own_organization on audit.%I '
      'using (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid) '
      'with check (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid)', name);
    execute format('grant select, insert, update, delete on audit.%I to saferun_app', name);
  end loop;
end
$$;
