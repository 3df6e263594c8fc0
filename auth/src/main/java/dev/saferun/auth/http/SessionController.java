package dev.saferun.auth.http;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.audit.Audited;
import dev.saferun.auth.AuthProblem;
import dev.saferun.auth.http.TicketViews.CallerView;
import dev.saferun.auth.http.TicketViews.SessionList;
import dev.saferun.auth.http.TicketViews.TokenList;
import dev.saferun.auth.http.TicketViews.TokenView;
import dev.saferun.auth.signin.SignOuts;
import dev.saferun.auth.ticket.Sessions;
import dev.saferun.auth.ticket.TicketKind;
import dev.saferun.auth.ticket.Tokens;
import dev.saferun.auth.ticket.Tokens.NewToken;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.Transaction;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What belongs to the caller: who it is, its sessions and its access tokens. */
@Controller("/v1/session")
@Tag(name = "sessions")
class SessionController {

  private static final String OWN = "it is about the caller alone";

  private final Database database;
  private final Sessions sessions;
  private final Tokens tokens;
  private final TokenBodies bodies;
  private final CsrfTokens csrf;
  private final AuditLog audit;
  private final SignOuts signOuts;

  SessionController(
      Database database,
      Sessions sessions,
      Tokens tokens,
      TokenBodies bodies,
      CsrfTokens csrf,
      AuditLog audit,
      SignOuts signOuts) {
    this.database = database;
    this.sessions = sessions;
    this.tokens = tokens;
    this.bodies = bodies;
    this.csrf = csrf;
    this.audit = audit;
    this.signOuts = signOuts;
  }

  @Get
  @RequiresPermission(none = OWN)
  @Operation(summary = "Who the caller is, and what it may do")
  CallerView caller(
      @Parameter(hidden = true) Actor actor, @Parameter(hidden = true) HttpRequest<?> request) {
    return Caller.session(request)
        .map(id -> CallerView.of(actor, id, Cookies.session(request).map(csrf::of).orElse(null)))
        .orElseGet(() -> CallerView.of(actor, null, null));
  }

  @Get("/all")
  @RequiresPermission(none = OWN)
  @Operation(summary = "The caller's own sessions, the newest first")
  CompletionStage<SessionList> list(@Parameter(hidden = true) Actor actor) {
    UUID member = requirePerson(actor);
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction -> SessionList.of(sessions.ofMember(transaction, member)));
  }

  @Delete("/all/{id}")
  @RequiresPermission(none = OWN)
  @Audited("session.ended")
  @Operation(summary = "End one of the caller's own sessions")
  CompletionStage<HttpResponse<Void>> end(@Parameter(hidden = true) Actor actor, UUID id) {
    UUID member = requirePerson(actor);
    return Transaction.run(
            database,
            actor.organizationId(),
            transaction -> {
              sessions.end(transaction, id, member);
              audit.record(
                  transaction, new AuditEvent(actor, "session.ended", "session:" + id, null, null));
            })
        .thenApply(done -> HttpResponse.noContent());
  }

  /**
   * Ends the session here, and says where the browser goes to end it at the identity provider: by
   * an address, or by posting a form there.
   */
  @Post("/sign-out")
  @RequiresPermission(none = OWN)
  @Audited("session.ended")
  @Status(HttpStatus.OK)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "Sign out")
  HttpResponse<SignedOut> signOut(
      @Parameter(hidden = true) Actor actor, @Parameter(hidden = true) HttpRequest<?> request) {
    requireSession(request);
    SignOuts.Next next = signOuts.signOut(actor, Caller.session(request).orElseThrow());
    MutableHttpResponse<SignedOut> answer =
        HttpResponse.ok(new SignedOut(next.location(), next.form()));
    Cookies.clearSession(answer);
    return answer;
  }

  @Get("/tokens")
  @RequiresPermission(none = OWN)
  @Operation(summary = "The caller's own access tokens")
  CompletionStage<TokenList> tokens(@Parameter(hidden = true) Actor actor) {
    UUID member = requirePerson(actor);
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction -> TokenList.of(tokens.list(transaction, TicketKind.ACCESS, member)));
  }

  /** In a session only: a token that leaked must not make others. */
  @Post("/tokens")
  @RequiresPermission(none = OWN)
  @Audited("token.created")
  @Operation(
      summary = "Make an access token of one's own; it is shown once",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = NewTokenBody.class))))
  CompletionStage<HttpResponse<TokenView>> issue(
      @Parameter(hidden = true) Actor actor,
      @Parameter(hidden = true) HttpRequest<?> request,
      @Parameter(hidden = true) @Body byte[] body) {
    requireSession(request);
    NewToken wanted = bodies.access(body, requirePerson(actor), actor.access());
    return Transaction.in(
            database,
            actor.organizationId(),
            transaction -> TokenView.of(tokens.issue(transaction, actor, wanted)))
        .thenApply(HttpResponse::created);
  }

  @Delete("/tokens/{id}")
  @RequiresPermission(none = OWN)
  @Audited("token.revoked")
  @Operation(summary = "Revoke one of the caller's own access tokens")
  CompletionStage<HttpResponse<Void>> revoke(@Parameter(hidden = true) Actor actor, UUID id) {
    UUID member = requirePerson(actor);
    return Transaction.run(
            database,
            actor.organizationId(),
            transaction -> tokens.revoke(transaction, actor, TicketKind.ACCESS, member, id))
        .thenApply(done -> HttpResponse.noContent());
  }

  private static UUID requirePerson(Actor actor) {
    if (actor.kind() != Actor.Kind.PERSON) {
      throw new ProblemException(
          AuthProblem.PERSON_REQUIRED, "a key has no sessions and no tokens of its own");
    }
    return actor.id();
  }

  private static void requireSession(HttpRequest<?> request) {
    if (Caller.session(request).isEmpty()) {
      throw new ProblemException(
          AuthProblem.PERSON_REQUIRED, "sign in with a browser: a token makes no other tokens");
    }
  }

  /**
   * @param location where the browser goes next
   * @param form what it posts there; absent where it only goes
   */
  record SignedOut(String location, @Nullable Map<String, String> form) {}

  record NewTokenBody(String name, List<String> permissions, String expiresAt) {}
}
