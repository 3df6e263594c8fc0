-- A project has several guards; the versions of all their settings are kept alike.
alter table evaluator.loop_guard_version rename to guard_version;
alter table evaluator.guard_version
  add column guard text not null default 'loop-guard' check (guard in ('loop-guard', 'intent-guard'));
alter table evaluator.guard_version alter column guard drop default;
alter table evaluator.guard_version drop constraint loop_guard_version_pkey;
alter table evaluator.guard_version
  add constraint guard_version_pkey primary key (organization_id, project_id, guard, version);
