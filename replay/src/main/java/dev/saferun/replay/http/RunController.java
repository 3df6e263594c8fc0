package dev.saferun.replay.http;

import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.RequiresPermission.In;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.NewFrame;
import dev.saferun.replay.capture.Observations;
import dev.saferun.replay.store.RunReads;
import dev.saferun.replay.store.RunReads.FrameLine;
import dev.saferun.replay.store.RunReads.RunLine;
import dev.saferun.replay.store.RunReads.StoredEvidence;
import dev.saferun.replay.store.SealedReads;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One run: frames are added to it, and it is read back frame by frame. */
@Controller("/v1/runs/{run_id}")
@Tag(name = "runs")
final class RunController {

  private static final int FRAMES_AT_ONCE = 1_000;

  private final Observations observations;
  private final RunReads reads;
  private final RunsByName runs;
  private final Lines lines;
  private final SealedReads seals;

  RunController(
      Observations observations, RunReads reads, RunsByName runs, Lines lines, SealedReads seals) {
    this.seals = seals;
    this.observations = observations;
    this.reads = reads;
    this.runs = runs;
    this.lines = lines;
  }

  /** Off the event loop: a thousand frames take milliseconds to redact. */
  @Post("/frames")
  @RequiresPermission("checks.make")
  @Audited(none = "it is recorded as frames of the run")
  @Operation(
      summary = "Record what happened between actions",
      requestBody =
          @RequestBody(
              content = @Content(schema = @Schema(implementation = RunDocuments.FrameBatch.class))),
      responses =
          @ApiResponse(
              responseCode = "201",
              content = @Content(schema = @Schema(implementation = RunDocuments.NewFrames.class))))
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Consumes(MediaType.APPLICATION_JSON)
  CompletionStage<HttpResponse<byte[]>> add(
      @Parameter(hidden = true) Actor actor,
      String run_id,
      @Parameter(hidden = true) @Body byte[] body) {
    String runId = Parameters.newRunId(run_id);
    List<NewFrame> frames = BodyReader.frames(body);
    return observations
        .frames(actor.scope(), runId, frames)
        .thenApply(
            numbers -> {
              List<Object> added = new ArrayList<>(numbers.size());
              for (int i = 0; i < numbers.size(); i++) {
                added.add(Map.of("frame", numbers.get(i), "kind", frames.get(i).kind()));
              }
              return HttpResponse.created(CanonicalJson.write(Map.of("frames", added)))
                  .contentType(MediaType.APPLICATION_JSON_TYPE);
            });
  }

  /** The run and the headers of its frames, in pages by number. */
  @Get
  @RequiresPermission(value = "runs.read", in = In.SCOPE)
  @Operation(
      summary = "One run and the headers of its frames",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = RunDocuments.RunWithFrames.class))))
  CompletionStage<HttpResponse<byte[]>> read(
      @Parameter(hidden = true) Actor actor,
      String run_id,
      @QueryValue @Nullable String environment,
      @QueryValue @Nullable Long after) {
    long first = after == null ? 0 : after;
    return runs.find(actor, run_id, environment)
        .thenCompose(
            run ->
                reads
                    .frames(
                        actor.organizationId(),
                        run.environmentId(),
                        run.runId(),
                        first,
                        FRAMES_AT_ONCE)
                    .thenApply(frames -> Lines.json(document(run, frames))));
  }

  private Map<String, @Nullable Object> document(RunLine run, List<FrameLine> frames) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>(lines.run(run));
    document.put("frame_count", run.frames());
    document.put("frames", frames.stream().map(Lines::frame).toList());
    if (frames.size() == FRAMES_AT_ONCE) {
      document.put("next_after", frames.getLast().frame());
    }
    return document;
  }

  @Get("/frames/{frame}")
  @RequiresPermission(value = "runs.read", in = In.SCOPE)
  @Operation(
      summary = "One frame whole, as it was at decision time",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = RunDocuments.FrameDocument.class))))
  CompletionStage<HttpResponse<byte[]>> frame(
      @Parameter(hidden = true) Actor actor,
      String run_id,
      long frame,
      @QueryValue @Nullable String environment) {
    return evidence(actor, run_id, frame, environment)
        .thenCompose(
            stored ->
                seals
                    .of(actor.organizationId(), stored.environmentId(), stored.runId(), frame)
                    .thenApply(
                        found ->
                            Lines.json(
                                EvidenceView.of(
                                    stored, found, actor.scope().environmentId() == null))));
  }

  @Get("/frames/{frame}/value")
  @RequiresPermission(value = "runs.read", in = In.SCOPE)
  @Operation(summary = "One value of a frame, whole")
  CompletionStage<HttpResponse<byte[]>> value(
      @Parameter(hidden = true) Actor actor,
      String run_id,
      long frame,
      @QueryValue String pointer,
      @QueryValue @Nullable String environment) {
    return evidence(actor, run_id, frame, environment)
        .thenApply(
            stored ->
                Lines.json(
                    EvidenceView.at(
                        StrictJson.parse(stored.evidence(), EvidenceView.DEPTH_MAX), pointer)));
  }

  private CompletionStage<StoredEvidence> evidence(
      @Parameter(hidden = true) Actor actor,
      String runId,
      long frame,
      @Nullable String environment) {
    return runs.find(actor, runId, environment)
        .thenCompose(
            run -> reads.frame(actor.organizationId(), run.environmentId(), run.runId(), frame))
        .thenApply(found -> found.orElseThrow(Parameters::absent));
  }
}
