package dev.saferun.evaluator.rules;

import dev.saferun.audit.AuditEvent;
import dev.saferun.evaluator.EvaluatorProblem;
import dev.saferun.evaluator.RequestLimits;
import dev.saferun.evaluator.RuleChecker;
import dev.saferun.evaluator.RuleFault;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.Project;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import org.hibernate.reactive.stage.Stage;

/**
 * The rules of each project. A change is a new version, which is a draft: it is in force nowhere
 * before an activation says so ({@link Activations}). Saying again what is already so leaves no
 * trace. When the stage of a change completes it is committed and audited.
 */
@Singleton
public class Rules {

  private final ProjectWrites projects;
  private final RuleRows rows;
  private final InForceReads inForce;
  private final Pins pins;
  private final InstantSource clock;
  private final ExecutorService compiling;

  Rules(
      ProjectWrites projects,
      RuleRows rows,
      InForceReads inForce,
      Pins pins,
      InstantSource clock,
      @Named(TaskExecutors.IO) ExecutorService compiling) {
    this.projects = projects;
    this.rows = rows;
    this.inForce = inForce;
    this.pins = pins;
    this.clock = clock;
    this.compiling = compiling;
  }

  /** The rules whose name comes after {@code after}, by name, at most {@code count}. */
  public CompletionStage<List<RuleInProject>> page(
      UUID organizationId, String project, String after, int count) {
    return reading(
        organizationId,
        project,
        (session, found) -> rows.page(session, organizationId, found.id(), after, count));
  }

  /** The newest version. */
  public CompletionStage<RuleInProject> get(UUID organizationId, String project, String name) {
    return reading(
            organizationId,
            project,
            (session, found) ->
                rows.versions(session, organizationId, found.id(), name, Integer.MAX_VALUE, 1))
        .thenApply(newest -> newest.stream().findFirst().orElseThrow(Rules::noRule));
  }

  private CompletionStage<List<RuleInProject>> reading(
      UUID organizationId,
      String project,
      BiFunction<Stage.Session, Project, CompletionStage<List<RuleVersionRow>>> read) {
    return projects
        .reading(
            organizationId,
            project,
            (session, found) ->
                read.apply(session, found).thenApply(rows -> new Found(found, records(rows))))
        .thenCompose(found -> inForce.of(organizationId, found.project.id(), found.rules));
  }

  private record Found(Project project, List<StoredRule> rules) {}

  private static List<StoredRule> records(List<RuleVersionRow> rows) {
    return rows.stream().map(RuleVersionRow::record).toList();
  }

  /** A rule's versions before a number, the newest first, at most {@code count}. */
  public CompletionStage<List<StoredRule>> versions(
      UUID organizationId, String project, String name, int before, int count) {
    return projects.reading(
        organizationId,
        project,
        (session, found) ->
            rows.versions(session, organizationId, found.id(), name, before, count)
                .thenApply(Rules::records));
  }

  public CompletionStage<StoredRule> version(
      UUID organizationId, String project, String name, int version) {
    return versions(organizationId, project, name, version + 1, 1)
        .thenApply(
            found ->
                found.stream()
                    .filter(one -> one.rule().version() == version)
                    .findFirst()
                    .orElseThrow(Rules::noRule));
  }

  private static ProblemException noRule() {
    return new ProblemException(
        CommonProblem.NOT_FOUND, "the project has no rule of this name, or not in this version");
  }

  /**
   * Compiles the draft off the event loop, and writes it where it has no faults and the rule is
   * what the writer goes by.
   */
  public CompletionStage<Written> put(
      Actor by, String project, RuleDraft draft, String comment, Expected expected) {
    Writing writing = new Writing(by, draft, comment);
    return CompletableFuture.runAsync(() -> requireNoFaults(draft), compiling)
        .thenCompose(
            checked ->
                projects.writing(
                    by.organizationId(),
                    project,
                    (session, found) -> put(session, found, writing, expected)))
        .thenCompose(
            written ->
                pins.decide(by.organizationId(), written.projectId, written.rule.rule())
                    .thenApply(written::with));
  }

