package dev.saferun.evaluator.http;

import dev.saferun.audit.Audited;
import dev.saferun.evaluator.LoopGuardSettings;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The loop guard of a project, for admin keys. */
@Controller("/v1/projects/{project}/loop-guard")
@Tag(name = "rules")
final class LoopGuardController {

  private final Guards guards;
  private final Snapshots snapshots;

  LoopGuardController(Guards guards, Snapshots snapshots) {
    this.guards = guards;
    this.snapshots = snapshots;
  }

  @Get
  @RequiresPermission("rules.read")
  @Operation(
      summary = "The loop guard of a project",
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "The settings in force; they may be sent back as they are",
              content = @Content(schema = @Schema(implementation = LoopGuardDocument.class))))
  CompletionStage<HttpResponse<byte[]>> get(@Parameter(hidden = true) Actor actor, String project) {
    return guards
        .get(actor.organizationId(), project, Guard.LOOP)
        .thenApply(LoopGuardController::answer);
  }

  /** Answers when the next check on this node is decided by it. */
  @Put
  @RequiresPermission("rules.write")
  @Audited("loop-guard.changed")
  @Operation(
      summary = "Write the loop guard of a project; what is left out has its default",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = LoopGuardDocument.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "The settings in force",
              content = @Content(schema = @Schema(implementation = LoopGuardDocument.class))))
  CompletionStage<HttpResponse<byte[]>> put(
      @Parameter(hidden = true) Actor actor,
      String project,
      @Parameter(hidden = true) @Body byte[] body) {
    LoopGuardSettings settings = LoopGuardSettings.fromJson(StrictJson.parseObject(body));
    return guards
        .put(actor, project, Guard.LOOP, settings)
        .thenCompose(written -> snapshots.awaitInForce(actor.organizationId(), written.id()))
        .thenApply(done -> answer(settings));
  }

  private static HttpResponse<byte[]> answer(LoopGuardSettings settings) {
    return HttpResponse.ok(CanonicalJson.write(settings.toJson()))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  /** The form of the settings, for the API's description. */
  record LoopGuardDocument(
      @Nullable Steps repeat,
      @Nullable Cycle cycle,
      @Nullable Steps noProgress,
      @Nullable Steps error,
      @Nullable Boolean stopRun,
      @Nullable Map<String, Tool> tools,
      @Nullable Budgets budgets,
      @Nullable List<Window> windows) {

    /**
     * @param flagAt from how many on a call is flagged
     * @param escalateAt from how many on it is held for a person
     * @param denyAt from how many on it is denied
     */
    record Steps(
        @Nullable Integer flagAt, @Nullable Integer escalateAt, @Nullable Integer denyAt) {}

    /**
     * @param periodMax the longest circle that is looked for, in calls; the steps count its rounds
     */
    record Cycle(
        @Nullable Integer periodMax,
        @Nullable Integer flagAt,
        @Nullable Integer escalateAt,
        @Nullable Integer denyAt) {}

    /**
     * @param exempt repeat, cycle, no_progress or error: what never speaks against its calls
     * @param grows a JSON Pointer to the argument that grows from call to call, as a page does
     */
    record Tool(@Nullable List<String> exempt, @Nullable String grows) {}

    record Budgets(
        @Nullable Long callsFlagAt,
        @Nullable Long callsEscalateAt,
        @Nullable Long callsMax,
        @Nullable Map<String, Long> callsByToolMax,
        @Nullable List<SumBudget> sums) {}

    /**
     * @param argument a JSON Pointer into the action's arguments
     */
    record SumBudget(String name, String tool, String argument, double max) {}

    /**
     * @param scope run, agent or project
     * @param seconds how long the window is
     * @param tool the exact tool name; without it every call counts
     * @param argument a JSON Pointer to the argument that is summed; without it calls are counted
     * @param flagAt from how much on a call is flagged
     * @param escalateAt from how much on it is held for a person
     * @param max a call that would go beyond is denied
     */
    record Window(
        String name,
        String scope,
        long seconds,
        @Nullable String tool,
        @Nullable String argument,
        @Nullable Double flagAt,
        @Nullable Double escalateAt,
        double max) {}
  }
}
