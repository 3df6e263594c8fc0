package dev.saferun.auth.signin;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.auth.saml.SamlDelivery;
import dev.saferun.auth.ticket.Sessions;
import dev.saferun.auth.ticket.Sessions.Ended;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.Transaction;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends a session by the wish of its person, here first and then at the provider. Blocks. */
@Singleton
public class SignOuts {

  private final Database database;
  private final Sessions sessions;
  private final Connections connections;
  private final OidcSignIn oidc;
  private final SamlSignIn saml;
  private final SignInAddresses addresses;
  private final AuditLog audit;

  SignOuts(
      Database database,
      Sessions sessions,
      Connections connections,
      OidcSignIn oidc,
      SamlSignIn saml,
      SignInAddresses addresses,
      AuditLog audit) {
    this.database = database;
    this.sessions = sessions;
    this.connections = connections;
    this.oidc = oidc;
    this.saml = saml;
    this.addresses = addresses;
    this.audit = audit;
  }

  /**
   * Where the browser goes next.
   *
   * @param form what it posts there; null where it only goes
   */
  public record Next(String location, @Nullable Map<String, String> form) {}

  private record Closed(
      Ended ended, Optional<Connection> connection, Map<String, String> secrets) {}

  public Next signOut(Actor by, UUID sessionId) {
    Closed closed =
        Transaction.join(
            Transaction.in(
                database, by.organizationId(), transaction -> closed(transaction, by, sessionId)));
    return closed
        .connection()
        .flatMap(connection -> atProvider(connection, closed))
        .orElseGet(() -> new Next(addresses.page(), null));
  }

  private Closed closed(Transaction transaction, Actor by, UUID sessionId) {
    Ended ended = sessions.end(transaction, sessionId, by.id());
    audit.record(
        transaction, new AuditEvent(by, "session.ended", "session:" + sessionId, null, null));
    Optional<Connection> connection =
        Optional.ofNullable(ended.connectionId()).flatMap(id -> connections.find(transaction, id));
    return new Closed(
        ended,
        connection,
        connection.map(one -> connections.secrets(transaction, one)).orElse(Map.of()));
  }

  private Optional<Next> atProvider(Connection connection, Closed closed) {
    String hint = closed.ended().logoutHint();
    return switch (connection.protocol()) {
      case OIDC ->
          oidc.logoutAddress(connection, closed.secrets(), Optional.ofNullable(hint))
              .map(location -> new Next(location, null));
      case SAML ->
          Optional.ofNullable(hint)
              .flatMap(
                  name ->
                      saml.logout(
                          connection,
                          closed.secrets(),
                          name,
                          Optional.ofNullable(closed.ended().providerSession())))
              .map(SignOuts::next);
    };
  }

  private static Next next(SamlDelivery delivery) {
    return switch (delivery) {
      case SamlDelivery.Redirect redirect -> new Next(redirect.location(), null);
      case SamlDelivery.Post post -> new Next(post.location(), post.fields());
    };
  }
}
