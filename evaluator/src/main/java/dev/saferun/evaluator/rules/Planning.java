package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.rules.ActivationRequest.Wanted;
import dev.saferun.evaluator.rules.Plan.Change;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Database;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import dev.saferun.tenancy.EnvironmentSettings;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reads what an activation would change; writes nothing. */
@Singleton
final class Planning {

  private final Database database;
  private final PinRows pins;

  Planning(Database database, PinRows pins) {
    this.database = database;
    this.pins = pins;
  }

  /**
   * The rules that are asked for. A rule or version that there is not is refused with its place.
   */
  CompletionStage<Plan> activation(EnvironmentSettings environment, ActivationRequest request) {
    List<Wanted> wanted = request.rules();
    List<String> names = wanted.stream().map(Wanted::rule).toList();
    Scope scope = environment.scope();
    return database.inConnection(
        scope.organizationId(),
        connection -> {
          ActivationRows rows = new ActivationRows(connection, scope);
          Future<Integer> head = rows.head();
          Future<List<RuleVersion>> versions = rows.versions(wanted);
          Future<List<RuleInForce>> now = rows.now(names);
          Future<List<Pin>> pinned =
              pins.ofRules(connection, scope.organizationId(), scope.requireProject(), names);
          return Future.all(head, versions, now, pinned)
              .map(
                  read ->
                      plan(
                          environment,
                          head.result(),
                          wanted,
                          versions.result(),
                          now.result(),
                          pinned.result()))
              .toCompletionStage();
        });
  }

  private static Plan plan(
      EnvironmentSettings environment,
      int head,
      List<Wanted> wanted,
      List<RuleVersion> found,
      List<RuleInForce> now,
      List<Pin> pins) {
    Map<UUID, RuleVersion> versions = new HashMap<>();
    found.forEach(version -> versions.put(version.id(), version));
    return new Plan(
        environment, head, changes(lines(wanted, found), now), Set.of(), versions, pins);
  }

  private static List<RuleInForce> lines(List<Wanted> wanted, List<RuleVersion> found) {
    Map<String, RuleVersion> versions = new HashMap<>();
    found.forEach(version -> versions.put(version.name(), version));
    List<RuleInForce> lines = new ArrayList<>();
    for (Wanted one : wanted) {
      RuleVersion version = versions.get(one.rule());
      if (version == null) {
        throw missing(one, lines.size());
      }
      lines.add(new RuleInForce(one.rule(), version.version(), version.id(), one.state()));
    }
    return lines;
  }

  private static ProblemException missing(Wanted one, int index) {
    return new ProblemException(
        CommonProblem.INVALID_FIELD,
        one.version().isEmpty()
            ? "the project has no rule of this name"
            : "the rule has no such version",
        "/rules/" + index + (one.version().isEmpty() ? "/rule" : "/version"));
  }

  private static List<Change> changes(List<RuleInForce> lines, List<RuleInForce> now) {
    Map<String, RuleInForce> before = byRule(now);
    return lines.stream().map(line -> new Change(line, before.get(line.rule()))).toList();
  }

  /** All that differs from what was in force after an activation. */
  CompletionStage<Plan> restoring(EnvironmentSettings environment, int number) {
    return reading(
        environment,
        rows ->
            rows.one(number)
                .compose(one -> rows.head())
                .compose(head -> restoring(rows, environment, head, number)));
  }

  private static Future<Plan> restoring(
      ActivationRows rows, EnvironmentSettings environment, int head, int number) {
    return rows.after(number)
        .compose(
            then ->
                rows.after(head)
                    .compose(
                        now -> {
                          List<Change> changes = differences(then, now);
                          return rows.cleared(changes.stream().map(Change::to).toList())
                              .map(cleared -> Plan.restoring(environment, head, changes, cleared));
                        }));
  }

  /** What came in since goes back to being a draft. */
  private static List<Change> differences(List<RuleInForce> then, List<RuleInForce> now) {
    Map<String, RuleInForce> wanted = byRule(then);
    List<Change> changes = new ArrayList<>();
    for (RuleInForce line : now) {
      RuleInForce to =
          wanted.getOrDefault(
              line.rule(),
              new RuleInForce(line.rule(), line.version(), line.versionId(), RuleState.DRAFT));
      if (!to.equals(line)) {
        changes.add(new Change(to, line));
      }
    }
    return changes;
  }

  private static Map<String, RuleInForce> byRule(List<RuleInForce> lines) {
    Map<String, RuleInForce> byRule = new HashMap<>();
    lines.forEach(line -> byRule.put(line.rule(), line));
    return byRule;
  }

  private <T> CompletionStage<T> reading(
      EnvironmentSettings environment, Function<ActivationRows, Future<T>> work) {
    return database.inConnection(
        environment.scope().organizationId(),
        connection ->
            work.apply(new ActivationRows(connection, environment.scope())).toCompletionStage());
  }
}
