package dev.saferun.replay.http;

import dev.saferun.audit.Audited;
import dev.saferun.evaluator.CalibrationMethod;
import dev.saferun.evaluator.IntentModel;
import dev.saferun.evaluator.IntentModels;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.replay.understand.Calibrations;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Tenancy;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** New versions of a project's model from its labels, for admin keys. */
@Controller("/v1/projects/{project}/intent-models")
@Tag(name = "intent")
final class CalibrationController {

  private static final int NAME_CHARACTERS_MAX = 63;

  private final Tenancy tenancy;
  private final Calibrations calibrations;
  private final IntentModels models;

  CalibrationController(Tenancy tenancy, Calibrations calibrations, IntentModels models) {
    this.tenancy = tenancy;
    this.calibrations = calibrations;
    this.models = models;
  }

  @Post
  @RequiresPermission("rules.write")
  @Audited("intent-model.made")
  @Operation(
      summary = "Calibrate a model on the project's labels",
      description =
          "Keeps a new version and says how it compares with the current one on labels that it did"
              + " not see. It is in force once the settings of the Intent Guard name it. Of each"
              + " project one is made at a time; it is kept even when nobody waits for the answer.",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = CalibrationRequest.class))),
      responses =
          @ApiResponse(
              responseCode = "201",
              content = @Content(schema = @Schema(implementation = ModelDocument.class))))
  CompletionStage<HttpResponse<byte[]>> calibrate(
      @Parameter(hidden = true) Actor actor,
      String project,
      @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "environment", "method", "current");
    @Nullable String environment = fields.text("environment", NAME_CHARACTERS_MAX).orElse(null);
    CalibrationMethod method =
        fields
            .choice("method", CalibrationMethod.values(), CalibrationMethod::wire)
            .orElse(CalibrationMethod.AUTO);
    @Nullable String current = fields.text("current", NAME_CHARACTERS_MAX).orElse(null);
    return request(actor, project, environment, current)
        .thenCompose(request -> calibrations.calibrate(actor, request, method))
        .thenApply(
            version ->
                HttpResponse.created(CanonicalJson.write(document(version)))
                    .contentType(MediaType.APPLICATION_JSON_TYPE));
  }

  @Get
  @RequiresPermission("rules.read")
  @Operation(
      summary = "The models of a project, the newest first",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = ModelPage.class))))
  CompletionStage<HttpResponse<byte[]>> list(
      @Parameter(hidden = true) Actor actor, String project) {
    return models
        .all(actor.organizationId(), project)
        .thenApply(
            versions ->
                Lines.json(
                    Map.of(
                        "standard",
                        IntentModel.STANDARD.name(),
                        "models",
                        versions.stream().map(CalibrationController::document).toList())));
  }

  @Get("/points")
  @RequiresPermission("rules.read")
  @Operation(
      summary = "Every labelled call with its score, to move thresholds over without asking again")
  CompletionStage<HttpResponse<byte[]>> points(
      @Parameter(hidden = true) Actor actor,
      String project,
      @QueryValue @Nullable String environment,
      @QueryValue @Nullable String model) {
    return request(actor, project, environment, model)
        .thenCompose(request -> calibrations.points(actor, request))
        .thenApply(Lines::json);
  }

  private CompletionStage<Calibrations.Request> request(
      Actor actor, String project, @Nullable String environment, @Nullable String model) {
    return tenancy
        .project(actor.organizationId(), project)
        .thenCompose(
            found ->
                environments(actor, project, environment)
                    .thenApply(all -> new Calibrations.Request(found.id(), project, all, model)));
  }

  private CompletionStage<List<EnvironmentSettings>> environments(
      Actor actor, String project, @Nullable String environment) {
    return environment == null
        ? tenancy.environments(actor.organizationId(), project)
        : tenancy.environment(actor.organizationId(), project, environment).thenApply(List::of);
  }

  private static Map<String, @Nullable Object> document(IntentModels.Version version) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", version.model().name());
    json.put("number", (long) version.number());
    json.put("author", version.author());
    json.put("created_at", version.createdAt().toString());
    json.put("comparison", version.comparison());
    json.put("model", version.model().toJson());
    return json;
  }

  /**
   * @param environment whose labels; all of the project where it is left out
   * @param method auto, platt, isotonic or temperature
   * @param current the model that it starts from and is compared with; the one in force where it is
   *     left out
   */
  record CalibrationRequest(
      @Nullable String environment, @Nullable String method, @Nullable String current) {}

  record ModelDocument(
      String name,
      int number,
      String author,
      String createdAt,
      Map<String, Object> comparison,
      Map<String, Object> model) {}

  /** For the API's description. */
  record ModelPage(String standard, List<ModelDocument> models) {}
}
