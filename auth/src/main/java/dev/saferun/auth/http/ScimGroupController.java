package dev.saferun.auth.http;

import dev.saferun.audit.Audited;
import dev.saferun.auth.scim.ScimBody;
import dev.saferun.auth.scim.ScimGroups;
import dev.saferun.auth.scim.ScimQuery;
import dev.saferun.auth.scim.ScimSchemas;
import dev.saferun.auth.scim.ScimSelection;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.Transaction;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The groups of an organization, as its directory tells of them (SCIM 2.0). */
@Controller(ScimSchemas.BASE + "/Groups")
@Consumes({ScimAnswers.TYPE, MediaType.APPLICATION_JSON})
@Produces({ScimAnswers.TYPE, MediaType.APPLICATION_JSON})
@Tag(name = "scim")
class ScimGroupController {

  private final Database database;
  private final ScimGroups groups;

  ScimGroupController(Database database, ScimGroups groups) {
    this.database = database;
    this.groups = groups;
  }

  @Get
  @RequiresPermission("directory.provision")
  @Operation(
      summary = "The groups, a page at a time, or those that a filter names",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(mediaType = ScimAnswers.TYPE, schema = @Schema(type = "object"))))
  CompletionStage<HttpResponse<byte[]>> list(
      @Parameter(hidden = true) Actor actor,
      @QueryValue @Nullable String filter,
      @QueryValue("startIndex") @Nullable String startIndex,
      @QueryValue @Nullable String count,
      @QueryValue @Nullable String attributes,
      @QueryValue("excludedAttributes") @Nullable String excluded) {
    ScimQuery query = ScimQuery.of(filter, startIndex, count);
    ScimSelection selection = ScimSelection.of(attributes, excluded);
    return in(actor, transaction -> groups.list(transaction, query, selection))
        .thenApply(ScimAnswers::json);
  }

  @Get("/{id}")
  @RequiresPermission("directory.provision")
  @Operation(
      summary = "One group",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(mediaType = ScimAnswers.TYPE, schema = @Schema(type = "object"))))
  CompletionStage<HttpResponse<byte[]>> get(
      @Parameter(hidden = true) Actor actor,
      String id,
      @QueryValue @Nullable String attributes,
      @QueryValue("excludedAttributes") @Nullable String excluded,
      @Header(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    ScimSelection selection = ScimSelection.of(attributes, excluded);
    return in(actor, transaction -> groups.get(transaction, id))
        .thenApply(group -> ScimAnswers.unlessSeen(group, selection, ifNoneMatch));
  }

  @Post
  @RequiresPermission("directory.provision")
  @Audited({"group.created", "group.members_changed"})
  @Operation(
      summary = "Make a group, with those who are in it",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(mediaType = ScimAnswers.TYPE, schema = @Schema(type = "object"))),
      responses =
          @ApiResponse(
              responseCode = "201",
              content = @Content(mediaType = ScimAnswers.TYPE, schema = @Schema(type = "object"))))
  CompletionStage<HttpResponse<byte[]>> create(
      @Parameter(hidden = true) Actor actor,
      @QueryValue @Nullable String attributes,
      @QueryValue("excludedAttributes") @Nullable String excluded,
      @Parameter(hidden = true) @Body byte[] body) {
    ScimSelection selection = ScimSelection.of(attributes, excluded);
    ScimBody group = ScimBody.resource(body);
    return in(actor, transaction -> groups.create(transaction, actor, group))
        .thenApply(made -> ScimAnswers.created(made, selection));
  }

  @Put("/{id}")
  @RequiresPermission("directory.provision")
  @Audited({"group.changed", "group.members_changed"})
  @Operation(
      summary = "Say all of a group anew",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(mediaType = ScimAnswers.TYPE, schema = @Schema(type = "object"))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(mediaType = ScimAnswers.TYPE, schema = @Schema(type = "object"))))
  CompletionStage<HttpResponse<byte[]>> replace(
      @Parameter(hidden = true) Actor actor,
      String id,
      @QueryValue @Nullable String attributes,
      @QueryValue("excludedAttributes") @Nullable String excluded,
      @Header(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Parameter(hidden = true) @Body byte[] body) {
    ScimSelection selection = ScimSelection.of(attributes, excluded);
    ScimBody group = ScimBody.resource(body);
    return in(actor, transaction -> groups.replace(transaction, actor, id, ifMatch, group))
        .thenApply(now -> ScimAnswers.ok(now, selection));
  }

  /** Answers with nothing, unless attributes are asked for: a group may have many members. */
  @Patch("/{id}")
  @RequiresPermission("directory.provision")
  @Audited({"group.changed", "group.members_changed"})
  @Operation(
      summary = "Change a group by operations, all of them or none",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(mediaType = ScimAnswers.TYPE, schema = @Schema(type = "object"))),
      responses =
          @ApiResponse(
              responseCode = "204",
              description = "done; 200 with the group where attributes are asked for"))
  CompletionStage<HttpResponse<byte[]>> patch(
      @Parameter(hidden = true) Actor actor,
      String id,
      @QueryValue @Nullable String attributes,
      @QueryValue("excludedAttributes") @Nullable String excluded,
      @Header(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Parameter(hidden = true) @Body byte[] body) {
    ScimSelection selection = ScimSelection.of(attributes, excluded);
    ScimBody operations = ScimBody.patch(body);
    return in(actor, transaction -> groups.patch(transaction, actor, id, ifMatch, operations))
        .thenApply(
            now -> selection.isAsked() ? ScimAnswers.ok(now, selection) : ScimAnswers.done(now));
  }

  @Delete("/{id}")
  @RequiresPermission("directory.provision")
  @Audited("group.deleted")
  @Operation(summary = "Delete a group; its members lose the roles that they had by it")
  CompletionStage<HttpResponse<Void>> remove(
      @Parameter(hidden = true) Actor actor,
      String id,
      @Header(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    return Transaction.run(
            database,
            actor.organizationId(),
            transaction -> groups.remove(transaction, actor, id, ifMatch))
        .thenApply(done -> HttpResponse.noContent());
  }

  private <T> CompletionStage<T> in(Actor actor, Function<Transaction, T> work) {
    return Transaction.in(database, actor.organizationId(), work);
  }
}
