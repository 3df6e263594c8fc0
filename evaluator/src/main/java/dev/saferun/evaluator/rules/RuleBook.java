package dev.saferun.evaluator.rules;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.evaluator.EvaluatorProblem;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.RuleFault;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.platform.Actor;
import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Database;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.Project;
import dev.saferun.tenancy.Put;
import dev.saferun.tenancy.Tenancy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/**
 * The rules and the loop guard of each project. A change is a new version; what is already so
 * leaves no trace. When the stage of a change completes it is committed and audited; that it is in
 * force is for the caller to see to.
 */
@Singleton
public class RuleBook {

  /** What the change feed calls a change of rules or loop guard. */
  public static final String TOPIC = "rules";

  private static final int RULES_MAX = 20_000;

  private final Database database;
  private final ChangeFeed changes;
  private final AuditLog audit;
  private final Tenancy tenancy;
  private final InstantSource clock;

  RuleBook(
      Database database, ChangeFeed changes, AuditLog audit, Tenancy tenancy, InstantSource clock) {
    this.database = database;
    this.changes = changes;
    this.audit = audit;
    this.tenancy = tenancy;
    this.clock = clock;
  }

  /** The newest version of each rule, by name. */
  public CompletionStage<List<RuleVersion>> rules(UUID organizationId, String project) {
    return inProject(
        organizationId, project, (session, of) -> newest(session, organizationId, of.id()));
  }

  /** The newest version of one rule. */
  public CompletionStage<RuleVersion> rule(UUID organizationId, String project, String name) {
    return inProject(
        organizationId,
        project,
        (session, of) ->
            find(session, organizationId, of.id(), name)
                .thenApply(
                    found ->
                        found.orElseThrow(
                            () ->
                                new ProblemException(
                                    CommonProblem.NOT_FOUND, "no rule of this name"))));
  }

  /** Writes the next version, unless the draft says what the newest one says already. */
  public CompletionStage<Put<RuleVersion>> put(Actor by, String project, RuleVersion draft) {
    requireNoFaults(draft);
    UUID organization = by.organizationId();
    return inProject(
        organization,
        project,
        (session, of) ->
            lock(session, of)
                .thenCompose(locked -> find(session, organization, of.id(), draft.name()))
                .thenCompose(found -> write(session, of, found, draft, by)));
  }

  private static void requireNoFaults(RuleVersion draft) {
    List<RuleFault> faults = PolicySnapshot.faults(draft);
    if (!faults.isEmpty()) {
      RuleFault first = faults.getFirst();
      throw new ProblemException(
          EvaluatorProblem.RULE_INVALID,
          "line " + first.line() + ", column " + first.column() + ": " + first.message(),
          "/condition",
          Map.of("faults", faults.stream().map(RuleFault::toJson).toList()));
    }
  }

  private CompletionStage<Put<RuleVersion>> write(
      Stage.Session session,
      Project project,
      Optional<RuleVersion> found,
      RuleVersion draft,
      Actor by) {
    Instant now = clock.instant();
    RuleVersion next = next(found, draft, now);
    if (found.isPresent() && found.get().equals(next)) {
      return CompletableFuture.completedStage(new Put<>(next, false));
    }
    AuditEvent event =
        new AuditEvent(
            by,
            found.isPresent() ? "rule.changed" : "rule.created",
            "rule:" + next.name() + "@" + project.id(),
            found.map(RuleVersion::toJson).orElse(null),
            next.toJson());
    return room(session, by.organizationId(), project, found)
        .thenCompose(
            fits -> session.persist(new RuleRow(by.organizationId(), project.id(), next, by, now)))
        .thenCompose(persisted -> session.flush())
        .thenCompose(flushed -> written(session, event))
        .thenApply(done -> new Put<>(next, found.isEmpty()));
  }

  /** The draft as the version after the one found; that very one where it says the same. */
  private static RuleVersion next(Optional<RuleVersion> found, RuleVersion draft, Instant now) {
    int version = found.map(RuleVersion::version).orElse(0);
    RuleVersion same = found.map(old -> numbered(draft, old.id(), version)).orElse(draft);
    return found.isPresent() && found.get().equals(same)
        ? same
        : numbered(draft, Ids.next(now.toEpochMilli()), version + 1);
  }

  private static RuleVersion numbered(RuleVersion draft, UUID id, int version) {
    return new RuleVersion(
        id,
        draft.name(),
        version,
        draft.condition(),
        draft.verdict(),
        draft.message(),
        draft.tools(),
        draft.onError(),
        draft.enabled());
  }

  private CompletionStage<Void> room(
      Stage.Session session, UUID organizationId, Project project, Optional<RuleVersion> found) {
    if (found.isPresent()) {
      return CompletableFuture.completedStage(null);
    }
    return session
        .createSelectionQuery(
            "select count(distinct name) from RuleRow where organizationId = :organization and projectId = :project",
            Long.class)
        .setParameter("organization", organizationId)
        .setParameter("project", project.id())
        .getSingleResult()
        .thenAccept(
            count -> {
              if (count >= RULES_MAX) {
                throw new ProblemException(
                    EvaluatorProblem.TOO_MANY_RULES,
                    "a project has at most " + RULES_MAX + " rules");
              }
            });
  }

