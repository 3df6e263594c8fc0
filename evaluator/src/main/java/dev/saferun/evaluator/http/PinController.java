package dev.saferun.evaluator.http;

import dev.saferun.audit.Audited;
import dev.saferun.evaluator.analysis.Expectation;
import dev.saferun.evaluator.http.PinViews.PinBody;
import dev.saferun.evaluator.http.PinViews.PinList;
import dev.saferun.evaluator.http.PinViews.PinView;
import dev.saferun.evaluator.rules.Pins;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.RequiresPermission;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The recorded calls that are pinned to a rule, for admin keys. */
@Controller("/v1/projects/{project}/rules/{rule}/pins")
@Tag(name = "rules")
final class PinController {

  private final Pins pins;

  PinController(Pins pins) {
    this.pins = pins;
  }

  @Get
  @RequiresPermission("rules.read")
  @Operation(summary = "The calls that are pinned to a rule")
  CompletionStage<PinList> list(
      @Parameter(hidden = true) Actor actor, String project, String rule) {
    return pins.list(actor.organizationId(), project, rule)
        .thenApply(found -> new PinList(found.stream().map(PinView::of).toList()));
  }

  @Put("/{decisionId}")
  @RequiresPermission("rules.write")
  @Audited("rule.pinned")
  @Operation(
      summary = "Pin a recorded call to a rule: it must stop it, or must let it go",
      description = "The answer says what the rule's newest version does with the call.",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = PinBody.class))))
  CompletionStage<PinView> put(
      @Parameter(hidden = true) Actor actor,
      String project,
      String rule,
      UUID decisionId,
      @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "expect", "comment");
    Expectation expect =
        fields
            .choice("expect", Expectation.values(), Expectation::wire)
            .orElseThrow(() -> fields.absent("expect"));
    String comment = Comments.optional(fields, "comment").orElse("");
    return pins.put(actor, project, new Pins.Wanted(rule, decisionId, expect, comment))
        .thenApply(PinView::of);
  }

  @Delete("/{decisionId}")
  @RequiresPermission("rules.write")
  @Audited("rule.unpinned")
  @Operation(
      summary = "Take a pin back",
      responses = @ApiResponse(responseCode = "204", description = "It is gone"))
  CompletionStage<HttpResponse<Void>> remove(
      @Parameter(hidden = true) Actor actor, String project, String rule, UUID decisionId) {
    return pins.remove(actor, project, rule, decisionId)
        .thenApply(removed -> HttpResponse.noContent());
  }
}
