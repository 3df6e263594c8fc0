package dev.saferun.replay.http;

import static dev.saferun.replay.capture.Evidence.object;

import dev.saferun.evaluator.Explanation;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.RequiresPermission.In;
import dev.saferun.replay.ReplayProblem;
import dev.saferun.replay.capture.Settled;
import dev.saferun.replay.proof.Explained;
import dev.saferun.replay.proof.FindingView;
import dev.saferun.replay.proof.Verifier;
import dev.saferun.replay.store.RunReads;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rules of a kept decision apart. For admins: an agent is not told by what it is judged.
 */
@Controller("/v1/decisions/{id}/explain")
@Tag(name = "decisions")
final class ExplainController {

  private final RunReads reads;
  private final Settled settled;
  private final Verifier verifier;

  ExplainController(RunReads reads, Settled settled, Verifier verifier) {
    this.reads = reads;
    this.settled = settled;
    this.verifier = verifier;
  }

  @Get
  @RequiresPermission(value = "rules.read", in = In.SCOPE)
  @Operation(
      summary = "Why it was decided so: every part of every rule, true, false or unknown",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = ExplainDocuments.Explained.class))))
  CompletionStage<HttpResponse<byte[]>> explain(
      @Parameter(hidden = true) Actor actor, String id, @QueryValue @Nullable String rule) {
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
                verifier.explain(
                    actor.organizationId(), stored, name -> rule == null || name.equals(rule)))
        .thenApply(explained -> Lines.json(document(decisionId, explained, rule)));
  }

  private static Map<String, @Nullable Object> document(
      UUID decisionId, Explained explained, @Nullable String rule) {
    Explanation explanation =
        explained
            .explanation()
            .orElseThrow(
                () ->
                    new ProblemException(
                        ReplayProblem.NOT_EXPLAINABLE,
                        "deciding it again ends in %s: %s"
                            .formatted(
                                explained.finding().wire(),
                                FindingView.detail(explained.finding()))));
    if (rule != null && explanation.rules().isEmpty()) {
      throw new ProblemException(
          CommonProblem.NOT_FOUND, "no rule of that name was in force for the decision's tool");
    }
    Map<String, @Nullable Object> evidence = explained.evidence();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("decision_id", decisionId.toString());
    document.put("run_id", evidence.get("run_id"));
    document.put("frame", evidence.get("frame"));
    document.put("tool", object(evidence.get("action")).get("tool"));
    document.put("decision", evidence.get("decision"));
    document.put("proof", FindingView.of(explained.finding()));
    document.putAll(explanation.toJson());
    return document;
  }
}
