package dev.saferun.replay.reveal;

import static dev.saferun.replay.store.Tenant.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.saferun.audit.AuditEvent;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Database;
import dev.saferun.platform.Databases;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RunningDatabase;
import dev.saferun.platform.SchemaMigrations;
import dev.saferun.platform.Scope;
import dev.saferun.replay.ReplayProblem;
import dev.saferun.replay.capture.KeysOf;
import dev.saferun.replay.store.FakeAuditLog;
import dev.saferun.replay.store.RunReads.RunLine;
import dev.saferun.replay.store.StoreOf;
import dev.saferun.replay.store.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Nothing is shown without leave, after its time, to another, or where it cannot be audited. */
class RevealsIT {

  private static final RunningDatabase RUNNING =
      Databases.startTemporary(
          List.of(
              new SchemaMigrations("audit", 1),
              new SchemaMigrations("tenancy", 2),
              new SchemaMigrations("replay", 4)),
          List.of());
  private static final Database DATABASE = RUNNING.database();

  private final Tenant tenant = Tenant.made(DATABASE);
  private volatile Instant now = Instant.parse("2026-11-28T12:00:00Z");
  private final FakeAuditLog audit = new FakeAuditLog();
  private final Reveals reveals =
      new Reveals(
          DATABASE,
          audit,
          StoreOf.reads(DATABASE),
          StoreOf.seals(DATABASE),
          new SealedOriginals(StoreOf.seals(DATABASE), KeysOf.one()),
          () -> now);
  private final Actor actor = actor();

  @AfterAll
  static void stop() {
    RUNNING.close();
  }

  @Test
  void aGrantEndsByItselfAndIsForWhoAskedAndForItsRun() {
    UUID grant = join(reveals.grant(actor, run("r"), "why", Duration.ofMinutes(15))).id();

    assertThat(refusal(actor(), "r", grant)).isEqualTo(ReplayProblem.REVEAL_NOT_GRANTED);
    assertThat(refusal(actor, "other", grant)).isEqualTo(ReplayProblem.REVEAL_NOT_GRANTED);
    assertThat(refusal(actor, "r", grant))
        .as("there is no such frame")
        .isEqualTo(CommonProblem.NOT_FOUND);
    now = now.plus(Duration.ofMinutes(15));
    assertThat(refusal(actor, "r", grant)).isEqualTo(ReplayProblem.REVEAL_NOT_GRANTED);
    assertThat(audit.events())
        .extracting(AuditEvent::code, AuditEvent::outcome)
        .containsExactly(
            tuple("reveal.granted", AuditEvent.Outcome.SUCCESS),
            tuple("reveal.refused", AuditEvent.Outcome.FAILURE),
            tuple("reveal.refused", AuditEvent.Outcome.FAILURE),
            tuple("reveal.shown", AuditEvent.Outcome.SUCCESS),
            tuple("reveal.refused", AuditEvent.Outcome.FAILURE));
  }

  @Test
  void whereTheAuditLogTakesNothingNothingIsShownAndNoLeaveIsGiven() {
    UUID grant = join(reveals.grant(actor, run("r"), "why", Duration.ofMinutes(15))).id();
    audit.goAway();

    assertThatThrownBy(() -> join(reveals.reveal(actor, run("r"), 1, grant)))
        .rootCause()
        .hasMessage("the audit log is away");
    assertThatThrownBy(() -> join(reveals.grant(actor, run("r"), "why", Duration.ofMinutes(15))))
        .rootCause()
        .hasMessage("the audit log is away");
    assertThat(tenant.count("select count(*) from replay.reveal_grant")).isEqualTo(1);
  }

  private Object refusal(Actor by, String run, UUID grant) {
    try {
      join(reveals.reveal(by, run(run), 1, grant));
      return "shown";
    } catch (java.util.concurrent.CompletionException refused) {
      return refused.getCause() instanceof ProblemException problem ? problem.code() : refused;
    }
  }

  private Actor actor() {
    return new Actor(
        Actor.Kind.ADMIN, UUID.randomUUID(), "a", new Scope(tenant.organization(), null, null));
  }

  private RunLine run(String name) {
    OffsetDateTime at = OffsetDateTime.parse("2026-11-28T11:00:00Z");
    return new RunLine(
        tenant.project(),
        tenant.environment(),
        name,
        at,
        at,
        1,
        1,
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
