package dev.saferun.evaluator.http;

import dev.saferun.evaluator.RequestLimits;
import dev.saferun.evaluator.http.RuleViews.RuleList;
import dev.saferun.evaluator.http.RuleViews.RuleView;
import dev.saferun.evaluator.rules.RuleDraft;
import dev.saferun.evaluator.rules.Rules;
import dev.saferun.evaluator.snapshot.Snapshots;
import dev.saferun.platform.Actor;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The rules of a project, for admin keys. */
@Controller("/v1/projects/{project}/rules")
@Tag(name = "rules")
final class RuleController {

  private final Rules rules;
  private final Snapshots snapshots;

  RuleController(Rules rules, Snapshots snapshots) {
    this.rules = rules;
    this.snapshots = snapshots;
  }

  @Get
  @Operation(summary = "The rules of a project, by name, each in its newest version")
  CompletionStage<RuleList> list(
      @Parameter(hidden = true) Actor actor,
      String project,
      @Nullable @QueryValue String cursor,
      @Nullable @QueryValue Integer limit) {
    int most = RequestLimits.RULES_PER_PAGE.most();
    int count = limit == null ? most : limit;
    if (count < 1 || count > most) {
      throw RequestLimits.RULES_PER_PAGE.refuse("limit must be from 1 to " + most, null);
    }
    return rules
        .page(
            actor.requireAdmin().organizationId(), project, cursor == null ? "" : cursor, count + 1)
        .thenApply(found -> RuleList.of(found, count));
  }

  @Get("/{rule}")
  @Operation(summary = "One rule in its newest version")
  CompletionStage<RuleView> get(
      @Parameter(hidden = true) Actor actor, String project, String rule) {
    return rules.get(actor.requireAdmin().organizationId(), project, rule).thenApply(RuleView::of);
  }

  /** Answers when the next check on this node is decided by it. */
  @Put("/{rule}")
  @Operation(
      summary = "Write a rule; what changes it makes a new version",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = RuleBody.class))))
  CompletionStage<HttpResponse<RuleView>> put(
      @Parameter(hidden = true) Actor actor,
      String project,
      String rule,
      @Parameter(hidden = true) @Body byte[] body) {
    actor.requireAdmin();
    RuleDraft draft = RuleBody.read(body, rule);
    return rules
        .put(actor, project, draft)
        .thenCompose(
            written ->
                snapshots
                    .awaitInForce(actor.organizationId(), written.projectId())
                    .thenApply(
                        done ->
                            HttpResponse.<RuleView>status(
                                    written.created() ? HttpStatus.CREATED : HttpStatus.OK)
                                .body(RuleView.of(written.rule()))));
  }
}