  /** The project's loop guard; the default where it has set none. */
  public CompletionStage<LoopGuardSettings> loopGuard(UUID organizationId, String project) {
    return inProject(
        organizationId,
        project,
        (session, of) ->
            newestGuard(session, organizationId, of.id())
                .thenApply(row -> row.map(LoopGuardRow::record).orElse(LoopGuardSettings.DEFAULT)));
  }

  public CompletionStage<LoopGuardSettings> putLoopGuard(
      Actor by, String project, LoopGuardSettings settings) {
    UUID organization = by.organizationId();
    return inProject(
        organization,
        project,
        (session, of) ->
            lock(session, of)
                .thenCompose(locked -> newestGuard(session, organization, of.id()))
                .thenCompose(found -> writeGuard(session, of, found, settings, by)));
  }

  private CompletionStage<LoopGuardSettings> writeGuard(
      Stage.Session session,
      Project project,
      Optional<LoopGuardRow> found,
      LoopGuardSettings settings,
      Actor by) {
    LoopGuardSettings before = found.map(LoopGuardRow::record).orElse(LoopGuardSettings.DEFAULT);
    if (before.equals(settings)) {
      return CompletableFuture.completedStage(settings);
    }
    int version = found.map(row -> row.version).orElse(0) + 1;
    AuditEvent event =
        new AuditEvent(
            by,
            "loop-guard.changed",
            "project:" + project.id(),
            before.toJson(),
            settings.toJson());
    return session
        .persist(
            new LoopGuardRow(
                by.organizationId(), project.id(), version, settings, by, clock.instant()))
        .thenCompose(persisted -> session.flush())
        .thenCompose(flushed -> written(session, event))
        .thenApply(done -> settings);
  }

  /** Everything of one project that a snapshot is made from, as one consistent read. */
  public CompletionStage<Pages> pages(Stage.Session session, UUID organizationId, UUID projectId) {
    return newest(session, organizationId, projectId)
        .thenCompose(
            rules ->
                newestGuard(session, organizationId, projectId)
                    .thenApply(
                        guard ->
                            new Pages(
                                rules,
                                guard
                                    .map(LoopGuardRow::record)
                                    .orElse(LoopGuardSettings.DEFAULT))));
  }

  /** What a project's snapshots are made from. */
  public record Pages(List<RuleVersion> rules, LoopGuardSettings loopGuard) {}

  private CompletionStage<Void> written(Stage.Session session, AuditEvent event) {
    return audit
        .record(session, event)
        .thenCompose(recorded -> changes.publish(session, event.actor().organizationId(), TOPIC));
  }

  /** Two writers of one project take turns, or both would write the same next version. */
  private static CompletionStage<Object> lock(Stage.Session session, Project project) {
    return session
        .createNativeQuery(
            "select pg_advisory_xact_lock(hashtextextended(:project, 0)) is null", Boolean.class)
        .setParameter("project", project.id().toString())
        .getSingleResult()
        .thenApply(locked -> locked);
  }

  private CompletionStage<List<RuleVersion>> newest(
      Stage.Session session, UUID organizationId, UUID projectId) {
    return session
        .createSelectionQuery(
            "from RuleRow r where r.organizationId = :organization and r.projectId = :project and r.version ="
                + " (select max(o.version) from RuleRow o where o.organizationId = r.organizationId"
                + " and o.projectId = r.projectId and o.name = r.name) order by r.name",
            RuleRow.class)
        .setParameter("organization", organizationId)
        .setParameter("project", projectId)
        .getResultList()
        .thenApply(rows -> rows.stream().map(RuleRow::record).toList());
  }

  private CompletionStage<Optional<RuleVersion>> find(
      Stage.Session session, UUID organizationId, UUID projectId, String name) {
    return session
        .createSelectionQuery(
            "from RuleRow where organizationId = :organization and projectId = :project and name = :name"
                + " order by version desc",
            RuleRow.class)
        .setParameter("organization", organizationId)
        .setParameter("project", projectId)
        .setParameter("name", name)
        .setMaxResults(1)
        .getResultList()
        .thenApply(rows -> rows.stream().findFirst().map(RuleRow::record));
  }

  private CompletionStage<Optional<LoopGuardRow>> newestGuard(
      Stage.Session session, UUID organizationId, UUID projectId) {
    return session
        .createSelectionQuery(
            "from LoopGuardRow where organizationId = :organization and projectId = :project order by version desc",
            LoopGuardRow.class)
        .setParameter("organization", organizationId)
        .setParameter("project", projectId)
        .setMaxResults(1)
        .getResultList()
        .thenApply(rows -> rows.stream().findFirst());
  }

  private <T> CompletionStage<T> inProject(
      UUID organizationId, String project, ProjectWork<T> work) {
    return tenancy
        .project(organizationId, project)
        .thenCompose(of -> database.inSession(organizationId, session -> work.in(session, of)));
  }

  private interface ProjectWork<T> {
    CompletionStage<T> in(Stage.Session session, Project project);
  }
}
