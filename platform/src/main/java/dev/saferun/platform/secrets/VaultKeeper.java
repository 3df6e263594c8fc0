package dev.saferun.platform.secrets;

import dev.saferun.platform.BrokenSealException;
import dev.saferun.platform.KeyKeeper.WrappedKey;
import dev.saferun.platform.Secret;
import dev.saferun.platform.SecretsConfiguration;
import dev.saferun.platform.StrictJson;
import dev.saferun.platform.VaultConfiguration;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.response.LogicalResponse;
import io.github.jopenlibs.vault.rest.RestResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Vault or OpenBao: data keys wrapped by its transit engine, credentials from its KV engine.
 *
 * <p>The context goes along twice. A key that is made with {@code derived=true} wraps by a key of
 * its own for each context; every AES-GCM key of transit also seals the context as associated data.
 * So a wrapped key opens for its organization only, however the key was made.
 */
final class VaultKeeper implements BlockingKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(VaultKeeper.class);
  private static final Pattern CIPHERTEXT = Pattern.compile("vault:v([0-9]{1,9}):[A-Za-z0-9+/=]+");
  private static final long PAUSE_MILLIS_MIN = 100;
  private static final int OK = 200;
  private static final int NOTHING_TO_SAY = 204;

  private final VaultConfiguration configuration;
  private final VaultClient client;
  private final VaultSession session;

  VaultKeeper(VaultConfiguration configuration, LongSupplier nanoTime) {
    this.configuration = configuration.requireComplete();
    this.client = new VaultClient(configuration);
    this.session = new VaultSession(configuration, client, nanoTime);
  }

  @Override
  public String name() {
    return SecretsConfiguration.VAULT;
  }

  @Override
  public WrappedKey wrap(byte[] plain, byte[] context) {
    Map<String, @Nullable Object> answer =
        asked(
            vault ->
                vault
                    .logical()
                    .write(transit("encrypt"), body("plaintext", base64(plain), context)));
    String ciphertext = text(answer, "ciphertext");
    return new WrappedKey(
        name(), version(ciphertext), ciphertext.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, byte[] context) {
    String ciphertext = new String(wrapped.bytes(), StandardCharsets.US_ASCII);
    if (version(ciphertext) != wrapped.version()) {
      throw new BrokenSealException(BrokenSealException.Reason.FORMAT);
    }
    Map<String, @Nullable Object> answer;
    try {
      answer =
          asked(
              vault ->
                  vault
                      .logical()
                      .write(transit("decrypt"), body("ciphertext", ciphertext, context)));
    } catch (KeeperFault fault) {
      throw fault.outcome() == KeeperOutcome.REFUSED ? refused() : fault;
    }
    return Base64.getDecoder().decode(text(answer, "plaintext"));
  }

  /** Told apart from a key that is missing: what was altered is refused though the key is there. */
  private RuntimeException refused() {
    newestVersion();
    return new BrokenSealException(BrokenSealException.Reason.ALTERED);
  }

  @Override
  public int newestVersion() {
    return Integer.parseInt(
        text(asked(vault -> vault.logical().read(transit("keys"))), "latest_version"));
  }

  /** Asked once only: an answer that was lost must not make two versions of one. */
  @Override
  public int rotate() {
    Vault vault = session.vault();
    VaultClient.ask(vault, one -> data(one.logical().write(transit("keys") + "/rotate", Map.of())));
    return newestVersion();
  }

  @Override
  public Optional<Secret> credential(CredentialName name) {
    String path =
        configuration.credentialsPath()
            + "/data/"
            + configuration.credentialsPrefix()
            + "/"
            + name.path();
    try {
      Object fields = asked(vault -> vault.logical().read(path)).get("data");
      Object value = fields instanceof Map<?, ?> map ? map.get(name.field()) : null;
      return Optional.ofNullable(value).map(found -> Secret.of(found.toString()));
    } catch (KeeperFault fault) {
      if (fault.outcome() == KeeperOutcome.REFUSED) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  @Override
  public void tend() {
    try {
      session.vault();
    } catch (KeeperFault fault) {
      LOG.atDebug().addKeyValue("outcome", fault.outcome().wire()).log("no token at the Vault now");
    }
  }

  @Override
  public void close() {
    session.close();
    client.close();
  }

  /** Tries again what met no answer, a few times; what was answered is never asked twice. */
  private Map<String, @Nullable Object> asked(VaultClient.Question<LogicalResponse> question) {
    for (int attempt = 1; ; attempt++) {
      try {
        return askedWithToken(question);
      } catch (KeeperFault fault) {
        if (fault.outcome() != KeeperOutcome.UNREACHABLE
            || attempt >= configuration.attemptsMax()) {
          throw fault;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS_MIN << attempt));
      }
    }
  }

  private Map<String, @Nullable Object> askedWithToken(
      VaultClient.Question<LogicalResponse> question) {
    Vault vault = session.vault();
    try {
      return VaultClient.ask(vault, one -> data(question.ask(one)));
    } catch (KeeperFault fault) {
      if (fault.outcome() == KeeperOutcome.DENIED && session.isGone(vault)) {
        return VaultClient.ask(session.vault(), one -> data(question.ask(one)));
      }
      throw fault;
    }
  }

  private String transit(String operation) {
    return configuration.transitPath() + "/" + operation + "/" + configuration.transitKey();
  }

  private static Map<String, Object> body(String name, String value, byte[] context) {
    String bound = base64(context);
    return Map.of(name, value, "context", bound, "associated_data", bound);
  }

  private static int version(String ciphertext) {
    Matcher matcher = CIPHERTEXT.matcher(ciphertext);
    if (!matcher.matches()) {
      throw new BrokenSealException(BrokenSealException.Reason.FORMAT);
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** The driver hands on what was refused as if it had been answered. */
  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> data(LogicalResponse answer) {
    RestResponse response = answer.getRestResponse();
    if (response.getStatus() == NOTHING_TO_SAY) {
      return Map.of();
    }
    if (response.getStatus() != OK) {
      throw new KeeperFault(VaultClient.outcome(response.getStatus()));
    }
    return StrictJson.parseObject(response.getBody()).get("data") instanceof Map<?, ?> data
        ? (Map<String, @Nullable Object>) data
        : Map.of();
  }

  private static String text(Map<String, @Nullable Object> data, String name) {
    Object value = data.get(name);
    if (value == null) {
      throw new KeeperFault(KeeperOutcome.REFUSED);
    }
    return value.toString();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
