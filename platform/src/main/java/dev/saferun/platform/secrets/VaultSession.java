package dev.saferun.platform.secrets;

import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.Secret;
import dev.saferun.platform.VaultConfiguration;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.response.AuthResponse;
import io.github.jopenlibs.vault.response.LookupResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a token at a Vault that lives: renews it at half its time, logs in again where it can live
 * no longer, and reads the files of token and secret id anew at each login, so that they may be
 * replaced while the appliance runs. Blocks.
 */
final class VaultSession implements AutoCloseable {

  /**
   * A token at work.
   *
   * @param firstTtl what it had at the login; a renewal that gives far less is its last
   * @param renewAt when half of its time is over
   * @param endsAt when it is no token any more
   */
  private record Lease(
      Vault vault, Duration firstTtl, long renewAt, long endsAt, boolean renewable) {}

  private static final Logger LOG = LoggerFactory.getLogger(VaultSession.class);

  /** A token without an end is looked at this often, for it can be revoked all the same. */
  private static final Duration ENDLESS = Duration.ofDays(1);

  /** A renewal that gives less than this part of the first time has met the longest life. */
  private static final int LAST_RENEWAL_PART = 3;

  private final VaultConfiguration configuration;
  private final VaultClient client;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Lease lease;

  VaultSession(VaultConfiguration configuration, VaultClient client, LongSupplier nanoTime) {
    this.configuration = configuration;
    this.client = client;
    this.nanoTime = nanoTime;
    readFiles();
  }

  /** A wrong file refuses to start, not the first call. */
  private void readFiles() {
    if (configuration.tokenFile() != null) {
      secret(configuration.tokenFile()).close();
    } else {
      secret(Objects.requireNonNull(configuration.secretIdFile())).close();
    }
  }

  /** The server with a token that is good as far as its time says. */
  Vault vault() {
    lock.lock();
    try {
      Lease current = lease;
      long now = nanoTime.getAsLong();
      if (current == null || now - current.endsAt >= 0) {
        current = logIn();
      } else if (now - current.renewAt >= 0) {
        current = renew(current);
      }
      lease = current;
      return current.vault;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The server denied what was asked with {@code used}. Whether that is for the token itself: then
   * it is forgotten, and {@link #vault} logs in again.
   */
  boolean isGone(Vault used) {
    try {
      VaultClient.ask(used, vault -> vault.auth().lookupSelf());
      return false;
    } catch (KeeperFault fault) {
      if (fault.outcome() != KeeperOutcome.DENIED) {
        return false;
      }
    }
    lock.lock();
    try {
      Lease current = lease;
      if (current != null && current.vault.equals(used)) {
        LOG.warn("the Vault knows the token no longer; logging in again");
        lease = null;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Lease logIn() {
    return configuration.tokenFile() != null
        ? withToken(configuration.tokenFile())
        : withAppRole(Objects.requireNonNull(configuration.secretIdFile()));
  }

  private Lease withToken(String file) {
    try (Secret token = secret(file)) {
      Vault vault = client.with(token.reveal());
      LookupResponse found = VaultClient.ask(vault, one -> one.auth().lookupSelf());
      return lease(vault, Duration.ofSeconds(found.getTTL()), null, found.isRenewable());
    }
  }

  private Lease withAppRole(String file) {
    try (Secret secretId = secret(file)) {
      AuthResponse login =
          VaultClient.ask(
              client.with(null),
              one ->
                  one.auth()
                      .loginByAppRole(
                          configuration.appRolePath(), configuration.roleId(), secretId.reveal()));
      LOG.info("logged in at the Vault by the AppRole");
      return lease(
          client.with(login.getAuthClientToken()),
          Duration.ofSeconds(login.getAuthLeaseDuration()),
          null,
          login.isAuthRenewable());
    } catch (KeeperFault fault) {
      // An unknown role or secret id is answered as a bad request.
      throw fault.outcome() == KeeperOutcome.REFUSED
          ? new KeeperFault(KeeperOutcome.DENIED)
          : fault;
    }
  }

  private Lease renew(Lease current) {
    if (!current.renewable) {
      return tryLogIn(current);
    }
    try {
      AuthResponse renewed = VaultClient.ask(current.vault, one -> one.auth().renewSelf());
      Duration ttl = Duration.ofSeconds(renewed.getAuthLeaseDuration());
      LOG.debug("the token at the Vault was renewed");
      return ttl.multipliedBy(LAST_RENEWAL_PART).compareTo(current.firstTtl) < 0
          ? tryLogIn(lease(current.vault, ttl, current.firstTtl, renewed.isAuthRenewable()))
          : lease(current.vault, ttl, current.firstTtl, renewed.isAuthRenewable());
    } catch (KeeperFault fault) {
      return fault.outcome() == KeeperOutcome.DENIED ? logIn() : current;
    }
  }

  /** Where no login is possible now, the token serves to its end. */
  private Lease tryLogIn(Lease current) {
    try {
      return logIn();
    } catch (KeeperFault fault) {
      return current;
    }
  }

  private Lease lease(Vault vault, Duration ttl, @Nullable Duration firstTtl, boolean renewable) {
    long now = nanoTime.getAsLong();
    Duration lives = ttl.isZero() ? ENDLESS : ttl;
    return new Lease(
        vault,
        firstTtl == null ? lives : firstTtl,
        now + lives.toNanos() / 2,
        now + lives.toNanos(),
        renewable);
  }

  private static Secret secret(String file) {
    return Secret.ofFile(DataDirectory.readSecret(Path.of(file)));
  }

  /** Gives a token of its own back; one from a file is not ours to revoke. */
  @Override
  public void close() {
    lock.lock();
    try {
      Lease current = lease;
      lease = null;
      if (current != null && configuration.tokenFile() == null) {
        VaultClient.ask(
            current.vault,
            vault -> {
              vault.auth().revokeSelf();
              return true;
            });
      }
    } catch (KeeperFault away) {
      LOG.info("the token at the Vault could not be given back; it ends by itself");
    } finally {
      lock.unlock();
    }
  }
}
