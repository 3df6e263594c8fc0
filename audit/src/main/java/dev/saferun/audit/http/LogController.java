package dev.saferun.audit.http;

import dev.saferun.audit.log.LogReads;
import dev.saferun.audit.log.LogReads.Signed;
import dev.saferun.audit.note.VerifierKey;
import dev.saferun.platform.Actor;
import dev.saferun.platform.RequiresPermission;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What is signed of the audit log. */
@Controller("/v1/audit")
@Tag(name = "audit")
final class LogController {

  private static final int LIMIT_USUAL = 100;
  private static final int LIMIT_MAX = 1_000;

  private final LogReads log;

  LogController(LogReads log) {
    this.log = log;
  }

  @Get("/checkpoint")
  @RequiresPermission("audit.read")
  @Operation(
      summary = "The newest checkpoint: keep it elsewhere, and no later cut or fork goes unseen",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = AuditDocuments.Checkpoint.class))))
  CompletionStage<HttpResponse<byte[]>> newest(@Parameter(hidden = true) Actor actor) {
    UUID organization = actor.organizationId();
    return log.newest(organization)
        .thenCombine(
            log.key(organization),
            (newest, key) -> {
              Signed signed = newest.orElseThrow(Parameters::absent);
              Map<String, @Nullable Object> document = sized(signed);
              document.put("key", text(key));
              return Parameters.json(document);
            });
  }

  @Get("/checkpoints")
  @RequiresPermission("audit.read")
  @Operation(
      summary = "Checkpoints, the smallest first",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = AuditDocuments.Checkpoints.class))))
  CompletionStage<HttpResponse<byte[]>> checkpoints(
      @Parameter(hidden = true) Actor actor,
      @Parameter(description = "a size: those of larger ones") @QueryValue @Nullable Long after,
      @QueryValue @Nullable Integer limit) {
    UUID organization = actor.organizationId();
    int most = Parameters.limit(limit, LIMIT_USUAL, LIMIT_MAX);
    return log.checkpoints(organization, after == null ? 0 : after, Long.MAX_VALUE, most + 1)
        .thenCombine(
            log.key(organization), (signed, key) -> Parameters.json(page(signed, key, most)));
  }

  private static Map<String, @Nullable Object> page(
      List<Signed> signed, Optional<VerifierKey> key, int most) {
    List<Signed> shown = signed.subList(0, Math.min(most, signed.size()));
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("key", text(key));
    page.put("checkpoints", shown.stream().map(LogController::sized).toList());
    if (signed.size() > most) {
      page.put("next_after", shown.getLast().size());
    }
    return page;
  }

  @Get("/consistency")
  @RequiresPermission("audit.read")
  @Operation(
      summary = "What shows that the log of one size begins with that of another",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = AuditDocuments.Consistency.class))))
  CompletionStage<HttpResponse<byte[]>> consistency(
      @Parameter(hidden = true) Actor actor, @QueryValue long from, @QueryValue long to) {
    UUID organization = actor.organizationId();
    return log.newest(organization)
        .thenCompose(
            newest -> {
              if (from < 1 || from > to || to > newest.map(Signed::size).orElse(0L)) {
                throw Parameters.invalid(
                    "from and to are sizes of the log, from 1 to that of the newest checkpoint");
              }
              return log.consistency(organization, from, to);
            })
        .thenApply(
            hashes ->
                Parameters.json(
                    Map.of("from", from, "to", to, "hashes", Parameters.base64(hashes))));
  }

  private static Map<String, @Nullable Object> sized(Signed signed) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("size", signed.size());
    document.put("note", signed.note());
    return document;
  }

  private static @Nullable String text(Optional<VerifierKey> key) {
    return key.map(VerifierKey::toString).orElse(null);
  }
}
