package dev.saferun.replay.store;

/** The statements that read runs back. */
final class ReadSql {

  private static final String RUN_COLUMNS =
      """
      select project_id, environment_id, run_id, first_at, last_at, frames, decisions, stopped,
        warned, agents, tools, effects, rules, labels
      from replay.run
      """;

  private static final String FACETS =
      """
      where ($1::uuid is null or project_id = $1)
        and ($3::text is null or $3 = any (effects))
        and ($4::text is null or $4 = any (tools))
        and ($5::text is null or $5 = any (rules))
        and ($6::text is null or $6 = any (agents))
        and ($7::text is null or $7 = any (labels))
        and ($8::timestamptz is null or last_at >= $8)
        and ($9::timestamptz is null or first_at <= $9)
      """;

  static final String NAMED =
      RUN_COLUMNS
          + """
          where organization_id = $4 and run_id = $1 and ($2::uuid is null or environment_id = $2)
            and ($3::uuid is null or project_id = $3)
          """;

  static final String FRAMES =
      """
      select frame, kind, received_at, step, tool, verdict, effect,
        case when kind = 'action' then decision_id end, octet_length(evidence)::bigint
      from replay.frame
      where environment_id = $1 and run_id = $2 and frame > $3
      order by frame limit $4
      """;

  static final String FRAME =
      """
      select environment_id, run_id, frame, evidence, evidence_sha256 from replay.frame
      where environment_id = $1 and run_id = $2 and frame = $3
      """;

  static final String DECISION =
      """
      select environment_id, run_id, frame, evidence, evidence_sha256 from replay.frame
      where organization_id = $4 and decision_id = $1 and kind = 'action'
        and ($2::uuid is null or environment_id = $2) and ($3::uuid is null or project_id = $3)
      """;

  static final String LABELS =
      """
      select label, comment, actor_id, actor_name, at from replay.label
      where decision_id = $1 order by at, label_id
      """;

  static final String OUTCOME =
      """
      select frame from replay.frame
      where decision_id = $1 and kind = 'outcome' order by frame desc limit 1
      """;

  private ReadSql() {}

  /** The list, within one environment or over all of the organization; each has its own index. */
  static String runs(boolean oneEnvironment, boolean after) {
    return RUN_COLUMNS
        + FACETS
        + (oneEnvironment ? " and environment_id = $2" : " and $2::uuid is null")
        + " and organization_id = $11"
        + (after ? " and (last_at, environment_id, run_id) < ($12, $13, $14)" : "")
        + " order by last_at desc, environment_id desc, run_id desc limit $10";
  }
}
