-- Where a rule is in force is said for each environment, and no longer by the version itself.
alter table evaluator.rule_version drop column enabled;
