-- Whether the deed was done, and from which address; both are absent in events from before.
alter table audit.event add column outcome text not null default 'success' check (outcome in ('success', 'failure'));
alter table audit.event add column address text check (length(address) between 1 and 64);
create index event_code on audit.event (organization_id, code, id);
create index event_actor on audit.event (organization_id, actor_id, id);
create index event_request on audit.event (organization_id, request_id) where request_id is not null;

-- What committed and has no place in the log yet. The one table here that shrinks.
create table audit.pending (
  organization_id uuid not null references platform.organization (id),
  id uuid not null,
  kind text not null check (kind in ('audit', 'detection')),
  primary key (organization_id, id)
);

-- The entries of the Merkle log (RFC 6962), in their order.
create table audit.leaf (
  organization_id uuid not null references platform.organization (id),
  index bigint not null check (index >= 0),
  event_id uuid not null,
  salts bytea not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (organization_id, index),
  unique (organization_id, event_id)
);

-- The roots of whole subtrees of 256, 65,536, ... entries, so that a proof reads few rows.
create table audit.subtree (
  organization_id uuid not null references platform.organization (id),
  level smallint not null check (level > 0 and level % 8 = 0),
  index bigint not null check (index >= 0),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (organization_id, level, index)
);

-- The key that signs an organization's checkpoints, sealed with the organization's data key.
create table audit.log_key (
  organization_id uuid not null references platform.organization (id),
  verifier text not null,
  sealed bytea not null,
  at timestamptz not null,
  primary key (organization_id)
);

create table audit.checkpoint (
  organization_id uuid not null references platform.organization (id),
  size bigint not null check (size > 0),
  at timestamptz not null,
  note text not null,
  primary key (organization_id, size)
);

-- What receivers get, in the order in which they get it: events, what other modules announce, and checkpoints.
create table audit.stream (
  organization_id uuid not null references platform.organization (id),
  position bigint not null check (position >= 0),
  kind text not null check (kind in ('audit', 'detection', 'checkpoint')),
  id uuid not null,
  at timestamptz not null,
  number bigint,
  primary key (organization_id, position)
);
comment on column audit.stream.number is 'the index in the log of an event, the size of a checkpoint';
create index stream_at on audit.stream (organization_id, at, position);

do $$
declare
  name text;
begin
  foreach name in array array['pending', 'leaf', 'subtree', 'log_key', 'checkpoint', 'stream'] loop
    execute format('alter table audit.%I enable row level security', name);
    execute format('alter table audit.%I force row level security', name);
    execute format(
      'create policy own_organization on audit.%I '
      'using (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid) '
      'with check (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid)', name);
    -- The log only grows: nobody but the owner of the schema may change or remove.
    execute format('grant select, insert on audit.%I to saferun_app', name);
  end loop;
end
$$;
grant delete on audit.pending to saferun_app;
