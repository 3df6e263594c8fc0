create table sample.note (
  organization_id uuid not null,
  id uuid not null,
  text text not null,
  primary key (organization_id, id)
);
alter table sample.note enable row level security;
alter table sample.note force row level security;
create policy own on sample.note
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);
grant usage on schema sample to saferun_app;
grant select, insert, update, delete on sample.note to saferun_app;
