package dev.saferun.evaluator.rules;

/**
 * The statements about activations. Each names the organization although row-level security would
 * do: two locks.
 */
final class ActivationSql {

  /** The number of the environment's last activation; 0 before the first. */
  static final String HEAD =
      """
      select coalesce(max(number), 0) from evaluator.activation
      where organization_id = $1 and project_id = $2 and environment_id = $3""";

  /** The versions of the named rules, the newest where none is named. */
  static final String VERSIONS =
      """
      select found.*
      from unnest($3::text[], $4::integer[]) as wanted (rule, version)
      join lateral (
        select * from evaluator.rule_version
        where organization_id = $1 and project_id = $2 and name = wanted.rule
          and version = coalesce(wanted.version, version)
        order by version desc limit 1) found on true""";

  /** The newest line of each of the named rules. */
  static final String NOW =
      """
      select wanted.rule, line.version, line.version_id, line.state
      from unnest($4::text[]) as wanted (rule)
      join lateral (
        select version, version_id, state from evaluator.activation_rule
        where organization_id = $1 and project_id = $2 and environment_id = $3 and rule = wanted.rule
        order by number desc limit 1) line on true""";

  /** The newest line of each rule as it was after an activation. */
  static final String AFTER =
      """
      select distinct on (rule) rule, version, version_id, state from evaluator.activation_rule
      where organization_id = $1 and project_id = $2 and environment_id = $3 and number <= $4
      order by rule, number desc""";

  /** The newest line of each of the named rules in each environment of the project. */
  static final String EVERYWHERE =
      """
      select distinct on (environment_id, rule) environment_id, rule, version, version_id, state
      from evaluator.activation_rule
      where organization_id = $1 and project_id = $2 and environment_id = any($3) and rule = any($4)
      order by environment_id, rule, number desc""";

  /**
   * Which of the versions were let into {@code block} in the environment before: in the mode block,
   * or on grounds that were given.
   */
  static final String CLEARED =
      """
      select distinct line.version_id
      from evaluator.activation_rule line
      join evaluator.activation using (organization_id, project_id, environment_id, number)
      where organization_id = $1 and project_id = $2 and environment_id = $3
        and line.rule = any($4) and line.version_id = any($5) and line.state = 'block'
        and (mode = 'block' or backtest is not null or override_reason is not null)""";

  /** The newest lines of the rules that changed after a number, in many environments at once. */
  static final String SINCE =
      """
      select known.environment_id, line.rule, line.version_id, line.state, line.number
      from unnest($2::uuid[], $3::uuid[], $4::integer[]) as known (project_id, environment_id, number)
      join lateral (
        select distinct on (rule) rule, version_id, state, number from evaluator.activation_rule
        where organization_id = $1 and project_id = known.project_id
          and environment_id = known.environment_id and number > known.number
        order by rule, number desc) line on true""";

  /** Activations before a number, the newest first. */
  static final String PAGE =
      """
      select number, comment, restored, backtest, override_reason, author_name, created_at,
        (select count(*)::integer from evaluator.activation_rule line
         where line.organization_id = activation.organization_id
           and line.project_id = activation.project_id
           and line.environment_id = activation.environment_id
           and line.number = activation.number) as rules
      from evaluator.activation
      where organization_id = $1 and project_id = $2 and environment_id = $3 and number < $4
      order by number desc limit $5""";

  /** What one activation said. */
  static final String LINES =
      """
      select rule, version, version_id, state from evaluator.activation_rule
      where organization_id = $1 and project_id = $2 and environment_id = $3 and number = $4
      order by rule""";

  // The following are of a Hibernate session, which names its parameters.

  static final String HEAD_NAMED =
      """
      select coalesce(max(number), 0) from evaluator.activation
      where organization_id = :organization and project_id = :project
        and environment_id = :environment""";

  /** What is absent is given as an empty text. */
  static final String INSERT =
      """
      insert into evaluator.activation
        (organization_id, project_id, environment_id, number, mode, comment, restored, backtest,
         override_reason, author_id, author_name, created_at)
      values (:organization, :project, :environment, :number, :mode, :comment,
              cast(nullif(:restored, '') as integer), cast(nullif(:backtest, '') as uuid),
              nullif(:reason, ''), :authorId, :authorName, :at)""";

  /** All lines of an activation in one statement. */
  static final String INSERT_LINES =
      """
      insert into evaluator.activation_rule
        (organization_id, project_id, environment_id, number, rule, version, version_id, state)
      select cast(:organization as uuid), cast(:project as uuid), cast(:environment as uuid),
        cast(:number as integer), rule, version, version_id, state
      from jsonb_to_recordset(cast(cast(:lines as text) as jsonb))
        as line (rule text, version integer, version_id uuid, state text)""";

  private ActivationSql() {}
}
