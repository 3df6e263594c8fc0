package dev.saferun.replay.retention;

import static dev.saferun.replay.store.Tenant.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.audit.AuditEvent;
import dev.saferun.platform.Databases;
import dev.saferun.platform.RunningDatabase;
import dev.saferun.platform.SchemaMigrations;
import dev.saferun.platform.Scope;
import dev.saferun.redaction.Retention;
import dev.saferun.replay.store.FakeAuditLog;
import dev.saferun.replay.store.Tenant;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import dev.saferun.tenancy.OnOverflow;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is too old ends, what is not stays, and nothing ends that cannot be audited. */
class ExpiryIT {

  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final RunningDatabase RUNNING =
      Databases.startTemporary(
          List.of(
              new SchemaMigrations("audit", 1),
              new SchemaMigrations("tenancy", 2),
              new SchemaMigrations("replay", 4)),
          List.of());

  private final Tenant tenant = Tenant.made(RUNNING.database());
  private final Tenant other = Tenant.made(RUNNING.database());
  private final FakeAuditLog audit = new FakeAuditLog();
  private final Expiry expiry = new Expiry(RUNNING.database(), audit);

  @AfterAll
  static void stop() {
    RUNNING.close();
  }

  @Test
  void theKeysOfOldOriginalsAreDestroyedAndTheBoxesStay() {
    record(tenant, "old", 31);
    record(tenant, "new", 29);
    record(other, "old", 31);

    Expiry.Ended ended = end(new Retention(30, null));

    assertThat(ended).isEqualTo(new Expiry.Ended(1, 0));
    assertThat(keys(tenant, "old")).isZero();
    assertThat(keys(tenant, "new")).isEqualTo(1);
    assertThat(keys(other, "old")).isEqualTo(1);
    assertThat(rows("sealed")).isEqualTo(2);
    assertThat(rows("frame")).isEqualTo(2);
    assertThat(audit.events()).extracting(AuditEvent::code).containsExactly("retention.applied");
    assertThat(end(new Retention(30, null))).isEqualTo(new Expiry.Ended(0, 0));
    assertThat(audit.events()).as("nothing ended, nothing told").hasSize(1);
  }

  @Test
  void oldRunsGoWithAllThatIsTheirs() {
    record(tenant, "old", 400);
    record(tenant, "new", 10);

    assertThat(end(new Retention(null, 365))).isEqualTo(new Expiry.Ended(0, 1));

    for (String table : List.of("run", "frame", "sealed", "label", "approval")) {
      assertThat(rows(table)).as(table).isEqualTo(1);
    }
  }

  @Test
  void whatCannotBeAuditedDoesNotHappen() {
    record(tenant, "old", 400);
    audit.goAway();

    assertThatThrownBy(() -> end(new Retention(30, 365)))
        .rootCause()
        .hasMessage("the audit log is away");

    assertThat(keys(tenant, "old")).isEqualTo(1);
    assertThat(rows("run")).isEqualTo(1);
  }

  private Expiry.Ended end(Retention retention) {
    EnvironmentSettings environment =
        new EnvironmentSettings(
            new Scope(tenant.organization(), tenant.project(), tenant.environment()),
            "o",
            "shop",
            "production",
            Mode.BLOCK,
            OnOverflow.STOP,
            OnError.DENY,
            100);
    return join(expiry.batch(environment, retention, NOW));
  }

  private static void record(Tenant of, String run, int daysAgo) {
    java.time.OffsetDateTime at = NOW.minus(Duration.ofDays(daysAgo)).atOffset(ZoneOffset.UTC);
    UUID record = UUID.randomUUID();
    of.execute(
        "insert into replay.run (organization_id, project_id, environment_id, run_id, first_at, last_at,"
            + " frames, decisions, stopped, warned) values ($1, $2, $3, $4, $5, $5, 1, 1, 0, 0)",
        of.organization(),
        of.project(),
        of.environment(),
        run,
        at);
    of.execute(
        "insert into replay.frame (organization_id, project_id, environment_id, run_id, frame, record_id,"
            + " kind, decision_id, received_at, evidence, evidence_sha256)"
            + " values ($1, $2, $3, $4, 1, $5, 'action', $5, $6, $7, $8)",
        of.organization(),
        of.project(),
        of.environment(),
        run,
        record,
        at,
        Buffer.buffer("{}"),
        Buffer.buffer(new byte[32]));
    of.execute(
        "insert into replay.sealed (organization_id, project_id, environment_id, run_id, record_id,"
            + " received_at, key_id, wrapped_key, box) values ($1, $2, $3, $4, $5, $6, $5, $7, $7)",
        of.organization(),
        of.project(),
        of.environment(),
        run,
        record,
        at,
        Buffer.buffer("k"));
    of.execute(
        "insert into replay.approval (organization_id, project_id, environment_id, decision_id, run_id,"
            + " frame, call_hash, created_at, expires_at)"
            + " values ($1, $2, $3, $4, $5, 1, $6, $7, $8)",
        of.organization(),
        of.project(),
        of.environment(),
        record,
        run,
        Buffer.buffer(new byte[32]),
        at,
        at.plusHours(1));
    of.execute(
        "insert into replay.label (organization_id, project_id, environment_id, label_id, decision_id,"
            + " label, actor_id, actor_name, at, evidence, evidence_sha256)"
            + " values ($1, $2, $3, $4, $5, 'correct', $5, 'a', $6, $7, $8)",
        of.organization(),
        of.project(),
        of.environment(),
        UUID.randomUUID(),
        record,
        at,
        Buffer.buffer("{}"),
        Buffer.buffer(new byte[32]));
  }

  private static long keys(Tenant of, String run) {
    return of.count(
        "select count(*) from replay.sealed where environment_id = $1 and run_id = $2"
            + " and wrapped_key is not null and shredded_at is null",
        of.environment(),
        run);
  }

  private long rows(String table) {
    return tenant.count(
        "select count(*) from replay." + table + " where environment_id = $1",
        tenant.environment());
  }
}
