package dev.saferun.replay.http;

import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.replay.proof.AuditCounts;
import dev.saferun.replay.proof.SelfAudit;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The nightly self-audit, now. */
@Controller("/v1/self-audits")
@Tag(name = "decisions")
final class SelfAuditController {

  private final SelfAudit audit;

  SelfAuditController(SelfAudit audit) {
    this.audit = audit;
  }

  @Post
  @RequiresPermission("evidence.verify")
  @Audited(none = "it changes nothing; what it finds altered is told by the appliance itself")
  @Operation(
      summary = "Verify a random sample of the organization's decisions now",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = ProofDocuments.SelfAudit.class))))
  CompletionStage<HttpResponse<byte[]>> run(@Parameter(hidden = true) Actor actor) {
    return audit.now(actor.organizationId()).thenApply(counts -> Lines.json(document(counts)));
  }

  private static Map<String, @Nullable Object> document(AuditCounts counts) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("verified", counts.verified());
    for (String result :
        new String[] {"proven", "undecidable", "other_evaluator", "different", "altered"}) {
      document.put(result, counts.of(result));
    }
    document.put("duration_millis", counts.durationMillis());
    return document;
  }
}
