package dev.saferun.redaction.http;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.DataKeys;
import dev.saferun.platform.Database;
import dev.saferun.platform.KeyRotation;
import dev.saferun.platform.RequiresPermission;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** New keys under running traffic; what older ones closed is opened as before. */
@Controller("/v1/keys")
@Tag(name = "redaction")
final class KeyController {

  private final DataKeys keys;
  private final KeyRotation keeper;
  private final Database database;
  private final AuditLog audit;

  KeyController(DataKeys keys, KeyRotation keeper, Database database, AuditLog audit) {
    this.keys = keys;
    this.keeper = keeper;
    this.database = database;
    this.audit = audit;
  }

  @Post("/data-key/rotation")
  @RequiresPermission("encryption.rotate")
  @Audited("data-key.rotated")
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Make a new data key of the organization the one that records are sealed under",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = DataKeyDocument.class))))
  CompletionStage<HttpResponse<byte[]>> rotateDataKey(@Parameter(hidden = true) Actor actor) {
    return keys.rotate(
            actor.organizationId(),
            session ->
                audit.record(
                    session,
                    new AuditEvent(
                        actor,
                        "data-key.rotated",
                        "organization:" + actor.organizationId(),
                        null,
                        null)))
        .thenApply(key -> json(Map.of("key", key.id().toString())));
  }

  /** The event is written first: a rotation that cannot be audited does not begin. */
  @Post("/encryption-key/rotation")
  @RequiresPermission("appliance.operate")
  @Audited("encryption-key.rotated")
  @Status(HttpStatus.OK)
  @Operation(
      summary =
          "Have the keeper make a new version of the key that wraps data keys, and wrap them anew",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = EncryptionKeyDocument.class))))
  CompletionStage<HttpResponse<byte[]>> rotateEncryptionKey(@Parameter(hidden = true) Actor actor) {
    return database
        .inSession(
            actor.organizationId(),
            session ->
                audit.record(
                    session,
                    new AuditEvent(actor, "encryption-key.rotated", "appliance:keys", null, null)))
        .thenCompose(recorded -> keeper.rotate())
        .thenApply(version -> json(Map.of("version", (long) version)));
  }

  private static HttpResponse<byte[]> json(Object document) {
    return HttpResponse.ok(CanonicalJson.write(document))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  /**
   * @param key the id of the new one
   */
  record DataKeyDocument(String key) {}

  /**
   * @param version the keeper's newest one
   */
  record EncryptionKeyDocument(int version) {}
}
