-- An export of the log, written part by part: a part and how far it got are one transaction.
create table audit.export (
  organization_id uuid not null references platform.organization (id),
  id uuid not null,
  format text not null,
  filter jsonb not null,
  size bigint not null check (size >= 0),
  actor_id uuid not null,
  actor_name text not null,
  at timestamptz not null,
  expires_at timestamptz not null,
  next_index bigint not null default 0,
  parts integer not null default 0,
  entries bigint not null default 0,
  bytes bigint not null default 0,
  state text not null default 'running' check (state in ('running', 'done', 'failed')),
  fault text,
  held_until timestamptz,
  primary key (organization_id, id)
);
comment on column audit.export.size is 'of the log when it was asked for: what comes later is not in it';
comment on column audit.export.held_until is 'a node works on it until then';

create table audit.export_part (
  organization_id uuid not null,
  export_id uuid not null,
  number integer not null,
  content bytea not null,
  bytes bigint not null,
  sha256 bytea not null,
  primary key (organization_id, export_id, number),
  foreign key (organization_id, export_id) references audit.export (organization_id, id) on delete cascade
);
comment on column audit.export_part.content is 'gzip; bytes and sha256 are of what it holds';
-- It is compressed already.
alter table audit.export_part alter column content set storage external;

do $$
declare
  name text;
begin
  foreach name in array array['export', 'export_part'] loop
    execute format('alter table audit.%I enable row level security', name);
    execute format('alter table audit.%I force row level security', name);
    execute format(
      'create policy own_organization on audit.%I '
      'using (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid) '
      'with check (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid)', name);
    execute format('grant select, insert, delete on audit.%I to saferun_app', name);
  end loop;
end
$$;
grant update on audit.export to saferun_app;
