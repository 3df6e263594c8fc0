package dev.saferun.tenancy.http;

import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.tenancy.EnvironmentChange;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import dev.saferun.tenancy.OnOverflow;
import dev.saferun.tenancy.Tenancy;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The environments of one project, and the settings that a check obeys. */
@Controller("/v1/projects/{project}/environments")
@Tag(name = "environments")
class EnvironmentController {

  private static final int REQUESTS_PER_SECOND_LIMIT = 1_000_000;

  private final Tenancy tenancy;

  EnvironmentController(Tenancy tenancy) {
    this.tenancy = tenancy;
  }

  @Get
  @RequiresPermission("settings.read")
  @Operation(summary = "All environments of a project")
  CompletionStage<EnvironmentList> list(@Parameter(hidden = true) Actor actor, String project) {
    return tenancy
        .environments(actor.organizationId(), project)
        .thenApply(found -> new EnvironmentList(found.stream().map(EnvironmentView::of).toList()));
  }

  @Get("/{environment}")
  @RequiresPermission("settings.read")
  @Operation(summary = "One environment")
  CompletionStage<EnvironmentView> get(
      @Parameter(hidden = true) Actor actor, String project, String environment) {
    return tenancy
        .environment(actor.organizationId(), project, environment)
        .thenApply(EnvironmentView::of);
  }

  @Put("/{environment}")
  @RequiresPermission("settings.write")
  @Audited({"environment.created", "environment.changed"})
  @Operation(
      summary = "Make an environment, or change the settings that the body names",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = EnvironmentBody.class))))
  CompletionStage<HttpResponse<EnvironmentView>> put(
      @Parameter(hidden = true) Actor actor,
      String project,
      String environment,
      @Parameter(hidden = true) @Body byte[] body) {
    return tenancy
        .putEnvironment(actor, project, environment, change(body))
        .thenApply(
            put ->
                HttpResponse.<EnvironmentView>status(
                        put.created() ? HttpStatus.CREATED : HttpStatus.OK)
                    .body(EnvironmentView.of(put.value())));
  }

  private static EnvironmentChange change(byte[] body) {
    BodyFields fields =
        BodyFields.read(body, "mode", "on_overflow", "on_error", "requests_per_second_max");
    return new EnvironmentChange(
        fields.choice("mode", Mode.values(), Mode::wire),
        fields.choice("on_overflow", OnOverflow.values(), OnOverflow::wire),
        fields.choice("on_error", OnError.values(), OnError::wire),
        fields.whole("requests_per_second_max", 1, REQUESTS_PER_SECOND_LIMIT));
  }

  record EnvironmentBody(
      @Nullable String mode,
      @Nullable String onOverflow,
      @Nullable String onError,
      @Nullable Integer requestsPerSecondMax) {}

  record EnvironmentView(
      String id,
      String project,
      String name,
      String mode,
      String onOverflow,
      String onError,
      int requestsPerSecondMax) {

    static EnvironmentView of(EnvironmentSettings settings) {
      return new EnvironmentView(
          settings.scope().requireEnvironment().toString(),
          settings.project(),
          settings.environment(),
          settings.mode().wire(),
          settings.onOverflow().wire(),
          settings.onError().wire(),
          settings.requestsPerSecondMax());
    }
  }

  record EnvironmentList(List<EnvironmentView> environments) {}
}
