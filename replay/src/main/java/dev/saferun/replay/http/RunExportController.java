package dev.saferun.replay.http;

import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.RequiresPermission.In;
import dev.saferun.replay.proof.RunExport;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A run with all that its decisions are proven from, to be verified anywhere. */
@Controller("/v1/runs/{run_id}/export")
@Tag(name = "runs")
final class RunExportController {

  private static final String JSON_LINES = "application/jsonl";

  private final RunsByName runs;
  private final RunExport export;

  RunExportController(RunsByName runs, RunExport export) {
    this.runs = runs;
    this.export = export;
  }

  @Get
  @RequiresPermission(value = "runs.read", in = In.SCOPE)
  @Audited("run.exported")
  @Produces(JSON_LINES)
  @Operation(
      summary =
          "The next part of a run with its policies, as JSON Lines that can be verified alone")
  CompletionStage<HttpResponse<byte[]>> export(
      @Parameter(hidden = true) Actor actor,
      String run_id,
      @QueryValue @Nullable String environment,
      @Parameter(description = "the next_after of the part before") @QueryValue
          @Nullable Long after) {
    return runs.find(actor, run_id, environment)
        .thenCompose(run -> export.part(actor, run, after == null ? 0 : after))
        .thenApply(lines -> HttpResponse.ok(lines).contentType(MediaType.of(JSON_LINES)));
  }
}
