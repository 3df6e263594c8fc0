-- The data keys of organizations, wrapped by the key-encryption key; in the clear they are in memory
-- only. Organizations belong to a module above, so nothing refers to them here.
create table platform.data_key (
  organization_id uuid not null,
  id uuid not null,
  -- 1 for the organization's first; the newest is the one that is not retired.
  number integer not null check (number > 0),
  wrapped bytea not null,
  -- Who wrapped it, and by which version of its key.
  keeper text not null,
  keeper_version integer not null check (keeper_version > 0),
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, number)
);
create unique index data_key_newest on platform.data_key (organization_id) where retired_at is null;

alter table platform.data_key enable row level security;
alter table platform.data_key force row level security;
create policy own_organization on platform.data_key
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

grant select, insert on platform.data_key to saferun_app;
-- What a key is never changes; how it is wrapped does, and it is retired once.
grant update (wrapped, keeper, keeper_version, retired_at) on platform.data_key to saferun_app;
