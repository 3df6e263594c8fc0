package dev.saferun.tenancy.http;

import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.RequiresPermission.In;
import dev.saferun.tenancy.Project;
import dev.saferun.tenancy.ProjectChange;
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

/** The projects of the key's organization. */
@Controller("/v1/projects")
@Tag(name = "projects")
class ProjectController {

  private static final int DISPLAY_NAME_CHARACTERS_MAX = 200;

  private final Tenancy tenancy;

  ProjectController(Tenancy tenancy) {
    this.tenancy = tenancy;
  }

  @Get
  @RequiresPermission(value = "settings.read", in = In.ANYWHERE)
  @Operation(summary = "The projects that the caller may see")
  CompletionStage<ProjectList> list(@Parameter(hidden = true) Actor actor) {
    return tenancy
        .projects(actor.organizationId())
        .thenApply(
            found ->
                new ProjectList(
                    found.stream()
                        .filter(one -> actor.access().permits("settings.read", one.id()))
                        .map(ProjectView::of)
                        .toList()));
  }

  @Get("/{project}")
  @RequiresPermission("settings.read")
  @Operation(summary = "One project")
  CompletionStage<ProjectView> get(@Parameter(hidden = true) Actor actor, String project) {
    return tenancy.project(actor.organizationId(), project).thenApply(ProjectView::of);
  }

  @Put("/{project}")
  @RequiresPermission("settings.write")
  @Audited({"project.created", "environment.created", "project.changed"})
  @Operation(
      summary = "Make a project with its environments, or rename the one that is there",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = ProjectBody.class))))
  CompletionStage<HttpResponse<ProjectView>> put(
      @Parameter(hidden = true) Actor actor,
      String project,
      @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "display_name");
    ProjectChange change =
        new ProjectChange(fields.text("display_name", DISPLAY_NAME_CHARACTERS_MAX));
    return tenancy
        .putProject(actor, project, change)
        .thenApply(
            put ->
                HttpResponse.<ProjectView>status(put.created() ? HttpStatus.CREATED : HttpStatus.OK)
                    .body(ProjectView.of(put.value())));
  }

  record ProjectBody(@Nullable String displayName) {}

  record ProjectView(String id, String name, String displayName, String createdAt) {
    static ProjectView of(Project project) {
      return new ProjectView(
          project.id().toString(),
          project.name(),
          project.displayName(),
          project.createdAt().toString());
    }
  }

  record ProjectList(List<ProjectView> projects) {}
}
