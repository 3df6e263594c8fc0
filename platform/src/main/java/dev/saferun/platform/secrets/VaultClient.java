package dev.saferun.platform.secrets;

import dev.saferun.platform.VaultConfiguration;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The way to one Vault: address, namespace, trust and timeouts. Whom it asks as, a token says. */
final class VaultClient implements AutoCloseable {

  private static final int KV_PATHS_AS_GIVEN = 1;

  /** Held here, or the level would go with it: the driver tells the namespace at each login. */
  private static final Logger DRIVER = Logger.getLogger("io.github.jopenlibs.vault");

  static {
    DRIVER.setLevel(Level.WARNING);
  }

  private final VaultConfiguration configuration;
  private final HttpClient http;

  VaultClient(VaultConfiguration configuration) {
    this.configuration = configuration;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(configuration.connectTimeout());
    String authorityFile = configuration.authorityFile();
    if (authorityFile != null) {
      builder.sslContext(trusting(Path.of(authorityFile)));
    }
    this.http = builder.build();
  }

  /** One question to Vault. */
  interface Question<T> {
    T ask(Vault vault) throws VaultException;
  }

  /** The server, asked with this token or with none. */
  Vault with(@Nullable String token) {
    try {
      VaultConfig config =
          new VaultConfig()
              // Nothing is taken from VAULT_* variables: the settings say it all.
              .environmentLoader(new NoVariables())
              .address(configuration.address())
              .engineVersion(KV_PATHS_AS_GIVEN)
              .readTimeout(Math.toIntExact(Math.max(1, configuration.timeout().toSeconds())))
              .httpClient(http);
      if (configuration.namespace() != null) {
        config.nameSpace(configuration.namespace());
      }
      if (token != null) {
        config.token(token);
      }
      return Vault.create(config.build(), KV_PATHS_AS_GIVEN);
    } catch (VaultException fault) {
      throw new IllegalStateException("the settings of the Vault cannot be used");
    }
  }

  /**
   * Asks once; what the driver throws holds the server's words, so none of it goes on from here.
   */
  static <T> T ask(Vault vault, Question<T> question) {
    try {
      return question.ask(vault);
    } catch (VaultException fault) {
      throw new KeeperFault(outcome(fault));
    } catch (KeeperFault fault) {
      throw fault;
    } catch (RuntimeException unforeseen) {
      // Such as an answer that is no JSON, by a proxy that stands before the server.
      throw new KeeperFault(KeeperOutcome.UNREACHABLE);
    }
  }

  private static KeeperOutcome outcome(VaultException fault) {
    int status = fault.getHttpStatusCode();
    if (status == 0 && isUntrusted(fault)) {
      return KeeperOutcome.UNTRUSTED;
    }
    return outcome(status);
  }

  /** What an answer that is none means, by its status. */
  static KeeperOutcome outcome(int status) {
    return switch (status) {
      case 401, 403 -> KeeperOutcome.DENIED;
      case 503 -> KeeperOutcome.SEALED;
      case 400, 404, 405 -> KeeperOutcome.REFUSED;
      default -> KeeperOutcome.UNREACHABLE;
    };
  }

  private static boolean isUntrusted(Throwable fault) {
    Throwable cause = fault;
    for (int depth = 0; depth < 16 && cause != null; depth++) {
      if (cause instanceof SSLException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static SSLContext trusting(Path authorityFile) {
    try (InputStream in = Files.newInputStream(authorityFile)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + count++, one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, Objects.requireNonNull(trust.getTrustManagers()), null);
      return context;
    } catch (IOException | GeneralSecurityException fault) {
      throw new IllegalArgumentException(
          "saferun.secrets.vault.authority-file cannot be read as certificates: " + authorityFile,
          fault);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static final class NoVariables extends io.github.jopenlibs.vault.EnvironmentLoader {

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable String loadVariable(String name) {
      return null;
    }
  }
}
