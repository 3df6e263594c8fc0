package dev.saferun.replay.reveal;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Database;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import dev.saferun.redaction.Originals;
import dev.saferun.replay.ReplayProblem;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.capture.Unsealing.Kept;
import dev.saferun.replay.store.RunReads;
import dev.saferun.replay.store.RunReads.RunLine;
import dev.saferun.replay.store.RunReads.StoredEvidence;
import dev.saferun.replay.store.SealedReads;
import dev.saferun.replay.store.SealedReads.StoredSeal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Lets a person see what was sealed of a run: for a reason, for a time, and never before the audit
 * log holds that it was shown. Where the audit log takes nothing, nothing is shown.
 */
@Singleton
public final class Reveals {

  private static final int DEPTH_MAX = StrictJson.DEPTH_MAX + 8;

  private static final String INSERT =
      """
      insert into replay.reveal_grant (id, organization_id, project_id, environment_id, run_id,
        reason, actor_id, actor_name, at, expires_at)
      values (:id, :organization, :project, :environment, :run, :reason, :actor, :name, :at, :expires)
      """;

  private static final String VALID =
      """
      select cast(count(*) as integer) from replay.reveal_grant
      where id = :id and organization_id = :organization and environment_id = :environment
        and run_id = :run and actor_id = :actor and expires_at > :now and at <= :latest
      """;

  /** A grant of later than now is of a clock that was set back, which must not make it longer. */
  private static final Duration SKEW_MAX = Duration.ofMinutes(1);

  private final Database database;
  private final AuditLog audit;
  private final RunReads runs;
  private final SealedReads seals;
  private final SealedOriginals originals;
  private final InstantSource clock;

  Reveals(
      Database database,
      AuditLog audit,
      RunReads runs,
      SealedReads seals,
      SealedOriginals originals,
      InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.runs = runs;
    this.seals = seals;
    this.originals = originals;
    this.clock = clock;
  }

  /** Leave to look at what was sealed of a run, for whom it was given to. */
  public record Grant(UUID id, Instant expiresAt) {}

  /**
   * What was sealed of a frame.
   *
   * @param shreddedAt when its key was destroyed; then there are no values any more
   */
  public record Revealed(List<Originals.Original> values, @Nullable Instant shreddedAt) {}

  /** Gives leave, in one transaction with its audit event. */
  public CompletionStage<Grant> grant(Actor by, RunLine run, String reason, Duration time) {
    Instant now = now();
    Grant grant = new Grant(Ids.next(now.toEpochMilli()), now.plus(time));
    return database.inSession(
        by.organizationId(),
        session ->
            session
                .<Integer>createNativeQuery(INSERT)
                .setParameter("id", grant.id())
                .setParameter("organization", by.organizationId())
                .setParameter("project", run.projectId())
                .setParameter("environment", run.environmentId())
                .setParameter("run", run.runId())
                .setParameter("reason", reason)
                .setParameter("actor", by.id())
                .setParameter("name", by.name())
                .setParameter("at", now)
                .setParameter("expires", grant.expiresAt())
                .executeUpdate()
                .thenCompose(
                    inserted ->
                        audit.record(
                            session,
                            event(
                                by,
                                "reveal.granted",
                                run,
                                Map.of(
                                    "grant", grant.id().toString(),
                                    "reason", reason,
                                    "expires_at", grant.expiresAt().toString()))))
                .thenApply(recorded -> grant));
  }

  /** Shows what was sealed of a frame, or refuses to, once the audit log has it. */
  public CompletionStage<Revealed> reveal(Actor by, RunLine run, long frame, UUID grant) {
    return database
        .inSession(
            by.organizationId(),
            session ->
                isValid(session, by, run, grant)
                    .thenCompose(
                        valid ->
                            audit
                                .record(session, look(by, run, frame, grant, valid))
                                .thenApply(recorded -> valid)))
        .thenCompose(
            valid -> {
              if (!valid) {
                throw new ProblemException(
                    ReplayProblem.REVEAL_NOT_GRANTED,
                    "ask for a grant of this run first; a grant ends by itself and is for who asked");
              }
              return shown(by.organizationId(), run, frame);
            });
  }

  private static AuditEvent look(Actor by, RunLine run, long frame, UUID grant, boolean valid) {
    Map<String, @Nullable Object> what =
        what(run, Map.of("grant", grant.toString(), "frame", frame));
    return valid
        ? new AuditEvent(by, "reveal.shown", target(run), null, what)
        : AuditEvent.failed(by, "reveal.refused", target(run), what);
  }

  private CompletionStage<Boolean> isValid(
      Stage.Session session, Actor by, RunLine run, UUID grant) {
    Instant now = now();
    return session
        .createNativeQuery(VALID, Integer.class)
        .setParameter("id", grant)
        .setParameter("organization", by.organizationId())
        .setParameter("environment", run.environmentId())
        .setParameter("run", run.runId())
        .setParameter("actor", by.id())
        .setParameter("now", now)
        .setParameter("latest", now.plus(SKEW_MAX))
        .getSingleResult()
        .thenApply(found -> found > 0);
  }

  private CompletionStage<Revealed> shown(UUID organizationId, RunLine run, long frame) {
    return runs.frame(organizationId, run.environmentId(), run.runId(), frame)
        .thenCombine(
            seals.of(organizationId, run.environmentId(), run.runId(), frame),
            (stored, found) -> opened(organizationId, stored.orElseThrow(Reveals::noFrame), found))
        .thenCompose(revealed -> revealed);
  }

  private static ProblemException noFrame() {
    return new ProblemException(CommonProblem.NOT_FOUND, "the run has no such frame");
  }

  private CompletionStage<Revealed> opened(
      UUID organizationId, StoredEvidence stored, List<StoredSeal> found) {
    if (found.isEmpty()) {
      return CompletableFuture.completedStage(new Revealed(List.of(), null));
    }
    StoredSeal seal = found.getFirst();
    if (seal.shreddedAt() != null) {
      return CompletableFuture.completedStage(
          new Revealed(List.of(), seal.shreddedAt().toInstant()));
    }
    Map<String, @Nullable Object> document =
        Evidence.object(StrictJson.parse(stored.evidence(), DEPTH_MAX));
    return originals
        .of(organizationId, new Kept(seal.recordId(), document), seal)
        .thenApply(Reveals::revealed);
  }

  private static Revealed revealed(Optional<Originals> opened) {
    return new Revealed(
        opened
            .orElseThrow(
                () ->
                    new ProblemException(
                        ReplayProblem.NOT_OPENABLE,
                        "its key is unknown or it is not what the frame says; the log has the reason"))
            .all(),
        null);
  }

  static AuditEvent event(Actor by, String code, RunLine run, Map<String, @Nullable Object> what) {
    return new AuditEvent(by, code, target(run), null, what(run, what));
  }

  private static String target(RunLine run) {
    return "run:" + run.runId();
  }

  private static Map<String, @Nullable Object> what(
      RunLine run, Map<String, @Nullable Object> what) {
    Map<String, @Nullable Object> whole = new LinkedHashMap<>(what);
    whole.put("environment", run.environmentId().toString());
    return whole;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
