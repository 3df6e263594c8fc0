package dev.saferun.replay.http;

import dev.saferun.platform.Actor;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.RequiresPermission.In;
import dev.saferun.replay.understand.Partings;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Why a run went wrong, as far as its frames tell. */
@Controller("/v1/runs/{run_id}/cause")
@Tag(name = "runs")
final class CauseController {

  private final RunsByName runs;
  private final Partings partings;

  CauseController(RunsByName runs, Partings partings) {
    this.runs = runs;
    this.partings = partings;
  }

  @Get
  @RequiresPermission(value = "runs.read", in = In.SCOPE)
  @Operation(
      summary = "The first frame in which intent and action part, and what explains it",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = CauseDocument.class))))
  CompletionStage<HttpResponse<byte[]>> cause(
      @Parameter(hidden = true) Actor actor,
      String run_id,
      @QueryValue @Nullable String environment) {
    return runs.find(actor, run_id, environment)
        .thenCompose(run -> partings.of(actor.organizationId(), run))
        .thenApply(parting -> Lines.json(parting.toJson()));
  }

  /**
   * @param cause model, prompt_injection, code, misread_context or undetermined
   * @param sentence the cause in one sentence
   * @param frame the action in which they part; absent where none shows it
   * @param examined how many actions were looked at
   */
  record CauseDocument(
      String cause,
      String sentence,
      @Nullable Long frame,
      @Nullable String tool,
      @Nullable String verdict,
      @Nullable SignalDocument signal,
      long examined) {}

  /**
   * @param argument the JSON Pointer of the value within the arguments; empty for the whole call
   * @param pointer a JSON Pointer into that frame
   * @param start the first character of the text at the pointer that shows it
   */
  record SignalDocument(
      String kind,
      String sentence,
      double strength,
      String argument,
      @Nullable Long frame,
      @Nullable String pointer,
      @Nullable Integer start,
      @Nullable Integer end) {}
}
