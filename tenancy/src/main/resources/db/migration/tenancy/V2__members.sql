create table tenancy.member (
  organization_id uuid not null references tenancy.organization (id),
  id uuid not null,
  user_name text not null check (length(user_name) between 1 and 320),
  display_name text not null check (length(display_name) <= 320),
  email text check (length(email) between 1 and 320),
  external_id text check (length(external_id) between 1 and 320),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  deactivated_at timestamptz,
  -- The directory took the person out; the row stays for what names it, and comes back with the person.
  removed_at timestamptz,
  version bigint not null default 1,
  primary key (organization_id, id),
  unique (id)
);

-- Letters of any case name the same person.
create unique index member_user_name on tenancy.member (organization_id, lower(user_name));
create unique index member_external_id on tenancy.member (organization_id, external_id);

create table tenancy.member_group (
  organization_id uuid not null references tenancy.organization (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 320),
  external_id text check (length(external_id) between 1 and 320),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  version bigint not null default 1,
  primary key (organization_id, id),
  unique (id)
);

create unique index member_group_name on tenancy.member_group (organization_id, lower(name));
create unique index member_group_external_id on tenancy.member_group (organization_id, external_id);

-- Who says that somebody is in a group: the directory, or a connection by which the person signed in. Each
-- replaces its own word only.
create table tenancy.group_member (
  organization_id uuid not null,
  group_id uuid not null,
  member_id uuid not null,
  source text not null check (length(source) between 1 and 100),
  primary key (organization_id, group_id, member_id, source),
  foreign key (organization_id, group_id) references tenancy.member_group (organization_id, id) on delete cascade,
  foreign key (organization_id, member_id) references tenancy.member (organization_id, id) on delete cascade
);

create index group_member_member on tenancy.group_member (organization_id, member_id);

create table tenancy.role_grant (
  organization_id uuid not null,
  id uuid not null,
  member_id uuid,
  group_id uuid,
  project_id uuid,
  role text not null check (role in ('owner', 'admin', 'engineer', 'reviewer', 'auditor', 'viewer')),
  granted_at timestamptz not null,
  granted_by text not null,
  primary key (organization_id, id),
  unique (id),
  unique nulls not distinct (organization_id, member_id, group_id, project_id, role),
  check ((member_id is null) <> (group_id is null)),
  -- An owner is one of the organization.
  check (role <> 'owner' or project_id is null),
  foreign key (organization_id, member_id) references tenancy.member (organization_id, id) on delete cascade,
  foreign key (organization_id, group_id) references tenancy.member_group (organization_id, id) on delete cascade,
  foreign key (organization_id, project_id) references tenancy.project (organization_id, id)
);

do $$
declare
  name text;
begin
  foreach name in array array['member', 'member_group', 'group_member', 'role_grant'] loop
    execute format('alter table tenancy.%I enable row level security', name);
    execute format('alter table tenancy.%I force row level security', name);
    execute format(
      'create policy own_organization on tenancy.%I'
      ' using (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid)'
      ' with check (organization_id = nullif(current_setting(''saferun.organization'', true), '''')::uuid)', name);
  end loop;
end $$;

-- A member is deactivated and never deleted: approvals, labels and audit events name the person.
grant select, insert, update on tenancy.member to saferun_app;
grant select, insert, update, delete on tenancy.member_group, tenancy.group_member, tenancy.role_grant to saferun_app;
