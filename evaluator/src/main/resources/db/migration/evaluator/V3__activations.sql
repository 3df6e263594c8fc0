-- A version is a draft until an activation puts it in force. What an environment has in force is the newest line of each
-- rule; nothing here is ever changed or deleted, and the application has no right to.
alter table evaluator.rule_version add column comment text not null default '';
alter table evaluator.rule_version add unique (organization_id, project_id, name, version, id);

create table evaluator.activation (
  organization_id uuid not null,
  project_id uuid not null,
  environment_id uuid not null,
  number integer not null check (number > 0),
  -- The environment's mode when it was made: in the mode block the gate was passed.
  mode text not null check (mode in ('log', 'warn', 'block')),
  comment text not null,
  restored integer,
  backtest uuid,
  override_reason text,
  author_id uuid not null,
  author_name text not null,
  created_at timestamptz not null,
  primary key (organization_id, project_id, environment_id, number),
  foreign key (organization_id, project_id, environment_id)
    references tenancy.environment (organization_id, project_id, id),
  foreign key (organization_id, project_id, environment_id, restored)
    references evaluator.activation (organization_id, project_id, environment_id, number)
);

create table evaluator.activation_rule (
  organization_id uuid not null,
  project_id uuid not null,
  environment_id uuid not null,
  number integer not null,
  rule text not null,
  version integer not null,
  version_id uuid not null,
  state text not null check (state in ('draft', 'shadow', 'warn', 'block')),
  -- In this order for the newest line of a rule.
  primary key (organization_id, project_id, environment_id, rule, number),
  foreign key (organization_id, project_id, environment_id, number)
    references evaluator.activation (organization_id, project_id, environment_id, number),
  foreign key (organization_id, project_id, rule, version, version_id)
    references evaluator.rule_version (organization_id, project_id, name, version, id)
);
-- For the lines after a number: what a node that knows the rest must read.
create index activation_rule_by_number
  on evaluator.activation_rule (organization_id, project_id, environment_id, number);

alter table evaluator.activation enable row level security;
alter table evaluator.activation force row level security;
create policy own_organization on evaluator.activation
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

alter table evaluator.activation_rule enable row level security;
alter table evaluator.activation_rule force row level security;
create policy own_organization on evaluator.activation_rule
  using (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('saferun.organization', true), '')::uuid);

grant select, insert on evaluator.activation, evaluator.activation_rule to saferun_app;

-- Until now the newest version of each rule was in force in every environment, as blocking as the mode let it be: so it
-- stays. An organization at a time, because an owner that is no superuser sees no more than its scope either.
do $$
declare
  organization uuid;
begin
  for organization in select id from platform.organization loop
    perform set_config('saferun.organization', organization::text, true);
    insert into evaluator.activation (organization_id, project_id, environment_id, number, mode, comment, override_reason,
                                      author_id, author_name, created_at)
    select organization_id, project_id, id, 1, mode, 'In force before this upgrade', 'In force before this upgrade',
           '00000000-0000-0000-0000-000000000000', 'upgrade', now()
    from tenancy.environment
    where organization_id = organization
      and project_id in (select project_id from evaluator.rule_version where organization_id = organization);
    insert into evaluator.activation_rule (organization_id, project_id, environment_id, number, rule, version, version_id, state)
    select environment.organization_id, environment.project_id, environment.id, 1, newest.name, newest.version, newest.id, 'block'
    from tenancy.environment environment
    join (select distinct on (project_id, name) * from evaluator.rule_version
          where organization_id = organization order by project_id, name, version desc) newest
      on newest.project_id = environment.project_id
    where environment.organization_id = organization;
  end loop;
end
$$;
