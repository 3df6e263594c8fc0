package dev.saferun.auth.http;

import dev.saferun.audit.Audited;
import dev.saferun.auth.scim.ScimBody;
import dev.saferun.auth.scim.ScimQuery;
import dev.saferun.auth.scim.ScimSchemas;
import dev.saferun.auth.scim.ScimSelection;
import dev.saferun.auth.scim.ScimUsers;
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

/** The people of an organization, as its directory tells of them (SCIM 2.0). */
@Controller(ScimSchemas.BASE + "/Users")
@Consumes({ScimAnswers.TYPE, MediaType.APPLICATION_JSON})
@Produces({ScimAnswers.TYPE, MediaType.APPLICATION_JSON})
@Tag(name = "scim")
class ScimUserController {

  private final Database database;
  private final ScimUsers users;

  ScimUserController(Database database, ScimUsers users) {
    this.database = database;
    this.users = users;
  }

  @Get
  @RequiresPermission("directory.provision")
  @Operation(
      summary = "The users, a page at a time, or those whom a filter names",
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
    return in(actor, transaction -> users.list(transaction, query, selection))
        .thenApply(ScimAnswers::json);
  }

  @Get("/{id}")
  @RequiresPermission("directory.provision")
  @Operation(
      summary = "One user",
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
    return in(actor, transaction -> users.get(transaction, id))
        .thenApply(user -> ScimAnswers.unlessSeen(user, selection, ifNoneMatch));
  }

  @Post
  @RequiresPermission("directory.provision")
  @Audited({"member.created", "member.deactivated"})
  @Operation(
      summary = "Make somebody a member; who was removed comes back under the old id",
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
    ScimBody user = ScimBody.resource(body);
    return in(actor, transaction -> users.create(transaction, actor, user))
        .thenApply(made -> ScimAnswers.created(made, selection));
  }

  @Put("/{id}")
  @RequiresPermission("directory.provision")
  @Audited({"member.changed", "member.deactivated", "member.reactivated"})
  @Operation(
      summary = "Say all of a user anew",
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
    ScimBody user = ScimBody.resource(body);
    return in(actor, transaction -> users.replace(transaction, actor, id, ifMatch, user))
        .thenApply(now -> ScimAnswers.ok(now, selection));
  }

  @Patch("/{id}")
  @RequiresPermission("directory.provision")
  @Audited({"member.changed", "member.deactivated", "member.reactivated"})
  @Operation(
      summary = "Change a user by operations, all of them or none",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(mediaType = ScimAnswers.TYPE, schema = @Schema(type = "object"))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(mediaType = ScimAnswers.TYPE, schema = @Schema(type = "object"))))
  CompletionStage<HttpResponse<byte[]>> patch(
      @Parameter(hidden = true) Actor actor,
      String id,
      @QueryValue @Nullable String attributes,
      @QueryValue("excludedAttributes") @Nullable String excluded,
      @Header(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Parameter(hidden = true) @Body byte[] body) {
    ScimSelection selection = ScimSelection.of(attributes, excluded);
    ScimBody operations = ScimBody.patch(body);
    return in(actor, transaction -> users.patch(transaction, actor, id, ifMatch, operations))
        .thenApply(now -> ScimAnswers.ok(now, selection));
  }

  /** The row stays for what names the person: approvals, labels, audit events. */
  @Delete("/{id}")
  @RequiresPermission("directory.provision")
  @Audited("member.removed")
  @Operation(summary = "Take somebody out of the organization")
  CompletionStage<HttpResponse<Void>> remove(
      @Parameter(hidden = true) Actor actor,
      String id,
      @Header(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    return Transaction.run(
            database,
            actor.organizationId(),
            transaction -> users.remove(transaction, actor, id, ifMatch))
        .thenApply(done -> HttpResponse.noContent());
  }

  private <T> CompletionStage<T> in(Actor actor, Function<Transaction, T> work) {
    return Transaction.in(database, actor.organizationId(), work);
  }
}
