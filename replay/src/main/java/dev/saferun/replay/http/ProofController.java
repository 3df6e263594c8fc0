package dev.saferun.replay.http;

import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.RequiresPermission.In;
import dev.saferun.replay.capture.Settled;
import dev.saferun.replay.proof.FindingView;
import dev.saferun.replay.proof.Verified;
import dev.saferun.replay.proof.Verifier;
import dev.saferun.replay.store.RunReads;
import dev.saferun.replay.store.RunReads.StoredEvidence;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Decides a kept decision again and says whether the same comes out. */
@Controller("/v1/decisions/{id}/verify")
@Tag(name = "decisions")
final class ProofController {

  private final RunReads reads;
  private final Settled settled;
  private final Verifier verifier;

  ProofController(RunReads reads, Settled settled, Verifier verifier) {
    this.reads = reads;
    this.settled = settled;
    this.verifier = verifier;
  }

  @Post
  @RequiresPermission(value = "runs.read", in = In.SCOPE)
  @Audited(none = "it changes nothing")
  @Operation(
      summary = "Decide it again from its evidence and compare",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = ProofDocuments.Proof.class))))
  CompletionStage<HttpResponse<byte[]>> verify(@Parameter(hidden = true) Actor actor, String id) {
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
                verifier
                    .verify(actor.organizationId(), decisionId, stored)
                    .thenApply(verified -> Lines.json(document(decisionId, stored, verified))));
  }

  private static Map<String, @Nullable Object> document(
      UUID decisionId, StoredEvidence stored, Verified verified) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("decision_id", decisionId.toString());
    document.put("evidence_sha256", HexFormat.of().formatHex(stored.sha256()));
    verified.snapshot().ifPresent(snapshot -> document.put("policy_snapshot", snapshot));
    document.putAll(FindingView.of(verified.finding()));
    return document;
  }
}
