package dev.saferun.auth.oidc;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Knows the providers: what they say of themselves and which keys they sign with, for as long as
 * {@link OidcOptions} says. Safe to share between threads; a first look blocks.
 */
public final class OidcDiscovery {

  /** Beyond it the connection that was longest out of use is looked up anew. */
  static final int CONNECTIONS_MAX = 1_000;

  /** A connection whose issuer was changed knows nothing of the new one. */
  private record Key(UUID connectionId, String issuer) {}

  private final IdpWeb web;
  private final InstantSource clock;
  private final OidcOptions options;
  private final OidcChecks checks;
  private final ProviderReader reader;

  private final Map<Key, KnownProvider> providers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, KnownProvider> eldest) {
          return size() > CONNECTIONS_MAX;
        }
      };

  public OidcDiscovery(IdpWeb web, InstantSource clock, OidcOptions options) {
    this(web, clock, options, OidcChecks.all());
  }

  OidcDiscovery(IdpWeb web, InstantSource clock, OidcOptions options, OidcChecks checks) {
    this.web = web;
    this.clock = clock;
    this.options = options;
    this.checks = checks;
    this.reader = new ProviderReader(web, options.httpOnLoopback(), checks);
  }

  /** The next login looks the provider up anew, as after a change of the connection. */
  public void forget(UUID connectionId) {
    synchronized (providers) {
      providers.keySet().removeIf(key -> key.connectionId().equals(connectionId));
    }
  }

  KnownProvider provider(OidcConnection connection) {
    synchronized (providers) {
      return providers.computeIfAbsent(
          new Key(connection.id(), connection.issuer()),
          key -> new KnownProvider(key.issuer(), reader, clock, options, checks));
    }
  }

  IdpWeb web() {
    return web;
  }

  InstantSource clock() {
    return clock;
  }

  OidcOptions options() {
    return options;
  }

  OidcChecks checks() {
    return checks;
  }
}
