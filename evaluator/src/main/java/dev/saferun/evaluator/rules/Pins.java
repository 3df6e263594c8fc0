package dev.saferun.evaluator.rules;

import dev.saferun.audit.AuditEvent;
import dev.saferun.evaluator.RequestLimits;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.analysis.Expectation;
import dev.saferun.evaluator.analysis.Trial;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Database;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.OnError;
import dev.saferun.tenancy.Project;
import dev.saferun.tenancy.Tenancy;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.hibernate.reactive.stage.Stage;

/** The recorded calls that are pinned to rules. Pinning the same call again changes its pin. */
@Singleton
public class Pins {

  private final Tenancy tenancy;
  private final Database database;
  private final ProjectWrites projects;
  private final RuleRows rules;
  private final PinRows rows;
  private final PinnedCalls calls;
  private final InstantSource clock;
  private final ExecutorService compiling;

  Pins(
      Tenancy tenancy,
      Database database,
      ProjectWrites projects,
      RuleRows rules,
      PinRows rows,
      PinnedCalls calls,
      InstantSource clock,
      @Named(TaskExecutors.IO) ExecutorService compiling) {
    this.tenancy = tenancy;
    this.database = database;
    this.projects = projects;
    this.rules = rules;
    this.rows = rows;
    this.calls = calls;
    this.clock = clock;
    this.compiling = compiling;
  }

  /** What somebody pins to a rule. */
  public record Wanted(String rule, UUID decisionId, Expectation expect, String comment) {}

  public CompletionStage<List<Pin>> list(UUID organizationId, String project, String rule) {
    return tenancy
        .project(organizationId, project)
        .thenCompose(found -> list(organizationId, found.id(), rule));
  }

  private CompletionStage<List<Pin>> list(UUID organizationId, UUID projectId, String rule) {
    return database.inConnection(
        organizationId,
        connection ->
            rows.ofRules(connection, organizationId, projectId, List.of(rule)).toCompletionStage());
  }

  /** How the calls that are pinned to a rule come out with a version of it. */
  CompletionStage<List<Pin.Outcome>> decide(
      UUID organizationId, UUID projectId, RuleVersion version) {
    return list(organizationId, projectId, version.name())
        .thenCompose(
            pins ->
                pins.isEmpty()
                    ? CompletableFuture.completedStage(List.of())
                    : calls
                        .of(organizationId, projectId, pins)
                        .thenApplyAsync(pinned -> outcomes(version, pinned), compiling));
  }

  /** No environment is asked: a failure counts as it does where nothing else was said. */
  private static List<Pin.Outcome> outcomes(RuleVersion version, List<PinnedCalls.Pinned> pinned) {
    Trial trial = Trial.of(List.of(version), OnError.DENY, List.of());
    return pinned.stream().map(one -> one.outcome(trial)).toList();
  }

  /** Completes with the pin, and with what the newest version does with its call. */
  public CompletionStage<Pin.Outcome> put(Actor by, String project, Wanted wanted) {
    UUID organization = by.organizationId();
    return tenancy
        .project(organization, project)
        .thenCompose(
            found ->
                requireRecorded(organization, found.id(), wanted.decisionId())
                    .thenCompose(recorded -> list(organization, found.id(), wanted.rule()))
                    .thenCompose(before -> write(found, wanted, before, by))
                    .thenCompose(
                        written ->
                            decide(organization, found.id(), written.version)
                                .thenApply(outcomes -> outcomeOf(written.pin, outcomes))));
  }

  private CompletionStage<Written> write(
      Project project, Wanted wanted, List<Pin> before, Actor by) {
    Optional<Pin> same = find(before, wanted.decisionId());
    int most = RequestLimits.PINS_PER_RULE.most();
    if (same.isEmpty() && before.size() >= most) {
      throw RequestLimits.PINS_PER_RULE.refuse("a rule has at most " + most + " pins", null);
    }
    return projects.inTurn(
        by.organizationId(),
        project.id(),
        session ->
            newest(session, project, wanted.rule(), by)
                .thenCompose(rule -> put(session, project, wanted, rule, same, by)));
  }

  private record Written(Pin pin, RuleVersion version) {}

  private static Pin.Outcome outcomeOf(Pin pin, List<Pin.Outcome> outcomes) {
    return outcomes.stream()
        .filter(one -> one.pin().decisionId().equals(pin.decisionId()))
        .findFirst()
        .orElseGet(() -> new Pin.Outcome(pin, Expectation.Finding.UNDECIDABLE));
  }

  private CompletionStage<Void> requireRecorded(
      UUID organizationId, UUID projectId, UUID decisionId) {
    return calls
        .find(organizationId, projectId, decisionId)
        .thenAccept(
            found -> {
              if (found.isEmpty()) {
                throw new ProblemException(
                    CommonProblem.NOT_FOUND, "the project has no recorded decision of this id");
              }
            });
  }

  private CompletionStage<RuleVersion> newest(
      Stage.Session session, Project project, String rule, Actor by) {
    return rules
        .newestRule(session, by.organizationId(), project.id(), rule)
        .thenApply(
            found ->
                found
                    .map(RuleVersionRow::rule)
                    .orElseThrow(
                        () ->
                            new ProblemException(
                                CommonProblem.NOT_FOUND, "the project has no rule of this name")));
  }

  private CompletionStage<Written> put(
      Stage.Session session,
      Project project,
      Wanted wanted,
      RuleVersion rule,
      Optional<Pin> same,
      Actor by) {
    Pin pin =
        new Pin(
            rule.name(),
            wanted.decisionId(),
            wanted.expect(),
            wanted.comment(),
            rule.version(),
            by.name(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    AuditEvent event =
        new AuditEvent(
            by,
            "rule.pinned",
            target(project, rule.name()),
            same.map(Pin::audited).orElse(null),
            pin.audited());
    return rows.put(session, project.id(), pin, by)
        .thenCompose(done -> projects.record(session, event))
        .thenApply(done -> new Written(pin, rule));
  }

  private static Optional<Pin> find(List<Pin> pins, UUID decisionId) {
    return pins.stream().filter(one -> one.decisionId().equals(decisionId)).findFirst();
  }

  private static String target(Project project, String rule) {
    return "rule:" + project.id() + "/" + rule;
  }

  /** A pin that is not there is not found. */
  public CompletionStage<Void> remove(Actor by, String project, String rule, UUID decisionId) {
    UUID organization = by.organizationId();
    return tenancy
        .project(organization, project)
        .thenCompose(
            found ->
                list(organization, found.id(), rule)
                    .thenApply(pins -> find(pins, decisionId).orElseThrow(Pins::notPinned))
                    .thenCompose(
                        pin ->
                            projects.inTurn(
                                organization,
                                found.id(),
                                session -> remove(session, found, pin, by))));
  }

  private static ProblemException notPinned() {
    return new ProblemException(CommonProblem.NOT_FOUND, "no such decision is pinned to the rule");
  }

  private CompletionStage<Void> remove(Stage.Session session, Project project, Pin pin, Actor by) {
    AuditEvent event =
        new AuditEvent(by, "rule.unpinned", target(project, pin.rule()), pin.audited(), null);
    return rows.remove(session, project.id(), pin, by)
        .thenCompose(done -> projects.record(session, event));
  }
}
