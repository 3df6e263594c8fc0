package dev.saferun.replay.http;

import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.RequiresPermission.In;
import dev.saferun.redaction.Originals;
import dev.saferun.replay.reveal.Reveals;
import dev.saferun.replay.reveal.Reveals.Revealed;
import dev.saferun.replay.reveal.Shredding;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Looks at what was sealed, and its end, for admin keys. */
@Controller("/v1")
@Tag(name = "reveal")
final class RevealController {

  private static final int REASON_CHARACTERS_MIN = 10;
  private static final int REASON_CHARACTERS_MAX = 500;
  private static final int MINUTES_MAX = 60;
  private static final int MINUTES_USUAL = 15;
  private static final int CLASSES_MAX = 20;
  private static final int VALUE_CHARACTERS_MAX = 10_000;

  private final RunsByName runs;
  private final Reveals reveals;
  private final Shredding shredding;

  RevealController(RunsByName runs, Reveals reveals, Shredding shredding) {
    this.runs = runs;
    this.reveals = reveals;
    this.shredding = shredding;
  }

  @Post("/runs/{run_id}/reveal-grants")
  @RequiresPermission(value = "runs.reveal", in = In.SCOPE)
  @Audited("reveal.granted")
  @Status(HttpStatus.CREATED)
  @Operation(
      summary = "Ask for leave to look at what was sealed of a run, for a reason and for a time",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = GrantBody.class))),
      responses =
          @ApiResponse(
              responseCode = "201",
              content = @Content(schema = @Schema(implementation = GrantDocument.class))))
  CompletionStage<HttpResponse<byte[]>> grant(
      @Parameter(hidden = true) Actor actor,
      String run_id,
      @QueryValue @Nullable String environment,
      @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "reason", "minutes");
    String reason = reason(fields);
    int minutes = fields.whole("minutes", 1, MINUTES_MAX).orElse(MINUTES_USUAL);
    return runs.find(actor, run_id, environment)
        .thenCompose(run -> reveals.grant(actor, run, reason, Duration.ofMinutes(minutes)))
        .thenApply(
            grant ->
                HttpResponse.created(
                        CanonicalJson.write(
                            Map.of(
                                "grant", grant.id().toString(),
                                "expires_at", grant.expiresAt().toString())))
                    .contentType(MediaType.APPLICATION_JSON_TYPE));
  }

  /** The audit log holds the look before it is answered. */
  @Post("/runs/{run_id}/frames/{frame}/reveal")
  @RequiresPermission(value = "runs.reveal", in = In.SCOPE)
  @Audited("reveal.shown")
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Look at what was sealed of a frame",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = RevealBody.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = RevealedDocument.class))))
  CompletionStage<HttpResponse<byte[]>> reveal(
      @Parameter(hidden = true) Actor actor,
      String run_id,
      long frame,
      @QueryValue @Nullable String environment,
      @Parameter(hidden = true) @Body byte[] body) {
    UUID grant =
        Parameters.id(
            BodyFields.read(body, "grant")
                .text("grant")
                .orElseThrow(() -> missing("grant", "the id of a grant")));
    return runs.find(actor, run_id, environment)
        .thenCompose(run -> reveals.reveal(actor, run, frame, grant))
        .thenApply(RevealController::document)
        .thenApply(Lines::json);
  }

  @Post("/runs/{run_id}/shredding")
  @RequiresPermission(value = "runs.shred", in = In.SCOPE)
  @Audited("originals.shredded")
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Destroy the keys of what was sealed of a run; there is no way back",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = ShredRunBody.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = ShreddedDocument.class))))
  CompletionStage<HttpResponse<byte[]>> shredRun(
      @Parameter(hidden = true) Actor actor,
      String run_id,
      @QueryValue @Nullable String environment,
      @Parameter(hidden = true) @Body byte[] body) {
    String reason = reason(BodyFields.read(body, "reason"));
    return runs.find(actor, run_id, environment)
        .thenCompose(run -> shredding.run(actor, run, reason))
        .thenApply(RevealController::shredded);
  }

  @Post("/shredding")
  @RequiresPermission("runs.shred")
  @Audited("originals.shredded")
  @Status(HttpStatus.OK)
  @Operation(
      summary =
          "Destroy the keys of what was sealed of every run in which a person's value stands; there"
              + " is no way back",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = ShredValueBody.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = ShreddedDocument.class))))
  CompletionStage<HttpResponse<byte[]>> shredValue(
      @Parameter(hidden = true) Actor actor, @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "reason", "classes", "value");
    List<String> classes =
        fields
            .texts("classes", CLASSES_MAX, VALUE_CHARACTERS_MAX)
            .orElseThrow(() -> missing("classes", "the classes that the value is kept under"));
    String value =
        fields
            .text("value", VALUE_CHARACTERS_MAX)
            .orElseThrow(() -> missing("value", "the value whose runs are meant"));
    return shredding
        .value(actor, classes, value, reason(fields))
        .thenApply(RevealController::shredded);
  }

  private static String reason(BodyFields fields) {
    String reason =
        fields
            .text("reason", REASON_CHARACTERS_MAX)
            .orElseThrow(() -> missing("reason", "why, for the audit log"));
    if (reason.strip().length() < REASON_CHARACTERS_MIN) {
      throw new ProblemException(
          CommonProblem.INVALID_FIELD,
          "must have at least " + REASON_CHARACTERS_MIN + " characters: it is read in an audit",
          "/reason");
    }
    return reason.strip();
  }

  private static ProblemException missing(String name, String what) {
    return new ProblemException(CommonProblem.INVALID_FIELD, "must be there: " + what, "/" + name);
  }

  private static Map<String, @Nullable Object> document(Revealed revealed) {
    List<Object> values = new ArrayList<>();
    for (Originals.Original original : revealed.values()) {
      Map<String, @Nullable Object> value = new LinkedHashMap<>();
      value.put("path", original.path());
      value.put("value", original.value());
      values.add(value);
    }
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("values", values);
    if (revealed.shreddedAt() != null) {
      document.put("shredded_at", revealed.shreddedAt().toString());
    }
    return document;
  }

  private static HttpResponse<byte[]> shredded(int records) {
    return Lines.json(Map.of("records", (long) records));
  }

  /**
   * @param reason why, for the audit log; 10 to 500 characters
   * @param minutes how long, 1 to 60; 15 where it is left out
   */
  record GrantBody(String reason, @Nullable Integer minutes) {}

  record GrantDocument(String grant, String expiresAt) {}

  record RevealBody(String grant) {}

  /**
   * @param values what stood in the places of tokens
   * @param shreddedAt when its key was destroyed; then there are no values
   */
  record RevealedDocument(List<RevealedValue> values, @Nullable String shreddedAt) {}

  record RevealedValue(String path, Object value) {}

  record ShredRunBody(String reason) {}

  /**
   * @param classes under which the value may have been kept, such as email and text
   * @param value as an agent sends it; it is neither kept nor logged
   */
  record ShredValueBody(String reason, List<String> classes, String value) {}

  /**
   * @param records whose originals are gone now
   */
  record ShreddedDocument(int records) {}
}
