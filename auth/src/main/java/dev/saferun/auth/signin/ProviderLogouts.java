package dev.saferun.auth.signin;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.auth.signin.Arrivals.Browser;
import dev.saferun.auth.ticket.Sessions;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.Transaction;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Ends sessions that an identity provider says have ended, once for each message. Blocks. */
@Singleton
public class ProviderLogouts {

  private final Database database;
  private final Flows flows;
  private final Sessions sessions;
  private final AuditLog audit;

  ProviderLogouts(Database database, Flows flows, Sessions sessions, AuditLog audit) {
    this.database = database;
    this.flows = flows;
    this.sessions = sessions;
    this.audit = audit;
  }

  /** False where the message was taken before. */
  public boolean end(Connection connection, SamlSignIn.Logout.Asked asked, Browser browser) {
    return in(
        connection,
        transaction -> {
          if (!flows.spend(transaction, connection.id(), asked.id(), asked.rememberUntil())) {
            return false;
          }
          if (asked.sessions().isEmpty()) {
            end(transaction, connection, asked.subject(), null, browser);
          }
          asked
              .sessions()
              .forEach(one -> end(transaction, connection, asked.subject(), one, browser));
          return true;
        });
  }

  /** False where the token was taken before. */
  public boolean end(Connection connection, OidcSignIn.LoggedOut out, Browser browser) {
    return in(
        connection,
        transaction -> {
          if (!flows.spend(transaction, connection.id(), out.id(), out.rememberUntil())) {
            return false;
          }
          // The session alone says which, and a provider may name the subject another way there.
          Optional<String> subject = out.session().isPresent() ? Optional.empty() : out.subject();
          end(transaction, connection, subject.orElse(null), out.session().orElse(null), browser);
          return true;
        });
  }

  private void end(
      Transaction transaction,
      Connection connection,
      @Nullable String subject,
      @Nullable String session,
      Browser browser) {
    Map<UUID, UUID> ended = sessions.endOfProvider(transaction, connection.id(), subject, session);
    Actor by =
        Actor.appliance(transaction.organizationId())
            .inRequest(browser.requestId(), browser.address());
    ended.forEach(
        (id, member) -> {
          Map<String, @Nullable Object> after = new LinkedHashMap<>();
          after.put("connection", connection.name());
          after.put("session", id.toString());
          audit.record(
              transaction,
              new AuditEvent(by, "logout.by_provider", "member:" + member, null, after));
        });
  }

  private boolean in(Connection connection, Predicate<Transaction> work) {
    return Transaction.join(Transaction.in(database, connection.organizationId(), work::test));
  }
}
