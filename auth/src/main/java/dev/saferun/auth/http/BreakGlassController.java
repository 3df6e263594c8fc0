package dev.saferun.auth.http;

import dev.saferun.audit.Audited;
import dev.saferun.auth.breakglass.BreakGlass;
import dev.saferun.auth.breakglass.BreakGlass.Account;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.Database;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.Transaction;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The accounts for the day on which no identity provider answers. */
@Controller("/v1/break-glass")
@Tag(name = "sign-in")
class BreakGlassController {

  private final Database database;
  private final BreakGlass breakGlass;

  BreakGlassController(Database database, BreakGlass breakGlass) {
    this.database = database;
    this.breakGlass = breakGlass;
  }

  @Get
  @RequiresPermission("sign-in.read")
  @Operation(summary = "The break-glass accounts")
  CompletionStage<AccountList> list(@Parameter(hidden = true) Actor actor) {
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction ->
            new AccountList(breakGlass.list(transaction).stream().map(AccountView::of).toList()));
  }

  /** It has the roles of its member; so only owners make one. */
  @Put("/{member}")
  @RequiresPermission("owners.write")
  @Audited("break-glass.made")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Give a member a break-glass account; its second factor is shown once",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = PasswordBody.class))))
  HttpResponse<MadeView> make(
      @Parameter(hidden = true) Actor actor,
      UUID member,
      @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "password");
    String password = fields.text("password").orElseThrow(() -> fields.absent("password"));
    BreakGlass.Made made = breakGlass.make(actor, member, password);
    return HttpResponse.created(
        new MadeView(
            made.memberId().toString(),
            "/sign-in/" + actor.organizationId() + "/break-glass",
            made.totpSecret(),
            made.totpAddress()));
  }

  @Delete("/{member}")
  @RequiresPermission("owners.write")
  @Audited("break-glass.deleted")
  @Operation(summary = "Take the break-glass account from a member")
  CompletionStage<HttpResponse<Void>> delete(@Parameter(hidden = true) Actor actor, UUID member) {
    return Transaction.run(
            database,
            actor.organizationId(),
            transaction -> breakGlass.delete(transaction, actor, member))
        .thenApply(done -> HttpResponse.noContent());
  }

  record PasswordBody(String password) {}

  /**
   * @param signInAt where its password and code are taken
   */
  record MadeView(String memberId, String signInAt, String totpSecret, String totpUri) {}

  record AccountView(String memberId, String madeAt, String madeBy, @Nullable String usedAt) {
    static AccountView of(Account account) {
      return new AccountView(
          account.memberId().toString(),
          account.madeAt().toString(),
          account.madeBy(),
          account.usedAt() == null ? null : account.usedAt().toString());
    }
  }

  record AccountList(List<AccountView> accounts) {}
}
