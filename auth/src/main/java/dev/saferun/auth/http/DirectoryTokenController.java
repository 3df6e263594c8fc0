package dev.saferun.auth.http;

import dev.saferun.audit.Audited;
import dev.saferun.auth.http.TicketViews.TokenList;
import dev.saferun.auth.http.TicketViews.TokenView;
import dev.saferun.auth.ticket.TicketKind;
import dev.saferun.auth.ticket.Tokens;
import dev.saferun.auth.ticket.Tokens.NewToken;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.Transaction;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The tokens by which the organization's directory tells of its people (SCIM). */
@Controller("/v1/sign-in/directory-tokens")
@Tag(name = "sign-in")
class DirectoryTokenController {

  private final Database database;
  private final Tokens tokens;
  private final TokenBodies bodies;

  DirectoryTokenController(Database database, Tokens tokens, TokenBodies bodies) {
    this.database = database;
    this.tokens = tokens;
    this.bodies = bodies;
  }

  @Get
  @RequiresPermission("sign-in.read")
  @Operation(summary = "The tokens of the directory")
  CompletionStage<TokenList> list(@Parameter(hidden = true) Actor actor) {
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction -> TokenList.of(tokens.list(transaction, TicketKind.DIRECTORY, null)));
  }

  /** A directory deactivates owners, too; so only owners let one in. */
  @Post
  @RequiresPermission("owners.write")
  @Audited("token.created")
  @Operation(
      summary = "Make a token for the directory; it is shown once",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = NewDirectoryTokenBody.class))))
  CompletionStage<HttpResponse<TokenView>> issue(
      @Parameter(hidden = true) Actor actor, @Parameter(hidden = true) @Body byte[] body) {
    NewToken wanted = bodies.directory(body);
    return Transaction.in(
            database,
            actor.organizationId(),
            transaction -> TokenView.of(tokens.issue(transaction, actor, wanted)))
        .thenApply(HttpResponse::created);
  }

  @Delete("/{id}")
  @RequiresPermission("sign-in.write")
  @Audited("token.revoked")
  @Operation(summary = "Revoke a token of the directory")
  CompletionStage<HttpResponse<Void>> revoke(@Parameter(hidden = true) Actor actor, UUID id) {
    return Transaction.run(
            database,
            actor.organizationId(),
            transaction -> tokens.revoke(transaction, actor, TicketKind.DIRECTORY, null, id))
        .thenApply(done -> HttpResponse.noContent());
  }

  record NewDirectoryTokenBody(String name, String expiresAt) {}
}
