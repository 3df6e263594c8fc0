package dev.saferun.tenancy.http;

import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.Database;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Groups;
import dev.saferun.tenancy.Groups.Filter;
import dev.saferun.tenancy.Role;
import dev.saferun.tenancy.http.MemberViews.GrantBody;
import dev.saferun.tenancy.http.MemberViews.GroupPage;
import dev.saferun.tenancy.http.MemberViews.GroupView;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Groups and the roles that being in one gives. Who is in one is told by the directory (SCIM) or by
 * what an identity provider says at a sign-in.
 */
@Controller("/v1/groups")
@Tag(name = "members")
class GroupController {

  private final Database database;
  private final Groups groups;

  GroupController(Database database, Groups groups) {
    this.database = database;
    this.groups = groups;
  }

  @Get
  @RequiresPermission("members.read")
  @Operation(summary = "The groups, a page at a time")
  CompletionStage<GroupPage> list(
      @Parameter(hidden = true) Actor actor,
      @QueryValue @Nullable String cursor,
      @QueryValue @Nullable Integer limit) {
    int most = MemberViews.limit(limit);
    UUID after = MemberViews.cursor(cursor);
    return in(actor, transaction -> groups.page(transaction, Filter.ALL, after, most + 1))
        .thenApply(read -> GroupPage.of(read, most));
  }

  @Get("/{id}")
  @RequiresPermission("members.read")
  @Operation(summary = "One group")
  CompletionStage<GroupView> get(@Parameter(hidden = true) Actor actor, UUID id) {
    return in(actor, transaction -> GroupView.of(groups.get(transaction, id)));
  }

  @Post
  @RequiresPermission("members.write")
  @Audited("group.created")
  @Operation(
      summary = "Make a group, by the name that the identity provider has for it",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = GroupBody.class))))
  CompletionStage<HttpResponse<GroupView>> add(
      @Parameter(hidden = true) Actor actor, @Parameter(hidden = true) @Body byte[] body) {
    String name = name(body);
    return in(
            actor,
            transaction -> GroupView.of(groups.add(transaction, actor, name, Optional.empty())))
        .thenApply(HttpResponse::created);
  }

  @Put("/{id}")
  @RequiresPermission("members.write")
  @Audited("group.changed")
  @Operation(
      summary = "Rename a group",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = GroupBody.class))))
  CompletionStage<GroupView> rename(
      @Parameter(hidden = true) Actor actor, UUID id, @Parameter(hidden = true) @Body byte[] body) {
    String name = name(body);
    return in(
        actor,
        transaction -> GroupView.of(groups.rename(transaction, actor, id, name, Optional.empty())));
  }

  private static String name(byte[] body) {
    return MemberViews.required(BodyFields.read(body, "name"), "name");
  }

  @Delete("/{id}")
  @RequiresPermission("members.write")
  @Audited("group.deleted")
  @Operation(summary = "Delete a group; its members lose the roles that they had by it")
  CompletionStage<HttpResponse<Void>> delete(@Parameter(hidden = true) Actor actor, UUID id) {
    return Transaction.run(
            database, actor.organizationId(), transaction -> groups.delete(transaction, actor, id))
        .thenApply(done -> HttpResponse.noContent());
  }

  @Post("/{id}/grants")
  @RequiresPermission("members.write")
  @Audited("role.granted")
  @Operation(
      summary = "Give everybody in a group a role, in the organization or in one project",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = GrantBody.class))))
  CompletionStage<HttpResponse<GroupView>> grant(
      @Parameter(hidden = true) Actor actor, UUID id, @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "role", "project");
    Role role = MemberViews.role(fields);
    return in(
            actor,
            transaction ->
                GroupView.of(
                    groups.grant(transaction, actor, id, role, MemberViews.project(fields))))
        .thenApply(HttpResponse::created);
  }

  @Delete("/{id}/grants/{grant}")
  @RequiresPermission("members.write")
  @Audited("role.revoked")
  @Operation(summary = "Take a role from a group")
  CompletionStage<GroupView> revoke(@Parameter(hidden = true) Actor actor, UUID id, UUID grant) {
    return in(actor, transaction -> GroupView.of(groups.revoke(transaction, actor, id, grant)));
  }

  private <T> CompletionStage<T> in(Actor actor, Function<Transaction, T> work) {
    return Transaction.in(database, actor.organizationId(), work);
  }

  record GroupBody(String name) {}
}
