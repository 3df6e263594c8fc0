package dev.saferun.replay.http;

import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.RequiresPermission.In;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.capture.Observations;
import dev.saferun.replay.capture.Settled;
import dev.saferun.replay.store.RunReads;
import dev.saferun.replay.store.RunReads.AfterDecision;
import dev.saferun.replay.store.RunReads.StoredEvidence;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One decision: what became of it is recorded, and it is read back. */
@Controller("/v1/decisions/{id}")
@Tag(name = "decisions")
final class DecisionController {

  private static final String[] LABELS = {"correct", "false_positive", "missed"};

  private final Observations observations;
  private final RunReads reads;
  private final Settled settled;

  DecisionController(Observations observations, RunReads reads, Settled settled) {
    this.observations = observations;
    this.reads = reads;
    this.settled = settled;
  }

  @Post("/outcome")
  @RequiresPermission("checks.make")
  @Audited(none = "it is recorded as frames of the run")
  @Operation(
      summary = "Say what the tool returned",
      requestBody =
          @RequestBody(
              content = @Content(schema = @Schema(implementation = RunDocuments.Outcome.class))),
      responses =
          @ApiResponse(
              responseCode = "201",
              content = @Content(schema = @Schema(implementation = RunDocuments.NewFrame.class))))
  @Consumes(MediaType.APPLICATION_JSON)
  CompletionStage<HttpResponse<byte[]>> outcome(
      @Parameter(hidden = true) Actor actor,
      String id,
      @Parameter(hidden = true) @Body byte[] body) {
    return observations
        .outcome(actor.scope(), Parameters.id(id), BodyReader.outcome(body))
        .thenApply(
            frame ->
                HttpResponse.created(CanonicalJson.write(Map.of("frame", frame)))
                    .contentType(MediaType.APPLICATION_JSON_TYPE));
  }

  @Post("/label")
  @RequiresPermission(value = "runs.label", in = In.SCOPE)
  @Audited("decision.labelled")
  @Operation(
      summary = "Say whether the decision was right",
      requestBody =
          @RequestBody(
              content = @Content(schema = @Schema(implementation = RunDocuments.LabelDraft.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = RunDocuments.Label.class))))
  @Consumes(MediaType.APPLICATION_JSON)
  CompletionStage<HttpResponse<byte[]>> label(
      @Parameter(hidden = true) Actor actor,
      String id,
      @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "label", "comment");
    String label =
        fields
            .choice("label", LABELS, name -> name)
            .orElseThrow(() -> BodyFields.refuse("label", "is missing"));
    Optional<String> comment = fields.text("comment", BodyReader.COMMENT_CHARACTERS_MAX);
    return observations.label(actor, Parameters.id(id), label, comment).thenApply(Lines::json);
  }

  @Get
  @RequiresPermission(value = "runs.read", in = In.SCOPE)
  @Operation(
      summary = "One decision with its labels",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = RunDocuments.DecisionView.class))))
  CompletionStage<HttpResponse<byte[]>> read(@Parameter(hidden = true) Actor actor, String id) {
    UUID decisionId = Parameters.id(id);
    return settled
        .now()
        .thenCompose(
            all ->
                reads
                    .decision(actor.scope(), decisionId)
                    .thenApply(found -> found.orElseThrow(() -> settled.absent(all))))
        .thenCompose(
            stored ->
                reads
                    .afterDecision(actor.organizationId(), decisionId)
                    .thenApply(after -> Lines.json(document(stored, after))));
  }

  private static Map<String, @Nullable Object> document(
      StoredEvidence stored, AfterDecision after) {
    Map<String, @Nullable Object> evidence =
        Evidence.object(StrictJson.parse(stored.evidence(), EvidenceView.DEPTH_MAX));
    Map<String, @Nullable Object> document =
        new LinkedHashMap<>(Evidence.object(evidence.get("decision")));
    document.put("decision_id", evidence.get("decision_id"));
    document.put("run_id", stored.runId());
    document.put("frame", stored.frame());
    document.put("environment_id", stored.environmentId().toString());
    document.put("labels", after.labels().stream().map(Lines::label).toList());
    if (after.outcomeFrame() != null) {
      document.put("outcome_frame", after.outcomeFrame());
    }
    return document;
  }
}
