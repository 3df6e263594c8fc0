package dev.saferun.evaluator.http;

import dev.saferun.audit.Audited;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.RequestLimits;
import dev.saferun.evaluator.http.ActivationViews.ActivationList;
import dev.saferun.evaluator.http.ActivationViews.ActivationView;
import dev.saferun.evaluator.http.ActivationViews.PreviewView;
import dev.saferun.evaluator.rules.ActivationRequest;
import dev.saferun.evaluator.rules.Activations;
import dev.saferun.evaluator.rules.Activations.Activated;
import dev.saferun.evaluator.snapshot.Snapshots;
import dev.saferun.platform.Actor;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
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

/** What an environment has in force, step by step, for admin keys. */
@Controller("/v1/projects/{project}/environments/{environment}/activations")
@Tag(name = "rules")
final class ActivationController {

  private final Activations activations;
  private final Snapshots snapshots;

  ActivationController(Activations activations, Snapshots snapshots) {
    this.activations = activations;
    this.snapshots = snapshots;
  }

  @Get
  @RequiresPermission("rules.read")
  @Operation(summary = "The activations of an environment, the newest first")
  CompletionStage<HttpResponse<ActivationList>> list(
      @Parameter(hidden = true) Actor actor,
      String project,
      String environment,
      @Nullable @QueryValue Integer cursor,
      @Nullable @QueryValue Integer limit) {
    int count = Pages.size(RequestLimits.ACTIVATIONS_PER_PAGE, limit);
    return activations
        .page(actor.organizationId(), project, environment, Pages.before(cursor), count + 1)
        .thenApply(
            found ->
                cursor == null
                    ? EntityTag.answer(
                        ActivationList.of(found, count),
                        found.isEmpty() ? 0 : found.getFirst().number())
                    : HttpResponse.ok(ActivationList.of(found, count)));
  }

  @Get("/{number}")
  @RequiresPermission("rules.read")
  @Operation(summary = "One activation with all that it said")
  CompletionStage<ActivationView> get(
      @Parameter(hidden = true) Actor actor, String project, String environment, int number) {
    return activations
        .get(actor.organizationId(), project, environment, number)
        .thenApply(found -> ActivationView.of(found.activation(), found.lines(), null));
  }

  /** Answers when the next check on this node is decided by it. */
  @Post
  @RequiresPermission("rules.activate")
  @Audited("rule.activated")
  @Operation(
      summary = "Put rules in force in an environment, all at once",
      description =
          "Where the environment's mode is block, a rule goes to block only with a finished"
              + " backtest of that very version as evidence, or with a reason for doing without"
              + " (409 evidence-missing). A rule that would hold up every call (409"
              + " would-stop-everything), or whose pinned calls do not come out as they must (409"
              + " pin-fails), needs a reason too. With If-Match (the ETag of the list) somebody else's"
              + " activation in between is answered 412 environment-changed.",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = ActivationBody.class))))
  CompletionStage<HttpResponse<ActivationView>> activate(
      @Parameter(hidden = true) Actor actor,
      String project,
      String environment,
      @Nullable @Header(EntityTag.IF_MATCH) String ifMatch,
      @Parameter(hidden = true) @Body byte[] body) {
    ActivationRequest request = ActivationBody.read(body);
    return activations
        .activate(actor, project, environment, EntityTag.expected(ifMatch, null), request)
        .thenCompose(this::inForce);
  }

  @Post("/preview")
  @RequiresPermission("rules.read")
  @Audited(none = "it changes nothing")
  @Operation(
      summary = "What an activation would be told and refused for; changes nothing",
      description =
          "Hints are about rules that are always or never true, that say what another says"
              + " already, that stop what another must allow, or that never spoke on this node.",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = ActivationBody.class))))
  CompletionStage<PreviewView> preview(
      @Parameter(hidden = true) Actor actor,
      String project,
      String environment,
      @Parameter(hidden = true) @Body byte[] body) {
    UUID organization = actor.organizationId();
    return activations
        .preview(organization, project, environment, ActivationBody.read(body))
        .thenApply(PreviewView::of);
  }

  /** Answers when the next check on this node is decided by it. */
  @Post("/{number}/restore")
  @RequiresPermission("rules.activate")
  @Audited("rule.restored")
  @Operation(
      summary = "Make an environment's rules what they were after an activation",
      description =
          "It is a new activation. What was in force in block before needs no new evidence.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = ActivationBody.RestoreBody.class))))
  CompletionStage<HttpResponse<ActivationView>> restore(
      @Parameter(hidden = true) Actor actor,
      String project,
      String environment,
      int number,
      @Nullable @Header(EntityTag.IF_MATCH) String ifMatch,
      @Parameter(hidden = true) @Body byte[] body) {
    ActivationBody.Restore restore = ActivationBody.readRestore(body);
    return activations
        .restore(
            actor,
            project,
            environment,
            number,
            EntityTag.expected(ifMatch, null),
            restore.comment(),
            restore.grounds())
        .thenCompose(this::inForce);
  }

  private CompletionStage<HttpResponse<ActivationView>> inForce(Activated made) {
    Scope scope = made.environment().scope();
    return snapshots
        .awaitInForce(scope.organizationId(), scope.requireProject())
        .thenApply(
            done ->
                EntityTag.mark(
                    HttpResponse.created(
                        ActivationView.of(
                            made.activation(),
                            made.lines(),
                            snapshots
                                .inForce(scope.requireEnvironment())
                                .map(PolicySnapshot::id)
                                .orElse(null))),
                    made.activation().number()));
  }
}
