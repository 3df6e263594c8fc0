package dev.saferun.auth.signin;

import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Database;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Role;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes and changes connections. Blocks; what asks a provider's address does so before the
 * transaction.
 */
@Singleton
public class ConnectionChanges {

  private final Database database;
  private final Connections connections;
  private final OidcSignIn oidc;
  private final SamlSignIn saml;
  private final InstantSource clock;

  ConnectionChanges(
      Database database,
      Connections connections,
      OidcSignIn oidc,
      SamlSignIn saml,
      InstantSource clock) {
    this.database = database;
    this.connections = connections;
    this.oidc = oidc;
    this.saml = saml;
    this.clock = clock;
  }

  /**
   * What a person wrote.
   *
   * @param settings empty to keep those that are there
   * @param clientSecret empty to keep the one that is there
   */
  public record Written(
      String name,
      Optional<Protocol> protocol,
      Optional<Map<String, @Nullable Object>> settings,
      Optional<String> clientSecret,
      Optional<Boolean> enabled,
      Optional<Boolean> justInTime,
      Optional<Role> defaultRole) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Written[" + name + "]";
    }
  }

  /** A step in the change of the keys of a connection by SAML. */
  public enum KeyStep {
    /** Another key is published. */
    ADD,
    /** It signs. */
    SWITCH,
    /** The old one is not published any more. */
    DROP
  }

  public Connection put(Actor by, Written written) {
    Connection before = named(by, written.name()).orElse(null);
    Protocol protocol =
        written
            .protocol()
            .or(() -> Optional.ofNullable(before).map(Connection::protocol))
            .orElseThrow(() -> missing("protocol"));
    if (before == null && written.settings().isEmpty()) {
      throw missing("settings");
    }
    Map<String, @Nullable Object> settings =
        written.settings().isEmpty()
            ? Objects.requireNonNull(before).settings()
            : settings(protocol, written.settings().get(), before);
    Connections.Wanted wanted =
        new Connections.Wanted(
            written.name(),
            protocol,
            settings,
            secrets(protocol, settings, written, before),
            written.enabled().orElse(before == null || before.enabled()),
            written.justInTime().orElse(before != null && before.justInTime()),
            written.defaultRole().orElse(before == null ? null : before.defaultRole()));
    return put(by, wanted);
  }

  private Connection put(Actor by, Connections.Wanted wanted) {
    Connection after = in(by, transaction -> connections.put(transaction, by, wanted));
    oidc.forget(after.id());
    return after;
  }

  private Map<String, @Nullable Object> settings(
      Protocol protocol, Map<String, @Nullable Object> written, @Nullable Connection before) {
    return switch (protocol) {
      case OIDC -> OidcSettings.read(written).toJson();
      case SAML -> saml.settings(written, before);
    };
  }

  private @Nullable Map<String, String> secrets(
      Protocol protocol,
      Map<String, @Nullable Object> settings,
      Written written,
      @Nullable Connection before) {
    if (protocol == Protocol.SAML) {
      return before == null ? SamlKeys.fresh(clock.instant()).secrets() : null;
    }
    boolean needed = OidcSettings.read(settings).needsSecret();
    if (needed
        && written.clientSecret().isEmpty()
        && (before == null || before.secrets() == null)) {
      throw missing(OidcSettings.CLIENT_SECRET);
    }
    return needed
        ? written.clientSecret().map(text -> Map.of(OidcSettings.CLIENT_SECRET, text)).orElse(null)
        : Map.of();
  }

  private static ProblemException missing(String field) {
    return new ProblemException(CommonProblem.INVALID_FIELD, "is missing", "/" + field);
  }

  /** Reads the identity provider's metadata anew, as after a change of its keys. */
  public Connection refresh(Actor by, String name) {
    Connection before = saml(by, name);
    return put(by, wanted(before, saml.refreshed(before), null));
  }

  public Connection step(Actor by, String name, KeyStep step) {
    Connection before = saml(by, name);
    SamlKeys keys = SamlKeys.of(in(by, transaction -> connections.secrets(transaction, before)));
    UnaryOperator<SamlKeys> change =
        switch (step) {
          case ADD -> of -> of.added(clock.instant());
          case SWITCH -> SamlKeys::switched;
          case DROP -> SamlKeys::dropped;
        };
    return put(by, wanted(before, before.settings(), change.apply(keys).secrets()));
  }

  private static Connections.Wanted wanted(
      Connection of,
      Map<String, @Nullable Object> settings,
      @Nullable Map<String, String> secrets) {
    return new Connections.Wanted(
        of.name(),
        of.protocol(),
        settings,
        secrets,
        of.enabled(),
        of.justInTime(),
        of.defaultRole());
  }

  private Connection saml(Actor by, String name) {
    Connection connection = in(by, transaction -> connections.get(transaction, name));
    if (connection.protocol() != Protocol.SAML) {
      throw new ProblemException(CommonProblem.CONFLICT, "this is no connection by SAML");
    }
    return connection;
  }

  private Optional<Connection> named(Actor by, String name) {
    return in(by, transaction -> connections.named(transaction, name));
  }

  private <T> T in(Actor by, Function<Transaction, T> work) {
    return Transaction.join(Transaction.in(database, by.organizationId(), work));
  }
}
