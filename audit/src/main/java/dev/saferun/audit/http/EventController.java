package dev.saferun.audit.http;

import dev.saferun.audit.AuditProblem;
import dev.saferun.audit.log.EventFilter;
import dev.saferun.audit.log.EventReads;
import dev.saferun.audit.log.EventReads.Entry;
import dev.saferun.audit.log.EventReads.Placed;
import dev.saferun.audit.log.LogEntry;
import dev.saferun.audit.log.LogReads;
import dev.saferun.audit.log.LogReads.Signed;
import dev.saferun.platform.Actor;
import dev.saferun.platform.ProblemException;
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
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Events of the audit log, and the proof that they are in it. */
@Controller("/v1/audit/events")
@Tag(name = "audit")
final class EventController {

  private static final int LIMIT_USUAL = 50;
  private static final int LIMIT_MAX = 500;

  private final EventReads events;
  private final LogReads log;

  EventController(EventReads events, LogReads log) {
    this.events = events;
    this.log = log;
  }

  @Get
  @RequiresPermission("audit.read")
  @Operation(
      summary = "Events, the latest first",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = AuditDocuments.EventPage.class))))
  CompletionStage<HttpResponse<byte[]>> search(
      @Parameter(hidden = true) Actor actor,
      @Parameter(description = "a code, or the beginning of codes followed by *") @QueryValue
          @Nullable String code,
      @QueryValue @Nullable String outcome,
      @Parameter(name = "actor") @QueryValue("actor") @Nullable String by,
      @QueryValue @Nullable String target,
      @QueryValue @Nullable String request_id,
      @QueryValue @Nullable String from,
      @QueryValue @Nullable String to,
      @QueryValue @Nullable String cursor,
      @QueryValue @Nullable Integer limit) {
    int most = Parameters.limit(limit, LIMIT_USUAL, LIMIT_MAX);
    EventFilter filter = Parameters.filter(code, outcome, by, target, request_id, from, to);
    return events
        .search(
            actor.organizationId(),
            filter,
            cursor == null ? null : Parameters.id("cursor", cursor),
            most + 1)
        .thenApply(found -> Parameters.json(page(found, most)));
  }

  private static Map<String, @Nullable Object> page(List<Placed> found, int most) {
    List<Placed> shown = found.subList(0, Math.min(most, found.size()));
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("events", shown.stream().map(Placed::document).toList());
    if (found.size() > most) {
      page.put("next_cursor", shown.getLast().event().id().toString());
    }
    return page;
  }

  @Get("/{event}")
  @RequiresPermission("audit.read")
  @Operation(
      summary = "One event",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AuditDocuments.Event.class))))
  CompletionStage<HttpResponse<byte[]>> event(@Parameter(hidden = true) Actor actor, String event) {
    return placed(actor, event).thenApply(found -> Parameters.json(found.document()));
  }

  @Get("/{event}/proof")
  @RequiresPermission("audit.read")
  @Operation(
      summary = "What shows that an event is in the log that was signed",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AuditDocuments.Proof.class))))
  CompletionStage<HttpResponse<byte[]>> proof(@Parameter(hidden = true) Actor actor, String event) {
    UUID organization = actor.organizationId();
    return placed(actor, event)
        .thenCombine(
            log.newest(organization),
            (found, newest) -> {
              Long index = found.index();
              Signed signed = newest.orElseThrow(EventController::notYet);
              if (index == null || index >= signed.size()) {
                throw notYet();
              }
              return proof(organization, index, signed);
            })
        .thenCompose(proof -> proof);
  }

  private CompletionStage<HttpResponse<byte[]>> proof(
      UUID organization, long index, Signed signed) {
    return events
        .entries(organization, index, index + 1, EventFilter.ALL, 1)
        .thenCombine(
            log.inclusion(organization, index, signed.size()),
            (entries, hashes) -> Parameters.json(proof(entries.getFirst(), hashes, signed)));
  }

  private static Map<String, @Nullable Object> proof(
      Entry entry, List<byte[]> hashes, Signed signed) {
    LogEntry logged = entry.logged();
    Map<String, @Nullable Object> proof = new LinkedHashMap<>();
    proof.put("index", entry.index());
    proof.put("entry", logged.entry());
    proof.put("details", logged.details());
    proof.put("hashes", Parameters.base64(hashes));
    proof.put("checkpoint", signed.note());
    return proof;
  }

  private CompletionStage<Placed> placed(Actor actor, String event) {
    return events
        .event(actor.organizationId(), Parameters.pathId(event))
        .thenApply(found -> found.orElseThrow(Parameters::absent));
  }

  private static ProblemException notYet() {
    return new ProblemException(
        AuditProblem.NOT_IN_THE_LOG_YET, "it gets one within seconds; ask again");
  }
}
