package dev.saferun.replay.reveal;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.redaction.ValueTokens;
import dev.saferun.replay.capture.Settled;
import dev.saferun.replay.store.RunReads.RunLine;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/**
 * Destroys the keys of what was sealed. The boxes stay, so every hash goes on fitting, and nobody
 * can open them; the audit event is written in the same transaction, or nothing is destroyed.
 */
@Singleton
public final class Shredding {

  private static final String OF_RUN =
      """
      update replay.sealed set wrapped_key = null, shredded_at = :now
      where organization_id = :organization and environment_id = :environment and run_id = :run
        and wrapped_key is not null
      """;

  private static final String OF_TOKEN =
      """
      update replay.sealed set wrapped_key = null, shredded_at = :now
      where organization_id = :organization and wrapped_key is not null
        and (environment_id, run_id) in (
          select environment_id, run_id from replay.frame
          where organization_id = :organization
            and position(convert_to(:token, 'UTF8') in evidence) > 0)
      """;

  private final Database database;
  private final AuditLog audit;
  private final ValueTokens tokens;
  private final Settled settled;
  private final InstantSource clock;

  Shredding(
      Database database, AuditLog audit, ValueTokens tokens, Settled settled, InstantSource clock) {
    this.settled = settled;
    this.database = database;
    this.audit = audit;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Of one run; completes with the number of records whose originals are gone now. */
  public CompletionStage<Integer> run(Actor by, RunLine run, String reason) {
    return database.inSession(
        by.organizationId(),
        session ->
            session
                .<Integer>createNativeQuery(OF_RUN)
                .setParameter("now", now())
                .setParameter("organization", by.organizationId())
                .setParameter("environment", run.environmentId())
                .setParameter("run", run.runId())
                .executeUpdate()
                .thenCompose(
                    count ->
                        audit
                            .record(
                                session,
                                Reveals.event(
                                    by,
                                    "originals.shredded",
                                    run,
                                    Map.of("reason", reason, "records", (long) count)))
                            .thenApply(recorded -> count)));
  }

  /**
   * Of every run in which a value stands, such as a person's address: it is found by its tokens, so
   * the value itself is neither kept nor logged.
   *
   * @param dataClasses under which it may have been kept
   */
  public CompletionStage<Integer> value(
      Actor by, List<String> dataClasses, String value, String reason) {
    List<String> wanted = tokens.of(by.organizationId(), dataClasses, value);
    return settled.now().thenCompose(all -> tokens(by, wanted, reason));
  }

  private CompletionStage<Integer> tokens(Actor by, List<String> wanted, String reason) {
    return database.inSession(
        by.organizationId(),
        session ->
            each(session, by, wanted, 0, 0)
                .thenCompose(
                    count ->
                        audit
                            .record(
                                session,
                                new AuditEvent(
                                    by,
                                    "originals.shredded",
                                    "organization:" + by.organizationId(),
                                    null,
                                    Map.of(
                                        "reason", reason,
                                        "tokens", wanted,
                                        "records", (long) count)))
                            .thenApply(recorded -> count)));
  }

  private CompletionStage<Integer> each(
      Stage.Session session, Actor by, List<String> wanted, int next, int before) {
    if (next == wanted.size()) {
      return CompletableFuture.completedStage(before);
    }
    return session
        .<Integer>createNativeQuery(OF_TOKEN)
        .setParameter("now", now())
        .setParameter("organization", by.organizationId())
        .setParameter("token", wanted.get(next))
        .executeUpdate()
        .thenCompose(count -> each(session, by, wanted, next + 1, before + count));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
