package dev.saferun.tenancy.http;

import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.Database;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Members;
import dev.saferun.tenancy.Members.Change;
import dev.saferun.tenancy.Members.Filter;
import dev.saferun.tenancy.Members.NewMember;
import dev.saferun.tenancy.Role;
import dev.saferun.tenancy.http.MemberViews.GrantBody;
import dev.saferun.tenancy.http.MemberViews.MemberPage;
import dev.saferun.tenancy.http.MemberViews.MemberView;
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

/** The people of the caller's organization, and the roles that each was given. */
@Controller("/v1/members")
@Tag(name = "members")
class MemberController {

  private final Database database;
  private final Members members;

  MemberController(Database database, Members members) {
    this.database = database;
    this.members = members;
  }

  @Get
  @RequiresPermission("members.read")
  @Operation(summary = "The members, a page at a time")
  CompletionStage<MemberPage> list(
      @Parameter(hidden = true) Actor actor,
      @QueryValue("user_name") @Nullable String userName,
      @QueryValue @Nullable Boolean active,
      @QueryValue @Nullable String cursor,
      @QueryValue @Nullable Integer limit) {
    int most = MemberViews.limit(limit);
    UUID after = MemberViews.cursor(cursor);
    Filter filter = new Filter(userName, null, null, active);
    return in(actor, transaction -> members.page(transaction, filter, after, most + 1))
        .thenApply(read -> MemberPage.of(read, most));
  }

  @Get("/{id}")
  @RequiresPermission("members.read")
  @Operation(summary = "One member")
  CompletionStage<MemberView> get(@Parameter(hidden = true) Actor actor, UUID id) {
    return in(actor, transaction -> MemberView.of(members.get(transaction, id)));
  }

  /** Who signs in by a connection is linked to the member whose user name the subject is. */
  @Post
  @RequiresPermission("members.write")
  @Audited({"member.created", "role.granted"})
  @Operation(
      summary = "Make somebody a member, with a first role",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = NewMemberBody.class))))
  CompletionStage<HttpResponse<MemberView>> add(
      @Parameter(hidden = true) Actor actor, @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields =
        BodyFields.read(body, "user_name", "display_name", "email", "role", "project");
    String userName = MemberViews.required(fields, "user_name");
    NewMember wanted =
        new NewMember(
            userName,
            fields.text("display_name", MemberViews.NAME_CHARACTERS_MAX).orElse(userName),
            fields
                .text("email", MemberViews.NAME_CHARACTERS_MAX)
                .filter(text -> !text.isEmpty())
                .orElse(null),
            null);
    Optional<Role> role = fields.choice("role", Role.values(), Role::wire);
    return in(
            actor,
            transaction -> {
              UUID id = members.add(transaction, actor, wanted).id();
              role.ifPresent(
                  given ->
                      members.grant(transaction, actor, id, given, MemberViews.project(fields)));
              return MemberView.of(members.get(transaction, id));
            })
        .thenApply(HttpResponse::created);
  }

  @Put("/{id}")
  @RequiresPermission("members.write")
  @Audited({"member.changed", "member.deactivated", "member.reactivated"})
  @Operation(
      summary = "Rename, deactivate or reactivate a member",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = MemberChangeBody.class))))
  CompletionStage<MemberView> change(
      @Parameter(hidden = true) Actor actor, UUID id, @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "display_name", "email", "active");
    Change change =
        new Change(
            Optional.empty(),
            fields.text("display_name", MemberViews.NAME_CHARACTERS_MAX),
            fields.text("email", MemberViews.NAME_CHARACTERS_MAX),
            Optional.empty(),
            fields.truth("active"));
    return in(actor, transaction -> MemberView.of(members.change(transaction, actor, id, change)));
  }

  @Post("/{id}/grants")
  @RequiresPermission("members.write")
  @Audited("role.granted")
  @Operation(
      summary = "Give a member a role, in the organization or in one project",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = GrantBody.class))))
  CompletionStage<HttpResponse<MemberView>> grant(
      @Parameter(hidden = true) Actor actor, UUID id, @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "role", "project");
    Role role = MemberViews.role(fields);
    return in(
            actor,
            transaction ->
                MemberView.of(
                    members.grant(transaction, actor, id, role, MemberViews.project(fields))))
        .thenApply(HttpResponse::created);
  }

  @Delete("/{id}/grants/{grant}")
  @RequiresPermission("members.write")
  @Audited("role.revoked")
  @Operation(summary = "Take a role from a member")
  CompletionStage<MemberView> revoke(@Parameter(hidden = true) Actor actor, UUID id, UUID grant) {
    return in(actor, transaction -> MemberView.of(members.revoke(transaction, actor, id, grant)));
  }

  private <T> CompletionStage<T> in(Actor actor, Function<Transaction, T> work) {
    return Transaction.in(database, actor.organizationId(), work);
  }

  record NewMemberBody(
      String userName,
      @Nullable String displayName,
      @Nullable String email,
      @Nullable String role,
      @Nullable String project) {}

  record MemberChangeBody(
      @Nullable String displayName, @Nullable String email, @Nullable Boolean active) {}
}
