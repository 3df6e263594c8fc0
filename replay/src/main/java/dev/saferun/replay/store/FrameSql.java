package dev.saferun.replay.store;

/** The statements of the drain: one for each batch, its columns as arrays. */
final class FrameSql {

  static final String FREE_OLD_KEYS =
      """
      update replay.frame f set idempotency_key_hash = null
      from unnest($1::uuid[], $2::bytea[], $3::timestamptz[]) as used (environment_id, key_hash, at)
      where f.environment_id = used.environment_id and f.idempotency_key_hash = used.key_hash
        and f.received_at < used.at - interval '24 hours'
      """;

  /**
   * Only the record's own id makes a row "there already". Any other clash (two frames of one
   * number, a key used twice) is refused and goes to quarantine: it must not vanish.
   */
  static final String INSERT =
      """
      insert into replay.frame (organization_id, project_id, environment_id, run_id, frame,
        record_id, kind, decision_id, at, received_at, step, tool, verdict, effect,
        policy_snapshot, fingerprint, evidence, evidence_sha256, search, idempotency_key_hash,
        idempotency_body_sha256)
      select $1, project_id, environment_id, run_id, frame, record_id, kind, decision_id, at,
        received_at, step, tool, verdict, effect, policy_snapshot, fingerprint, evidence,
        evidence_sha256, search::jsonb, key_hash, body_sha256
      from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::uuid[], $7::text[],
        $8::uuid[], $9::timestamptz[], $10::timestamptz[], $11::bigint[], $12::text[],
        $13::text[], $14::text[], $15::text[], $16::bigint[], $17::bytea[], $18::bytea[],
        $19::text[], $20::bytea[], $21::bytea[])
      as new (project_id, environment_id, run_id, frame, record_id, kind, decision_id, at,
        received_at, step, tool, verdict, effect, policy_snapshot, fingerprint, evidence,
        evidence_sha256, search, key_hash, body_sha256)
      on conflict (record_id) do nothing
      returning record_id
      """;

  static final String SEAL =
      """
      insert into replay.sealed (organization_id, project_id, environment_id, run_id, record_id,
        received_at, key_id, wrapped_key, box)
      select $1, project_id, environment_id, run_id, record_id, received_at, key_id, wrapped_key, box
      from unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::timestamptz[], $7::uuid[],
        $8::bytea[], $9::bytea[])
      as new (project_id, environment_id, run_id, record_id, received_at, key_id, wrapped_key, box)
      on conflict (record_id) do nothing
      """;

  static final String COUNT =
      """
      insert into replay.run as run (organization_id, project_id, environment_id, run_id, first_at,
        last_at, frames, decisions, stopped, warned, agents, tools, effects, rules)
      select $1, project_id, environment_id, run_id, first_at, last_at, frames, decisions, stopped,
        warned, array(select jsonb_array_elements_text(agents::jsonb)),
        array(select jsonb_array_elements_text(tools::jsonb)),
        array(select jsonb_array_elements_text(effects::jsonb)),
        array(select jsonb_array_elements_text(rules::jsonb))
      from unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[],
        $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::text[], $12::text[],
        $13::text[], $14::text[])
      as new (project_id, environment_id, run_id, first_at, last_at, frames, decisions, stopped,
        warned, agents, tools, effects, rules)
      on conflict (environment_id, run_id) do update set
        first_at = least(run.first_at, excluded.first_at),
        last_at = greatest(run.last_at, excluded.last_at),
        frames = run.frames + excluded.frames,
        decisions = run.decisions + excluded.decisions,
        stopped = run.stopped + excluded.stopped,
        warned = run.warned + excluded.warned,
        agents = array(select unnest(run.agents || excluded.agents) as each group by each order by each),
        tools = array(select unnest(run.tools || excluded.tools) as each group by each order by each),
        effects = array(select unnest(run.effects || excluded.effects) as each group by each order by each),
        rules = array(select unnest(run.rules || excluded.rules) as each group by each order by each)
      """;

  static final String LABEL =
      """
      insert into replay.label (organization_id, project_id, environment_id, label_id, decision_id,
        label, comment, actor_id, actor_name, at, evidence, evidence_sha256)
      select $1, new.*
      from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[],
        $8::uuid[], $9::text[], $10::timestamptz[], $11::bytea[], $12::bytea[]) as new
      on conflict (label_id) do nothing
      returning label_id
      """;

  static final String LABEL_RUNS =
      """
      update replay.run r set labels = found.labels
      from (
        select f.environment_id, f.run_id, array_agg(distinct l.label order by l.label) as labels
        from replay.frame touched
        join replay.frame f
          on f.environment_id = touched.environment_id and f.run_id = touched.run_id
            and f.kind = 'action'
        join replay.label l on l.decision_id = f.decision_id
        where touched.record_id = any ($1::uuid[])
        group by f.environment_id, f.run_id
      ) as found
      where r.environment_id = found.environment_id and r.run_id = found.run_id
      """;

  static final String QUARANTINE =
      """
      insert into replay.quarantine (organization_id, record_id, environment_id, kind, received_at,
        evidence, evidence_sha256, error_code, key_id, wrapped_key, box)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      on conflict (record_id) do nothing
      """;

  private FrameSql() {}
}
