package dev.saferun.auth.signin;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.auth.AuthProblem;
import dev.saferun.auth.breakglass.BreakGlass;
import dev.saferun.platform.Actor;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Transaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Whether people sign in by their identity provider alone. */
@Singleton
public class SignInPolicies {

  /** How long ago a break-glass account must have been seen to work. */
  static final Duration PROVEN_WITHIN = Duration.ofDays(30);

  private static final String FIND =
      "select sso_enforced from auth.sign_in_policy where organization_id = $1";

  private static final String PUT =
      """
      insert into auth.sign_in_policy (organization_id, sso_enforced, changed_at, changed_by)
      values ($1, $2, $3, $4)
      on conflict (organization_id) do update set sso_enforced = excluded.sso_enforced,
        changed_at = excluded.changed_at, changed_by = excluded.changed_by
      """;

  private final Connections connections;
  private final BreakGlass breakGlass;
  private final AuditLog audit;
  private final InstantSource clock;

  SignInPolicies(
      Connections connections, BreakGlass breakGlass, AuditLog audit, InstantSource clock) {
    this.connections = connections;
    this.breakGlass = breakGlass;
    this.audit = audit;
    this.clock = clock;
  }

  public boolean isSsoEnforced(Transaction transaction) {
    return transaction
        .row(FIND, transaction.organizationId())
        .map(row -> row.getBoolean(0))
        .orElse(false);
  }

  /** Enforcing needs a connection, and a way around it, that were both seen to work. */
  public void put(Transaction transaction, Actor by, boolean enforced) {
    boolean before = isSsoEnforced(transaction);
    if (before == enforced) {
      return;
    }
    if (enforced) {
      requireProven(transaction);
    }
    transaction.change(
        PUT, transaction.organizationId(), enforced, now().atOffset(ZoneOffset.UTC), by.name());
    audit.record(
        transaction,
        new AuditEvent(
            by,
            "sign-in.changed",
            "organization:" + transaction.organizationId(),
            Map.of("sso_enforced", before),
            Map.of("sso_enforced", enforced)));
  }

  private void requireProven(Transaction transaction) {
    boolean connection =
        connections.all(transaction).stream()
            .anyMatch(one -> one.enabled() && one.provenAt() != null);
    if (!connection) {
      throw new ProblemException(
          AuthProblem.SIGN_IN_NOT_PROVEN,
          "sign in once by an enabled connection as it is now, or try it, and then enforce it");
    }
    Instant since = now().minus(PROVEN_WITHIN);
    boolean wayAround =
        breakGlass.list(transaction).stream()
            .anyMatch(one -> one.usedAt() != null && one.usedAt().isAfter(since));
    if (!wayAround) {
      throw new ProblemException(
          AuthProblem.SIGN_IN_NOT_PROVEN,
          "sign in once by a break-glass account (within the last 30 days), and then enforce it");
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
