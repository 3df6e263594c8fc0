-- The one list that can be read without a scope: an id says nothing about whose it is.
create table platform.organization (
  id uuid primary key,
  created_at timestamptz not null default now()
);
alter table platform.organization enable row level security;
alter table platform.organization force row level security;
create policy read_all on platform.organization for select using (true);
create policy insert_own on platform.organization for insert
  with check (id = nullif(current_setting('saferun.organization', true), '')::uuid);

-- One row for each topic of an organization. Every node reads all of them (an id, a topic and a
-- count say nothing more); only a transaction of the organization writes them.
-- The poll asks for transactions at or after the oldest that was still open at its last look:
-- revisions can commit out of order, transaction ids and snapshots cannot be missed that way.
create table platform.change_feed (
  organization_id uuid not null,
  topic text not null,
  revision bigint not null default 1,
  transaction_id xid8 not null default pg_current_xact_id(),
  primary key (organization_id, topic)
);
create index change_feed_by_transaction on platform.change_feed (transaction_id);
alter table platform.change_feed enable row level security;
alter table platform.change_feed force row level security;
create policy read_all on platform.change_feed for select using (true);
create policy insert_own on platform.change_feed for insert
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);
create policy update_own on platform.change_feed for update
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

create function platform.tell_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('saferun_changes', new.organization_id || ':' || new.revision || ':' || new.topic);
  return null;
end
$$;
create trigger tell_change after insert or update on platform.change_feed
  for each row execute function platform.tell_change();

grant usage on schema platform to saferun_app;
grant select, insert on platform.organization to saferun_app;
grant select, insert, update on platform.change_feed to saferun_app;