  private record Writing(Actor by, RuleDraft draft, String comment) {}

  /**
   * What became of a draft, and in which project.
   *
   * @param pins how the calls that are pinned to the rule come out with it
   */
  public record Written(UUID projectId, StoredRule rule, boolean created, List<Pin.Outcome> pins) {

    public Written {
      pins = List.copyOf(pins);
    }

    Written(UUID projectId, StoredRule rule, boolean created) {
      this(projectId, rule, created, List.of());
    }

    private Written with(List<Pin.Outcome> outcomes) {
      return new Written(projectId, rule, created, outcomes);
    }
  }

  private void requireNoFaults(RuleDraft draft) {
    RuleVersion trial = draft.version(newId(clock.instant()), 1);
    List<RuleFault> faults = RuleChecker.check(trial);
    if (!faults.isEmpty()) {
      RuleFault first = faults.getFirst();
      throw new ProblemException(
          EvaluatorProblem.RULE_INVALID,
          first.message(),
          first.line() > 0 ? "/condition" : "/tools",
          Map.of("faults", faults.stream().map(Rules::document).toList()));
    }
  }

  private static Map<String, Object> document(RuleFault fault) {
    return Map.of("line", fault.line(), "column", fault.column(), "message", fault.message());
  }

  private CompletionStage<Written> put(
      Stage.Session session, Project project, Writing writing, Expected expected) {
    UUID organization = writing.by.organizationId();
    return rows.newestRule(session, organization, project.id(), writing.draft.name())
        .thenCompose(
            before -> {
              requireExpected(expected, before.map(RuleVersionRow::record));
              if (before.isPresent()) {
                return putNext(session, project, before.get(), writing);
              }
              return rows.countRules(session, organization, project.id())
                  .thenCompose(count -> putFirst(session, project, count, writing));
            });
  }

  /** The loser of a race is told what there is now, whole: it can put the two together. */
  private static void requireExpected(Expected expected, Optional<StoredRule> before) {
    if (!expected.isMetBy(before.map(one -> one.rule().version()).orElse(0))) {
      throw new ProblemException(
          EvaluatorProblem.RULE_CHANGED,
          before
              .map(
                  one ->
                      "it is at version %d, by %s; put yours and that one together"
                          .formatted(one.rule().version(), one.author()))
              .orElse("there is no rule of this name"),
          null,
          before.<Map<String, Object>>map(one -> Map.of("current", one.toJson())).orElse(Map.of()));
    }
  }

  private CompletionStage<Written> putFirst(
      Stage.Session session, Project project, long count, Writing writing) {
    if (count >= RequestLimits.RULES_PER_PROJECT.most()) {
      throw RequestLimits.RULES_PER_PROJECT.refuse(
          "a project has at most " + RequestLimits.RULES_PER_PROJECT.most() + " rules", null);
    }
    return write(session, project, Optional.empty(), writing);
  }

  private CompletionStage<Written> putNext(
      Stage.Session session, Project project, RuleVersionRow before, Writing writing) {
    if (writing.draft.saidBy(before.rule())) {
      return CompletableFuture.completedStage(new Written(project.id(), before.record(), false));
    }
    return write(session, project, Optional.of(before.rule()), writing);
  }

  private CompletionStage<Written> write(
      Stage.Session session, Project project, Optional<RuleVersion> before, Writing writing) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    int version = before.map(RuleVersion::version).orElse(0) + 1;
    RuleVersion next = writing.draft.version(newId(now), version);
    RuleVersionRow row = new RuleVersionRow(project.id(), next, writing.comment, writing.by, now);
    AuditEvent event =
        new AuditEvent(
            writing.by,
            before.isPresent() ? "rule.changed" : "rule.created",
            "rule:" + project.id() + "/" + next.name(),
            before.map(RuleVersion::toJson).orElse(null),
            row.record().toJson());
    return projects
        .write(session, row, event)
        .thenApply(written -> new Written(project.id(), row.record(), before.isEmpty()));
  }

  private static UUID newId(Instant now) {
    return Ids.next(now.toEpochMilli());
  }
}
