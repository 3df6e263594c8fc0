package dev.saferun.evaluator.http;

import dev.saferun.evaluator.rules.LoopGuardDocument;
import dev.saferun.evaluator.rules.RuleBook;
import dev.saferun.evaluator.snapshot.Snapshots;
import dev.saferun.platform.Actor;
import dev.saferun.platform.JsonBody;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The loop guard of a project: repeats, cycles and budgets. */
@Controller("/v1/projects/{project}/loop-guard")
@Tag(name = "rules")
final class LoopGuardController {

  private final RuleBook rules;
  private final Snapshots snapshots;

  LoopGuardController(RuleBook rules, Snapshots snapshots) {
    this.rules = rules;
    this.snapshots = snapshots;
  }

  @Get
  @Operation(summary = "The loop guard's settings")
  CompletionStage<LoopGuardDocument> get(@Parameter(hidden = true) Actor actor, String project) {
    return rules
        .loopGuard(actor.requireAdmin().organizationId(), project)
        .thenApply(LoopGuardDocument::of);
  }

  @Put
  @Operation(
      summary = "Set the loop guard; a part that is left out has its default",
      requestBody =
          @RequestBody(
              content = @Content(schema = @Schema(implementation = LoopGuardDocument.class))))
  CompletionStage<LoopGuardDocument> put(
      @Parameter(hidden = true) Actor actor,
      String project,
      @Parameter(hidden = true) @Body byte @Nullable [] body) {
    actor.requireAdmin();
    LoopGuardDocument document =
        JsonBody.read(body == null ? new byte[0] : body, LoopGuardDocument.class);
    return rules
        .putLoopGuard(actor, project, document.settings())
        .thenCompose(
            settings ->
                snapshots
                    .changed(actor.organizationId())
                    .handle((inForce, fault) -> LoopGuardDocument.of(settings)));
  }
}
