package dev.saferun.evaluator.http;

import dev.saferun.audit.Audited;
import dev.saferun.evaluator.IntentGuardSettings;
import dev.saferun.evaluator.IntentModels;
import dev.saferun.evaluator.rules.Guard;
import dev.saferun.evaluator.rules.Guards;
import dev.saferun.evaluator.snapshot.Snapshots;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.StrictJson;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The Intent Guard of a project, for admin keys. */
@Controller("/v1/projects/{project}/intent-guard")
@Tag(name = "intent")
final class IntentGuardController {

  private final Guards guards;
  private final Snapshots snapshots;
  private final IntentModels models;

  IntentGuardController(Guards guards, Snapshots snapshots, IntentModels models) {
    this.guards = guards;
    this.snapshots = snapshots;
    this.models = models;
  }

  @Get
  @RequiresPermission("rules.read")
  @Operation(
      summary = "The Intent Guard of a project",
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "The settings in force; they may be sent back as they are",
              content = @Content(schema = @Schema(implementation = IntentGuardDocument.class))))
  CompletionStage<HttpResponse<byte[]>> get(@Parameter(hidden = true) Actor actor, String project) {
    return guards
        .get(actor.organizationId(), project, Guard.INTENT)
        .thenApply(IntentGuardController::answer);
  }

  /** Answers when the next check on this node is decided by it. */
  @Put
  @RequiresPermission("rules.write")
  @Audited("intent-guard.changed")
  @Operation(
      summary = "Write the Intent Guard of a project; what is left out has its standard",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = IntentGuardDocument.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "The settings in force",
              content = @Content(schema = @Schema(implementation = IntentGuardDocument.class))))
  CompletionStage<HttpResponse<byte[]>> put(
      @Parameter(hidden = true) Actor actor,
      String project,
      @Parameter(hidden = true) @Body byte[] body) {
    Map<String, @Nullable Object> sent = StrictJson.parseObject(body);
    return models
        .find(actor.organizationId(), project, IntentGuardSettings.modelOf(sent))
        .thenApply(model -> IntentGuardSettings.fromJson(sent, model))
        .thenCompose(
            settings ->
                guards
                    .put(actor, project, Guard.INTENT, settings)
                    .thenCompose(
                        written -> snapshots.awaitInForce(actor.organizationId(), written.id()))
                    .thenApply(done -> answer(settings)));
  }

  private static HttpResponse<byte[]> answer(IntentGuardSettings settings) {
    return HttpResponse.ok(CanonicalJson.write(settings.toJson()))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  /**
   * The form of the settings, for the API's description.
   *
   * @param on whether it judges at all
   * @param model the model that gives the score
   * @param flagAt from which score on a call is flagged, 0 to 1
   * @param escalateAt from which score on it is held for a person
   * @param denyAt from which score on it is denied
   * @param unavailable allow, flag, escalate or deny: the verdict where nothing could be measured
   * @param environments what differs in an environment, by its name
   * @param tools what is known of a tool, by its exact name
   */
  record IntentGuardDocument(
      @Nullable Boolean on,
      @Nullable String model,
      @Nullable Double flagAt,
      @Nullable Double escalateAt,
      @Nullable Double denyAt,
      @Nullable String unavailable,
      @Nullable Map<String, Differing> environments,
      @Nullable Map<String, Tool> tools) {

    record Differing(
        @Nullable Boolean on,
        @Nullable Double flagAt,
        @Nullable Double escalateAt,
        @Nullable Double denyAt,
        @Nullable String unavailable) {}

    /**
     * @param effect read, write, send or destroy: what the tool does
     * @param minorUnits whether it counts money in the smallest unit
     */
    record Tool(
        @Nullable Double flagAt,
        @Nullable Double escalateAt,
        @Nullable Double denyAt,
        @Nullable String effect,
        @Nullable Boolean minorUnits) {}
  }
}
