package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.EvaluatorProblem;
import dev.saferun.evaluator.rules.ActivationWriter.Said;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Database;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Tenancy;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What each environment has in force, step by step. A step is planned without a lock, checked, and
 * written only where the environment still is as the plan found it; otherwise it is planned anew.
 * When the stage of a change completes it is committed and audited; that it is in force is for
 * {@code Snapshots} to say.
 */
@Singleton
public class Activations {

  /** Beyond it somebody else is writing without end; whoever is told so may try again. */
  private static final int ATTEMPTS_MAX = 10;

  private final Tenancy tenancy;
  private final Database database;
  private final Planning planning;
  private final Examination examination;
  private final Gate gate;
  private final Hinting hinting;
  private final ActivationWriter writer;

  Activations(
      Tenancy tenancy,
      Database database,
      Planning planning,
      Examination examination,
      Gate gate,
      Hinting hinting,
      ActivationWriter writer) {
    this.tenancy = tenancy;
    this.database = database;
    this.planning = planning;
    this.examination = examination;
    this.gate = gate;
    this.hinting = hinting;
    this.writer = writer;
  }

  /** A step that was made, where, and what it said. */
  public record Activated(
      EnvironmentSettings environment, Activation activation, List<RuleInForce> lines) {}

  public CompletionStage<Activated> activate(
      Actor by, String project, String environment, Expected expected, ActivationRequest request) {
    Said said = new Said(by, request.comment(), Optional.empty(), request.grounds());
    return step(project, environment, expected, said, at -> planning.activation(at, request));
  }

  /** Makes the environment's rules what they were after an activation. */
  public CompletionStage<Activated> restore(
      Actor by,
      String project,
      String environment,
      int number,
      Expected expected,
      String comment,
      Grounds grounds) {
    Said said = new Said(by, comment, Optional.of(number), grounds);
    return step(project, environment, expected, said, at -> planning.restoring(at, number));
  }

  private CompletionStage<Activated> step(
      String project,
      String environment,
      Expected expected,
      Said said,
      Function<EnvironmentSettings, CompletionStage<Plan>> planner) {
    return tenancy
        .environment(said.by().organizationId(), project, environment)
        .thenCompose(found -> attempt(new Step(found, expected, said, planner), ATTEMPTS_MAX));
  }

  private record Step(
      EnvironmentSettings environment,
      Expected expected,
      Said said,
      Function<EnvironmentSettings, CompletionStage<Plan>> planner) {}

  private CompletionStage<Activated> attempt(Step step, int attemptsLeft) {
    return step.planner
        .apply(step.environment)
        .thenCompose(plan -> requireExpected(step, plan))
        .thenCompose(
            plan ->
                examination
                    .of(plan)
                    .thenCompose(findings -> gate.objections(plan, step.said.grounds(), findings))
                    .thenAccept(Activations::requireNone)
                    .thenCompose(passed -> writer.write(plan, step.said))
                    .thenCompose(written -> settle(step, plan, written, attemptsLeft)));
  }

  private static void requireNone(List<ProblemException> objections) {
    if (!objections.isEmpty()) {
      throw objections.getFirst();
    }
  }

  /** What the activation would be told and refused for. Changes nothing. */
  public CompletionStage<Preview> preview(
      UUID organizationId, String project, String environment, ActivationRequest request) {
    return tenancy
        .environment(organizationId, project, environment)
        .thenCompose(found -> planning.activation(found, request))
        .thenCompose(
            plan ->
                examination
                    .of(plan)
                    .thenCompose(
                        findings ->
                            hinting
                                .of(plan, findings)
                                .thenCombine(
                                    gate.objections(plan, request.grounds(), findings),
                                    (hints, objections) ->
                                        new Preview(
                                            plan.head(), plan.lines(), hints, objections))));
  }

  private CompletionStage<Activated> settle(
      Step step, Plan plan, Optional<Activation> written, int attemptsLeft) {
    if (written.isPresent()) {
      return CompletableFuture.completedStage(
          new Activated(step.environment, written.get(), plan.lines()));
    }
    if (attemptsLeft == 0) {
      throw new ProblemException(
          CommonProblem.CONFLICT, "others change this environment all the time; try again");
    }
    return attempt(step, attemptsLeft - 1);
  }

  /** The loser of a race is told what there is now; it lost nothing but its turn. */
  private CompletionStage<Plan> requireExpected(Step step, Plan plan) {
    if (step.expected.isMetBy(plan.head())) {
      return CompletableFuture.completedStage(plan);
    }
    return page(step.environment, Integer.MAX_VALUE, 1)
        .thenCompose(
            newest ->
                CompletableFuture.failedStage(
                    new ProblemException(
                        EvaluatorProblem.ENVIRONMENT_CHANGED,
                        "look at what is in force now, and send it again with its number",
                        null,
                        newest.isEmpty()
                            ? Map.of()
                            : Map.of("current", current(newest.getFirst())))));
  }

  private static Map<String, Object> current(Activation newest) {
    return Map.of(
        "number", (long) newest.number(),
        "author", newest.author(),
        "created_at", newest.createdAt().toString(),
        "comment", newest.comment());
  }

  /** The environment's last activations before a number, the newest first. */
  public CompletionStage<List<Activation>> page(
      UUID organizationId, String project, String environment, int before, int count) {
    return tenancy
        .environment(organizationId, project, environment)
        .thenCompose(found -> page(found, before, count));
  }

  private CompletionStage<List<Activation>> page(
      EnvironmentSettings environment, int before, int count) {
    return reading(environment, rows -> rows.page(before, count));
  }

  public CompletionStage<Activated> get(
      UUID organizationId, String project, String environment, int number) {
    return tenancy
        .environment(organizationId, project, environment)
        .thenCompose(
            found ->
                reading(
                    found,
                    rows ->
                        rows.one(number)
                            .compose(
                                one ->
                                    rows.lines(number)
                                        .map(lines -> new Activated(found, one, lines)))));
  }

  private <T> CompletionStage<T> reading(
      EnvironmentSettings environment, Function<ActivationRows, Future<T>> work) {
    return database.inConnection(
        environment.scope().organizationId(),
        connection ->
            work.apply(new ActivationRows(connection, environment.scope())).toCompletionStage());
  }
}
