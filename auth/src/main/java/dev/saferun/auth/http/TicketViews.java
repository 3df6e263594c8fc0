package dev.saferun.auth.http;

import dev.saferun.auth.ticket.Session;
import dev.saferun.auth.ticket.Token;
import dev.saferun.platform.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sessions and tokens as they stand in answers. */
final class TicketViews {

  private TicketViews() {}

  /**
   * Who the caller is.
   *
   * @param csrfToken for the header of requests that change something; only in a session
   * @param permissions what the caller may do in the whole organization
   * @param projectPermissions what it may do beside that in single projects, by their ids
   */
  record CallerView(
      String kind,
      String id,
      String name,
      String organizationId,
      List<String> permissions,
      Map<String, List<String>> projectPermissions,
      @Nullable String sessionId,
      @Nullable String csrfToken) {

    static CallerView of(Actor actor, @Nullable UUID session, @Nullable String csrfToken) {
      Map<String, List<String>> inProjects = new TreeMap<>();
      actor
          .access()
          .inProjects()
          .forEach((id, all) -> inProjects.put(id.toString(), all.stream().sorted().toList()));
      return new CallerView(
          actor.kind().name().toLowerCase(Locale.ROOT),
          actor.id().toString(),
          actor.name(),
          actor.organizationId().toString(),
          actor.access().everywhere().stream().sorted().toList(),
          inProjects,
          text(session),
          csrfToken);
    }
  }

  record SessionView(
      String id,
      String memberId,
      @Nullable String connectionId,
      String createdAt,
      String seenAt,
      String expiresAt,
      String address,
      String userAgent) {

    static SessionView of(Session session) {
      return new SessionView(
          session.id().toString(),
          session.memberId().toString(),
          text(session.connectionId()),
          session.createdAt().toString(),
          session.seenAt().toString(),
          session.expiresAt().toString(),
          session.address(),
          session.userAgent());
    }
  }

  record SessionList(List<SessionView> sessions) {
    static SessionList of(List<Session> sessions) {
      return new SessionList(sessions.stream().map(SessionView::of).toList());
    }
  }

  /** {@code token} is there once, in the answer that made it. */
  record TokenView(
      String id,
      @Nullable String memberId,
      String name,
      @Nullable String token,
      String hint,
      List<String> permissions,
      String createdAt,
      String createdBy,
      String expiresAt,
      @Nullable String revokedAt,
      @Nullable String lastUsedAt) {

    static TokenView of(Token token) {
      return of(token, null);
    }

    static TokenView of(Token.Issued issued) {
      return of(issued.token(), issued.secret());
    }

    private static TokenView of(Token token, @Nullable String secret) {
      return new TokenView(
          token.id().toString(),
          text(token.memberId()),
          token.name(),
          secret,
          token.hint(),
          token.permissions(),
          token.createdAt().toString(),
          token.createdBy(),
          token.expiresAt().toString(),
          text(token.revokedAt()),
          text(token.lastUsedAt()));
    }
  }

  record TokenList(List<TokenView> tokens) {
    static TokenList of(List<Token> tokens) {
      return new TokenList(tokens.stream().map(TokenView::of).toList());
    }
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
