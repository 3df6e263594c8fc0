package dev.saferun.audit.http;

import dev.saferun.audit.AuditProblem;
import dev.saferun.audit.Audited;
import dev.saferun.audit.export.Export;
import dev.saferun.audit.export.ExportJob;
import dev.saferun.audit.export.ExportStore;
import dev.saferun.audit.format.EventFormats;
import dev.saferun.audit.log.EventFilter;
import dev.saferun.audit.log.LogReads;
import dev.saferun.audit.log.LogReads.Signed;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequiresPermission;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Status;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Exports of the audit log: asked for, written in the background, read part by part. */
@Controller("/v1/audit/exports")
@Tag(name = "audit")
final class ExportController {

  private static final int TEXT_CHARACTERS_MAX = 200;

  private final ExportStore store;
  private final ExportJob job;
  private final LogReads log;

  ExportController(ExportStore store, ExportJob job, LogReads log) {
    this.store = store;
    this.job = job;
    this.log = log;
  }

  @Post
  @RequiresPermission("audit.export")
  @Audited("audit.exported")
  @Status(HttpStatus.CREATED)
  @Operation(
      summary = "Ask for an export of the log as it is now",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = AuditDocuments.ExportBody.class))),
      responses =
          @ApiResponse(
              responseCode = "201",
              content = @Content(schema = @Schema(implementation = AuditDocuments.Export.class))))
  CompletionStage<HttpResponse<byte[]>> ask(
      @Parameter(hidden = true) Actor actor, @Parameter(hidden = true) @Body byte[] body) {
    UUID organization = actor.organizationId();
    BodyFields fields =
        BodyFields.read(
            body, "format", "code", "outcome", "actor", "target", "request_id", "from", "to");
    String format =
        fields.choice("format", formats(), name -> name).orElseThrow(() -> fields.absent("format"));
    EventFilter filter = filter(fields);
    if (format.equals(Export.LOG) && !filter.isAll()) {
      throw fields.refusal(
          "format", "a part of the log cannot be verified as a whole; leave out the filter");
    }
    return log.upToDate(organization)
        .thenCompose(
            newest -> store.ask(actor, format, filter, newest.map(Signed::size).orElse(0L)))
        .thenApply(
            export -> {
              job.asked(organization);
              return HttpResponse.created(CanonicalJson.write(export.toJson()))
                  .contentType(MediaType.APPLICATION_JSON_TYPE);
            });
  }

  private static String[] formats() {
    List<String> names = new ArrayList<>(List.of(Export.LOG));
    names.addAll(EventFormats.names());
    return names.toArray(String[]::new);
  }

  private static EventFilter filter(BodyFields fields) {
    return Parameters.filter(
        text(fields, "code"),
        text(fields, "outcome"),
        text(fields, "actor"),
        text(fields, "target"),
        text(fields, "request_id"),
        text(fields, "from"),
        text(fields, "to"));
  }

  private static @Nullable String text(BodyFields fields, String name) {
    return fields.text(name, TEXT_CHARACTERS_MAX).orElse(null);
  }

  @Get
  @RequiresPermission("audit.export")
  @Operation(
      summary = "Exports that were asked for, the latest first",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = AuditDocuments.ExportList.class))))
  CompletionStage<HttpResponse<byte[]>> list(@Parameter(hidden = true) Actor actor) {
    return store
        .list(actor.organizationId())
        .thenApply(
            exports ->
                Parameters.json(Map.of("exports", exports.stream().map(Export::toJson).toList())));
  }

  @Get("/{export}")
  @RequiresPermission("audit.export")
  @Operation(
      summary = "One export and how far it got",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AuditDocuments.Export.class))))
  CompletionStage<HttpResponse<byte[]>> export(
      @Parameter(hidden = true) Actor actor, String export) {
    return found(actor, export).thenApply(found -> Parameters.json(found.toJson()));
  }

  /** A part may be read while later ones are written: what is read then never changes. */
  @Get("/{export}/parts/{part}")
  @RequiresPermission("audit.export")
  @Audited("audit.export_read")
  @Produces("application/gzip")
  @Operation(
      summary = "A part of an export, compressed by gzip; parts joined make the whole file",
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "X-Content-Sha256 is of what it holds",
              content =
                  @Content(
                      mediaType = "application/gzip",
                      schema = @Schema(type = "string", format = "binary"))))
  CompletionStage<HttpResponse<byte[]>> part(
      @Parameter(hidden = true) Actor actor, String export, int part) {
    return found(actor, export)
        .thenCompose(
            found -> {
              if (part < 0 || (part >= found.parts() && found.state() == Export.State.DONE)) {
                throw Parameters.absent();
              }
              if (part >= found.parts()) {
                throw new ProblemException(
                    AuditProblem.EXPORT_NOT_DONE, "this part is not written yet; ask again");
              }
              return store.read(actor, found.id(), part);
            })
        .thenApply(
            read ->
                read.map(
                        kept ->
                            HttpResponse.ok(kept.gzip())
                                .contentType(MediaType.of("application/gzip"))
                                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                                .header(
                                    "X-Content-Sha256", HexFormat.of().formatHex(kept.sha256())))
                    .orElseThrow(Parameters::absent));
  }

  private CompletionStage<Export> found(Actor actor, String export) {
    return store
        .find(actor.organizationId(), Parameters.pathId(export))
        .thenApply(found -> found.orElseThrow(Parameters::absent));
  }
}
