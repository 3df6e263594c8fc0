package dev.saferun.evaluator.http;

import dev.saferun.audit.Audited;
import dev.saferun.evaluator.RequestLimits;
import dev.saferun.evaluator.http.RuleViews.RuleList;
import dev.saferun.evaluator.http.RuleViews.RuleView;
import dev.saferun.evaluator.http.RuleViews.VersionList;
import dev.saferun.evaluator.rules.Rules;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequiresPermission;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The rules of a project and their versions, for admin keys. */
@Controller("/v1/projects/{project}/rules")
@Tag(name = "rules")
final class RuleController {

  private final Rules rules;

  RuleController(Rules rules) {
    this.rules = rules;
  }

  @Get
  @RequiresPermission("rules.read")
  @Operation(summary = "The rules of a project, by name, each in its newest version")
  CompletionStage<RuleList> list(
      @Parameter(hidden = true) Actor actor,
      String project,
      @Nullable @QueryValue String cursor,
      @Nullable @QueryValue Integer limit) {
    int count = Pages.size(RequestLimits.RULES_PER_PAGE, limit);
    return rules
        .page(actor.organizationId(), project, cursor == null ? "" : cursor, count + 1)
        .thenApply(found -> RuleList.of(found, count));
  }

  @Get("/{rule}")
  @RequiresPermission("rules.read")
  @Operation(
      summary = "One rule in its newest version, and what each environment has in force of it")
  CompletionStage<HttpResponse<RuleView>> get(
      @Parameter(hidden = true) Actor actor, String project, String rule) {
    return rules
        .get(actor.organizationId(), project, rule)
        .thenApply(found -> EntityTag.answer(RuleView.of(found), found.newest().rule().version()));
  }

  @Get("/{rule}/versions")
  @RequiresPermission("rules.read")
  @Operation(summary = "The versions of a rule, the newest first")
  CompletionStage<VersionList> versions(
      @Parameter(hidden = true) Actor actor,
      String project,
      String rule,
      @Nullable @QueryValue Integer cursor,
      @Nullable @QueryValue Integer limit) {
    int count = Pages.size(RequestLimits.RULES_PER_PAGE, limit);
    return rules
        .versions(actor.organizationId(), project, rule, Pages.before(cursor), count + 1)
        .thenApply(
            found -> {
              if (found.isEmpty() && cursor == null) {
                throw new ProblemException(
                    CommonProblem.NOT_FOUND, "the project has no rule of this name");
              }
              return VersionList.of(found, count);
            });
  }

  @Get("/{rule}/versions/{version}")
  @RequiresPermission("rules.read")
  @Operation(summary = "One version of a rule")
  CompletionStage<RuleView> version(
      @Parameter(hidden = true) Actor actor, String project, String rule, int version) {
    return rules.version(actor.organizationId(), project, rule, version).thenApply(RuleView::of);
  }

  @Get("/{rule}/diff")
  @RequiresPermission("rules.read")
  @Operation(summary = "How two versions of a rule differ, field by field and word by word")
  CompletionStage<DiffView> diff(
      @Parameter(hidden = true) Actor actor,
      String project,
      String rule,
      @QueryValue int from,
      @QueryValue int to) {
    UUID organization = actor.organizationId();
    return rules
        .version(organization, project, rule, from)
        .thenCombine(rules.version(organization, project, rule, to), DiffView::of);
  }

  @Put("/{rule}")
  @RequiresPermission("rules.write")
  @Audited({"rule.created", "rule.changed"})
  @Operation(
      summary = "Write a rule; what changes it makes a new version, which is in force nowhere yet",
      description =
          "With If-Match (the ETag of the version that you go by) somebody else's newer version is"
              + " answered 412 rule-changed with that version, and nothing is written."
              + " If-None-Match: * writes a new rule only.",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = RuleBody.class))))
  CompletionStage<HttpResponse<RuleView>> put(
      @Parameter(hidden = true) Actor actor,
      String project,
      String rule,
      @Nullable @Header(EntityTag.IF_MATCH) String ifMatch,
      @Nullable @Header(EntityTag.IF_NONE_MATCH) String ifNoneMatch,
      @Parameter(hidden = true) @Body byte[] body) {
    RuleBody.Read read = RuleBody.read(body, rule);
    return rules
        .put(actor, project, read.draft(), read.comment(), EntityTag.expected(ifMatch, ifNoneMatch))
        .thenApply(RuleController::answer);
  }

  private static HttpResponse<RuleView> answer(Rules.Written written) {
    HttpStatus status = written.created() ? HttpStatus.CREATED : HttpStatus.OK;
    return EntityTag.mark(
        HttpResponse.<RuleView>status(status).body(RuleView.of(written)),
        written.rule().rule().version());
  }
}
