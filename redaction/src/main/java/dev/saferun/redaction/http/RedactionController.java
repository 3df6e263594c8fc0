package dev.saferun.redaction.http;

import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.StrictJson;
import dev.saferun.redaction.PolicyOwner;
import dev.saferun.redaction.RedactionPolicies;
import dev.saferun.redaction.RedactionRules;
import dev.saferun.redaction.store.StoredPolicies;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Tenancy;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
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
import java.util.concurrent.CompletionStage;

/**
 * What may be kept: an organization's floor, a project's policy and an environment's own, for admin
 * keys. What compiles a policy does not run on an event loop.
 */
@Controller("/v1")
@Tag(name = "redaction")
final class RedactionController {

  private static final String FLOOR = "/redaction";
  private static final String PROJECT = "/projects/{project}/redaction";
  private static final String ENVIRONMENT =
      "/projects/{project}/environments/{environment}/redaction";

  private final StoredPolicies policies;
  private final RedactionPolicies inForce;
  private final Tenancy tenancy;
  private final Preview preview;

  RedactionController(
      StoredPolicies policies, RedactionPolicies inForce, Tenancy tenancy, Preview preview) {
    this.policies = policies;
    this.inForce = inForce;
    this.tenancy = tenancy;
    this.preview = preview;
  }

  @Get(FLOOR)
  @RequiresPermission("redaction.read")
  @Operation(
      summary = "The organization's floor: what no project can loosen, with its versions",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = RedactionDocuments.Versions.class))))
  CompletionStage<HttpResponse<byte[]>> floor(@Parameter(hidden = true) Actor actor) {
    return versions(floorOf(actor));
  }

  @Put(FLOOR)
  @RequiresPermission("redaction.write")
  @Audited("redaction.changed")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Write the organization's floor",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = RedactionDocuments.Rules.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "The version that is in force in every environment now",
              content =
                  @Content(schema = @Schema(implementation = RedactionDocuments.Version.class))))
  CompletionStage<HttpResponse<byte[]>> putFloor(
      @Parameter(hidden = true) Actor actor, @Parameter(hidden = true) @Body byte[] body) {
    return put(actor, floorOf(actor), body);
  }

  @Get(PROJECT)
  @RequiresPermission("redaction.read")
  @Operation(
      summary =
          "A project's policy with its versions, for environments that have none of their own",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = RedactionDocuments.Versions.class))))
  CompletionStage<HttpResponse<byte[]>> ofProject(
      @Parameter(hidden = true) Actor actor, String project) {
    return project(actor, project).thenCompose(this::versions);
  }

  @Put(PROJECT)
  @RequiresPermission("redaction.write")
  @Audited("redaction.changed")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Write a project's policy",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = RedactionDocuments.Rules.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = RedactionDocuments.Version.class))))
  CompletionStage<HttpResponse<byte[]>> putProject(
      @Parameter(hidden = true) Actor actor,
      String project,
      @Parameter(hidden = true) @Body byte[] body) {
    return project(actor, project).thenCompose(owner -> put(actor, owner, body));
  }

  @Get(ENVIRONMENT)
  @RequiresPermission("redaction.read")
  @Operation(
      summary = "An environment's own policy with its versions",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = RedactionDocuments.Versions.class))))
  CompletionStage<HttpResponse<byte[]>> ofEnvironment(
      @Parameter(hidden = true) Actor actor, String project, String environment) {
    return environment(actor, project, environment).thenCompose(found -> versions(owner(found)));
  }

  @Put(ENVIRONMENT)
  @RequiresPermission("redaction.write")
  @Audited("redaction.changed")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Write an environment's own policy",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = RedactionDocuments.Rules.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = RedactionDocuments.Version.class))))
  CompletionStage<HttpResponse<byte[]>> putEnvironment(
      @Parameter(hidden = true) Actor actor,
      String project,
      String environment,
      @Parameter(hidden = true) @Body byte[] body) {
    return environment(actor, project, environment)
        .thenCompose(found -> put(actor, owner(found), body));
  }

  @Get(ENVIRONMENT + "/in-force")
  @RequiresPermission("redaction.read")
  @Operation(
      summary = "What holds in an environment now: the floor, and over it its own or the standard",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = RedactionDocuments.InForce.class))))
  CompletionStage<HttpResponse<byte[]>> inForce(
      @Parameter(hidden = true) Actor actor, String project, String environment) {
    return environment(actor, project, environment)
        .thenApply(found -> RedactionDocuments.inForce(inForce.inForce(found)))
        .thenApply(RedactionController::json);
  }

  /** Nothing is kept of the sample. */
  @Post(ENVIRONMENT + "/preview")
  @RequiresPermission("redaction.read")
  @Audited(none = "nothing is kept of the sample")
  @Status(HttpStatus.OK)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "What would be kept of a sample, and which rule acts where",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = RedactionDocuments.PreviewBody.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = RedactionDocuments.Previewed.class))))
  CompletionStage<HttpResponse<byte[]>> preview(
      @Parameter(hidden = true) Actor actor,
      String project,
      String environment,
      @Parameter(hidden = true) @Body byte[] body) {
    BodyFields asked = BodyFields.read(body, "sample", "policy");
    return environment(actor, project, environment)
        .thenApply(found -> json(preview.of(found, asked)));
  }

  private CompletionStage<HttpResponse<byte[]>> versions(PolicyOwner owner) {
    return policies
        .versions(owner)
        .thenApply(RedactionDocuments::versions)
        .thenApply(RedactionController::json);
  }

  private CompletionStage<HttpResponse<byte[]>> put(Actor actor, PolicyOwner owner, byte[] body) {
    return policies
        .put(actor, owner, RedactionRules.read(StrictJson.parseObject(body)))
        .thenApply(RedactionDocuments::version)
        .thenApply(RedactionController::json);
  }

  private static PolicyOwner floorOf(Actor actor) {
    return new PolicyOwner(actor.organizationId(), null, null);
  }

  private CompletionStage<PolicyOwner> project(Actor actor, String project) {
    return tenancy
        .project(actor.organizationId(), project)
        .thenApply(found -> new PolicyOwner(actor.organizationId(), found.id(), null));
  }

  private CompletionStage<EnvironmentSettings> environment(
      Actor actor, String project, String environment) {
    return tenancy.environment(actor.organizationId(), project, environment);
  }

  private static PolicyOwner owner(EnvironmentSettings environment) {
    return new PolicyOwner(
        environment.scope().organizationId(),
        environment.scope().requireProject(),
        environment.scope().requireEnvironment());
  }

  private static HttpResponse<byte[]> json(Object document) {
    return HttpResponse.ok(CanonicalJson.write(document))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
