package dev.saferun.auth.ticket;

import dev.saferun.platform.Access;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.Scope;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Member;
import dev.saferun.tenancy.Members;
import dev.saferun.tenancy.Permission;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** From a ticket to who holds it, as it is at this moment. */
@Singleton
public class Tickets {

  private final Database database;
  private final Sessions sessions;
  private final Tokens tokens;
  private final Members members;

  Tickets(Database database, Sessions sessions, Tokens tokens, Members members) {
    this.database = database;
    this.sessions = sessions;
    this.tokens = tokens;
    this.members = members;
  }

  /**
   * Who holds a ticket, and in which session.
   *
   * @param sessionId empty for a token
   */
  public record Holder(Actor actor, Optional<UUID> sessionId) {}

  /** Who holds what came in a cookie; empty where it opens nothing now. */
  public CompletionStage<Optional<Holder>> session(String ticket) {
    return found(
        TicketText.organization(ticket, TicketKind.SESSION),
        transaction ->
            sessions
                .find(transaction, ticket)
                .flatMap(
                    session ->
                        person(transaction, session.memberId())
                            .map(actor -> new Holder(actor, Optional.of(session.id())))));
  }

  /** Who holds what came as a bearer token; empty where it opens nothing now. */
  public CompletionStage<Optional<Holder>> token(String ticket) {
    return found(
        TicketText.organization(ticket, TicketKind.ACCESS, TicketKind.DIRECTORY),
        transaction ->
            tokens
                .find(transaction, ticket)
                .flatMap(token -> holder(transaction, token))
                .map(actor -> new Holder(actor, Optional.empty())));
  }

  private CompletionStage<Optional<Holder>> found(
      Optional<UUID> organizationId, Function<Transaction, Optional<Holder>> search) {
    return organizationId.isEmpty()
        ? CompletableFuture.completedStage(Optional.empty())
        : Transaction.in(database, organizationId.get(), search);
  }

  private Optional<Actor> holder(Transaction transaction, Token token) {
    UUID memberId = token.memberId();
    if (memberId == null) {
      return Optional.of(
          new Actor(
              Actor.Kind.DIRECTORY,
              token.id(),
              token.name(),
              new Scope(transaction.organizationId(), null, null),
              Access.everywhere(Set.of(Permission.DIRECTORY_PROVISION.wire()))));
    }
    return person(transaction, memberId)
        .map(
            actor ->
                new Actor(
                    actor.kind(),
                    actor.id(),
                    actor.name(),
                    actor.scope(),
                    narrowed(actor.access(), Set.copyOf(token.permissions()))));
  }

  private Optional<Actor> person(Transaction transaction, UUID memberId) {
    return members
        .find(transaction, memberId)
        .filter(Member::isActive)
        .map(
            member ->
                new Actor(
                    Actor.Kind.PERSON,
                    member.id(),
                    member.userName(),
                    new Scope(transaction.organizationId(), null, null),
                    members.access(transaction, member.id())));
  }

  /** What a token is good for: of what its member may do the part that it names. */
  static Access narrowed(Access access, Set<String> permissions) {
    Map<UUID, Set<String>> inProjects = new HashMap<>();
    access.inProjects().forEach((id, all) -> inProjects.put(id, common(all, permissions)));
    return new Access(common(access.everywhere(), permissions), inProjects);
  }

  private static Set<String> common(Set<String> all, Set<String> some) {
    Set<String> common = new HashSet<>(all);
    common.retainAll(some);
    return common;
  }
}
