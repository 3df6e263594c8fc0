package dev.saferun.evaluator.http;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.EvaluatorProblem;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.RequestLimits;
import dev.saferun.evaluator.hits.Hits;
import dev.saferun.evaluator.hits.RuleHits;
import dev.saferun.evaluator.snapshot.Snapshots;
import dev.saferun.platform.Actor;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.tenancy.Tenancy;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What decides in an environment on this node, and what came of it, for admin keys. */
@Controller("/v1/projects/{project}/environments/{environment}/rules")
@Tag(name = "rules")
final class InForceController {

  private final Tenancy tenancy;
  private final Snapshots snapshots;
  private final RuleHits hits;

  InForceController(Tenancy tenancy, Snapshots snapshots, RuleHits hits) {
    this.tenancy = tenancy;
    this.snapshots = snapshots;
    this.hits = hits;
  }

  @Get
  @RequiresPermission("rules.read")
  @Operation(
      summary = "The rules in force in an environment, by name, and how often each spoke",
      description =
          "Counted in memory from the decisions of this node, since the rule came into force in"
              + " this version and state, or the node was started.")
  CompletionStage<InForceList> list(
      @Parameter(hidden = true) Actor actor,
      String project,
      String environment,
      @Nullable @QueryValue String cursor,
      @Nullable @QueryValue Integer limit) {
    int count = Pages.size(RequestLimits.RULES_PER_PAGE, limit);
    return tenancy
        .environment(actor.organizationId(), project, environment)
        .thenApply(
            found -> {
              UUID id = found.scope().requireEnvironment();
              PolicySnapshot snapshot = snapshots.inForce(id).orElseThrow(InForceController::none);
              return list(id, snapshot, cursor == null ? "" : cursor, count);
            });
  }

  private static ProblemException none() {
    return new ProblemException(
        EvaluatorProblem.POLICY_NOT_LOADED, "nothing is in force here on this node");
  }

  private InForceList list(UUID environment, PolicySnapshot snapshot, String after, int count) {
    List<ActiveRule> found =
        snapshot.content().rules().stream()
            .filter(rule -> rule.rule().name().compareTo(after) > 0)
            .limit(count + 1L)
            .toList();
    List<RuleInForceView> page =
        found.stream().limit(count).map(rule -> view(environment, rule)).toList();
    return new InForceList(
        snapshot.id(), page, found.size() > count ? page.getLast().rule() : null);
  }

  private RuleInForceView view(UUID environment, ActiveRule rule) {
    return new RuleInForceView(
        rule.rule().name(),
        rule.rule().version(),
        rule.state().wire(),
        rule.rule().verdict().wire(),
        hits.of(environment, rule.rule()).map(Counted::of).orElse(null));
  }

  /**
   * A page of what is in force.
   *
   * @param nextCursor where the next page begins; absent on the last
   */
  record InForceList(
      String policySnapshot, List<RuleInForceView> rules, @Nullable String nextCursor) {}

  /**
   * @param state shadow, warn or block
   * @param counted absent where this node made no decision since the rule came into force
   */
  record RuleInForceView(
      String rule, int version, String state, String verdict, @Nullable Counted counted) {}

  /**
   * What was counted on this node.
   *
   * @param since when counting began
   * @param decisions how many decisions were made since then, of all tools
   * @param held in how many of them the rule's condition held
   * @param failed in how many of them it failed
   * @param lastFired when it last held or failed
   */
  record Counted(String since, long decisions, long held, long failed, @Nullable String lastFired) {

    static Counted of(Hits hits) {
      return new Counted(
          hits.since().toString(),
          hits.decisions(),
          hits.held(),
          hits.failed(),
          hits.last().map(Instant::toString).orElse(null));
    }
  }
}
