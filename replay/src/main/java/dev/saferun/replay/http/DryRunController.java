package dev.saferun.replay.http;

import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.redaction.RedactionRules;
import dev.saferun.replay.dryrun.DryRun;
import dev.saferun.tenancy.Tenancy;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a redaction policy would change in what was recorded, for admin keys. */
@Controller("/v1/projects/{project}/environments/{environment}/redaction/dry-run")
@Tag(name = "redaction")
final class DryRunController {

  private static final int FRAMES_MAX = 10_000;
  private static final int FRAMES_USUAL = 1_000;

  private final Tenancy tenancy;
  private final DryRun dryRun;

  DryRunController(Tenancy tenancy, DryRun dryRun) {
    this.tenancy = tenancy;
    this.dryRun = dryRun;
  }

  @Post
  @RequiresPermission("redaction.write")
  @Audited(none = "nothing is kept of it")
  @Status(HttpStatus.OK)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "What a policy would change in the latest frames, field by field; nothing is kept",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = DryRunBody.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = DryRunDocument.class))))
  CompletionStage<HttpResponse<byte[]>> dryRun(
      @Parameter(hidden = true) Actor actor,
      String project,
      String environment,
      @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "policy", "frames_max");
    RedactionRules policy = RedactionRules.read(fields.tree("policy").orElse(Map.of()));
    int most = fields.whole("frames_max", 1, FRAMES_MAX).orElse(FRAMES_USUAL);
    return tenancy
        .environment(actor.organizationId(), project, environment)
        .thenCompose(found -> dryRun.of(found, policy, most))
        .thenApply(Lines::json);
  }

  /** The policy is required: what the one in force made of it is the frame itself. */
  @Post("/frame")
  @RequiresPermission("redaction.write")
  @Audited(none = "nothing is kept of it")
  @Status(HttpStatus.OK)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary =
          "One recorded frame as a policy would keep it, and which rule acts where; nothing is kept, nothing sealed is shown",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = FrameBody.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = FrameDocument.class))))
  CompletionStage<HttpResponse<byte[]>> frame(
      @Parameter(hidden = true) Actor actor,
      String project,
      String environment,
      @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "policy", "run", "frame");
    RedactionRules policy =
        RedactionRules.read(fields.tree("policy").orElseThrow(() -> fields.absent("policy")));
    String run = fields.text("run").orElseThrow(() -> fields.absent("run"));
    int frame =
        fields.whole("frame", 1, Integer.MAX_VALUE).orElseThrow(() -> fields.absent("frame"));
    return tenancy
        .environment(actor.organizationId(), project, environment)
        .thenCompose(found -> dryRun.ofFrame(found, policy, run, frame))
        .thenApply(Lines::json);
  }

  /**
   * @param policy a layer to try in the place of the environment's own
   * @param run the run's id
   * @param frame the frame's number in it
   */
  record FrameBody(Map<String, Object> policy, String run, int frame) {}

  /**
   * @param redaction what the policy did and where, as a frame tells it
   * @param kept the frame as it would be kept
   * @param withheld places that are sealed today and of which more than a token would be kept: what
   *     is kept of them now stands there
   */
  record FrameDocument(
      Map<String, Object> redaction, Map<String, Object> kept, List<String> withheld) {}

  /**
   * @param policy a layer to try in the place of the environment's own
   * @param framesMax how many frames, the latest first; 1000 where it is left out
   */
  record DryRunBody(Map<String, Object> policy, @Nullable Integer framesMax) {}

  /**
   * @param policy the hash that frames would name
   * @param fields the commonest changes; a place in a list is written as {@code *}
   * @param fieldsFound how many there are
   */
  record DryRunDocument(
      String policy, long frames, long framesChanged, List<FieldChange> fields, long fieldsFound) {}

  /**
   * @param now what was done when it was recorded; keep where nothing was
   * @param then what would be done
   */
  record FieldChange(String path, String now, String then, long count) {}
}
