package dev.saferun.platform;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Vault or OpenBao server, and how the appliance makes itself known to it: by a token from a file
 * or by an AppRole.
 *
 * @param address {@code https://host:port}; plain {@code http} to this machine only
 * @param namespace that everything lies in; absent: the root namespace
 * @param authorityFile PEM file of the authorities that the server's certificate is checked
 *     against; absent: the Java runtime's
 * @param tokenFile file with the token, mode 0600
 * @param roleId of the AppRole
 * @param secretIdFile file with the AppRole's secret id, mode 0600
 * @param appRolePath where the AppRole method is mounted
 * @param credentialsPath where the KV engine, version 2, is mounted
 * @param credentialsPrefix the path below it under which the credentials lie
 * @param transitPath where the transit engine is mounted
 * @param transitKey name of the key that wraps data keys
 * @param connectTimeout after which a server that does not take the connection counts as away
 * @param timeout after which one that does not answer does
 * @param attemptsMax how often a call is tried on a server that does not answer
 */
@Context
@ConfigurationProperties("saferun.secrets.vault")
public record VaultConfiguration(
    @Nullable String address,
    @Nullable String namespace,
    @Nullable String authorityFile,
    @Nullable String tokenFile,
    @Nullable String roleId,
    @Nullable String secretIdFile,
    @Bindable(defaultValue = "approle") String appRolePath,
    @Bindable(defaultValue = "secret") String credentialsPath,
    @Bindable(defaultValue = "saferun") String credentialsPrefix,
    @Bindable(defaultValue = "transit") String transitPath,
    @Bindable(defaultValue = "saferun") String transitKey,
    @Bindable(defaultValue = "2s") Duration connectTimeout,
    @Bindable(defaultValue = "5s") Duration timeout,
    @Bindable(defaultValue = "3") int attemptsMax) {

  private static final String PREFIX = "saferun.secrets.vault.";
  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(1);
  private static final int ATTEMPTS_MAX = 10;
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

  public VaultConfiguration {
    requireTimeout("connect-timeout", connectTimeout);
    requireTimeout("timeout", timeout);
    require(
        attemptsMax >= 1 && attemptsMax <= ATTEMPTS_MAX,
        "attempts-max",
        "must be from 1 to " + ATTEMPTS_MAX);
  }

  /** The defaults, as the annotations say them. */
  public static VaultConfiguration defaults() {
    return new VaultConfiguration(
        null,
        null,
        null,
        null,
        null,
        null,
        "approle",
        "secret",
        "saferun",
        "transit",
        "saferun",
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        3);
  }

  public boolean isConfigured() {
    return address != null;
  }

  /** Refuses what a Vault cannot be reached with; asked where one is used. */
  public VaultConfiguration requireComplete() {
    requireAddress();
    if (tokenFile != null) {
      require(roleId == null && secretIdFile == null, "token-file", "stands beside an AppRole");
    } else {
      require(roleId != null, "role-id", "or token-file must be set");
      require(secretIdFile != null, "secret-id-file", "must be set beside role-id");
    }
    return this;
  }

  /** No message repeats the address: what somebody wrote into it may be a password. */
  private void requireAddress() {
    require(address != null, "address", "must be set");
    URI uri;
    try {
      uri = URI.create(String.valueOf(address));
    } catch (IllegalArgumentException fault) {
      throw refusal("address", "is no URL");
    }
    String host = uri.getHost();
    require(host != null && uri.getRawUserInfo() == null, "address", "must be https://host:port");
    boolean plain = "http".equals(uri.getScheme()) && THIS_MACHINE.contains(host);
    require(
        plain || "https".equals(uri.getScheme()),
        "address",
        "must begin with https://; http:// is for this machine only");
  }

  private static void requireTimeout(String name, Duration timeout) {
    require(
        timeout.isPositive() && timeout.compareTo(TIMEOUT_MAX) <= 0,
        name,
        "must be longer than nothing and at most 1m");
  }

  private static void require(boolean holds, String name, String fault) {
    if (!holds) {
      throw refusal(name, fault);
    }
  }

  private static IllegalArgumentException refusal(String name, String fault) {
    return new IllegalArgumentException(PREFIX + name + " " + fault);
  }

  /** Without the address and the role, which may hold what nobody should read. */
  @Override
  public String toString() {
    return "VaultConfiguration[configured=" + isConfigured() + "]";
  }
}
