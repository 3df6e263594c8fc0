package dev.saferun.auth.http;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.audit.Audited;
import dev.saferun.auth.http.TicketViews.SessionList;
import dev.saferun.auth.http.TicketViews.TokenList;
import dev.saferun.auth.ticket.Sessions;
import dev.saferun.auth.ticket.TicketKind;
import dev.saferun.auth.ticket.Tokens;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Members;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The sessions and tokens of a member, for those who see to members. */
@Controller("/v1/members/{member}")
@Tag(name = "sessions")
class MemberSessionController {

  private final Database database;
  private final Members members;
  private final Sessions sessions;
  private final Tokens tokens;
  private final AuditLog audit;

  MemberSessionController(
      Database database, Members members, Sessions sessions, Tokens tokens, AuditLog audit) {
    this.database = database;
    this.members = members;
    this.sessions = sessions;
    this.tokens = tokens;
    this.audit = audit;
  }

  @Get("/sessions")
  @RequiresPermission("members.read")
  @Operation(summary = "The sessions of a member, the newest first")
  CompletionStage<SessionList> list(@Parameter(hidden = true) Actor actor, UUID member) {
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction -> {
          members.get(transaction, member);
          return SessionList.of(sessions.ofMember(transaction, member));
        });
  }

  @Delete("/sessions")
  @RequiresPermission("members.write")
  @Audited("sessions.ended")
  @Operation(summary = "End all sessions of a member")
  CompletionStage<HttpResponse<Void>> end(@Parameter(hidden = true) Actor actor, UUID member) {
    return Transaction.run(
            database,
            actor.organizationId(),
            transaction -> {
              members.get(transaction, member);
              int ended = sessions.endAll(transaction, member);
              audit.record(
                  transaction,
                  new AuditEvent(
                      actor,
                      "sessions.ended",
                      "member:" + member,
                      null,
                      Map.of("ended", (long) ended)));
            })
        .thenApply(done -> HttpResponse.noContent());
  }

  @Get("/tokens")
  @RequiresPermission("members.read")
  @Operation(summary = "The access tokens of a member")
  CompletionStage<TokenList> tokens(@Parameter(hidden = true) Actor actor, UUID member) {
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction -> {
          members.get(transaction, member);
          return TokenList.of(tokens.list(transaction, TicketKind.ACCESS, member));
        });
  }

  @Delete("/tokens/{id}")
  @RequiresPermission("members.write")
  @Audited("token.revoked")
  @Operation(summary = "Revoke an access token of a member")
  CompletionStage<HttpResponse<Void>> revoke(
      @Parameter(hidden = true) Actor actor, UUID member, UUID id) {
    return Transaction.run(
            database,
            actor.organizationId(),
            transaction -> tokens.revoke(transaction, actor, TicketKind.ACCESS, member, id))
        .thenApply(done -> HttpResponse.noContent());
  }
}
