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
import org.hibernate.reactive.stage.Stage;

/**
 * The rules of each project. A change is a new version; saying again what is already so leaves no
 * trace. When the stage of a change completes it is committed and audited; that it is in force is
 * for {@code Snapshots} to say.
 */
@Singleton
public class Rules {

  private final ProjectWrites projects;
  private final RuleRows rows;
  private final InstantSource clock;
  private final ExecutorService compiling;

  Rules(
      ProjectWrites projects,
      RuleRows rows,
      InstantSource clock,
      @Named(TaskExecutors.IO) ExecutorService compiling) {
    this.projects = projects;
    this.rows = rows;
    this.clock = clock;
    this.compiling = compiling;
  }

  /** The rules whose name comes after {@code after}, by name, at most {@code count}. */
  public CompletionStage<List<StoredRule>> page(
      UUID organizationId, String project, String after, int count) {
    return projects.reading(
        organizationId,
        project,
        (session, found) ->
            rows.page(session, organizationId, found.id(), after, count)
                .thenApply(page -> page.stream().map(RuleVersionRow::record).toList()));
  }

  public CompletionStage<StoredRule> get(UUID organizationId, String project, String name) {
    return projects.reading(
        organizationId,
        project,
        (session, found) ->
            rows.newestRule(session, organizationId, found.id(), name)
                .thenApply(
                    row ->
                        row.map(RuleVersionRow::record)
                            .orElseThrow(
                                () ->
                                    new ProblemException(
                                        CommonProblem.NOT_FOUND,
                                        "the project has no rule of this name"))));
  }

  /** Compiles the draft off the event loop, and writes it where it has no faults. */
  public CompletionStage<Written> put(Actor by, String project, RuleDraft draft) {
    return CompletableFuture.runAsync(() -> requireNoFaults(draft), compiling)
        .thenCompose(
            checked ->
                projects.writing(
                    by.organizationId(),
                    project,
                    (session, found) -> put(session, found, draft, by)));
  }

  /** What became of a draft, and in which project. */
  public record Written(UUID projectId, StoredRule rule, boolean created) {}

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
      Stage.Session session, Project project, RuleDraft draft, Actor by) {
    UUID organization = by.organizationId();
    return rows.newestRule(session, organization, project.id(), draft.name())
        .thenCompose(
            before -> {
              if (before.isPresent()) {
                return putNext(session, project, before.get(), draft, by);
              }
              return rows.countRules(session, organization, project.id())
                  .thenCompose(count -> putFirst(session, project, count, draft, by));
            });
  }

  private CompletionStage<Written> putFirst(
      Stage.Session session, Project project, long count, RuleDraft draft, Actor by) {
    if (count >= RequestLimits.RULES_PER_PROJECT.most()) {
      throw RequestLimits.RULES_PER_PROJECT.refuse(
          "a project has at most " + RequestLimits.RULES_PER_PROJECT.most() + " rules", null);
    }
    return write(session, project, Optional.empty(), draft, by);
  }

  private CompletionStage<Written> putNext(
      Stage.Session session, Project project, RuleVersionRow before, RuleDraft draft, Actor by) {
    if (draft.saidBy(before.rule())) {
      return CompletableFuture.completedStage(new Written(project.id(), before.record(), false));
    }
    return write(session, project, Optional.of(before.rule()), draft, by);
  }

  private CompletionStage<Written> write(
      Stage.Session session,
      Project project,
      Optional<RuleVersion> before,
      RuleDraft draft,
      Actor by) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    RuleVersion next = draft.version(newId(now), before.map(RuleVersion::version).orElse(0) + 1);
    RuleVersionRow row = new RuleVersionRow(project.id(), next, by, now);
    AuditEvent event =
        new AuditEvent(
            by,
            before.isPresent() ? "rule.changed" : "rule.created",
            "rule:" + project.id() + "/" + next.name(),
            before.map(RuleVersion::toJson).orElse(null),
            next.toJson());
    return projects
        .write(session, row, event)
        .thenApply(written -> new Written(project.id(), row.record(), before.isEmpty()));
  }

  private static UUID newId(Instant now) {
    return Ids.next(now.toEpochMilli());
  }
}
