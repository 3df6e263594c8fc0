package dev.saferun.audit.sink;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Any URL that takes one event a request, signed by Standard Webhooks
 * (https://www.standardwebhooks.com). While a signing secret is being replaced the old one signs
 * beside the new one, so that the receiver may change its own at any time.
 */
final class WebhookType implements SinkType {

  private static final String PREFIX = "whsec_";
  private static final int KEY_BYTES_MIN = 24;
  private static final int KEY_BYTES_MAX = 64;

  private final SinkSurroundings surroundings;

  WebhookType(SinkSurroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Set<String> secretNames() {
    return Set.of("signing_secret", "previous_signing_secret");
  }

  @Override
  public void check(SinkSettings settings) {
    open(settings).close();
  }

  @Override
  public Sink open(SinkSettings given) {
    Settings settings = Settings.read(given, HttpReceiver.SETTINGS, secretNames());
    List<byte[]> keys = new ArrayList<>();
    keys.add(key(settings, "signing_secret", settings.requiredSecret("signing_secret")));
    Optional<String> previous = settings.secret("previous_signing_secret");
    if (previous.isPresent()) {
      keys.add(key(settings, "previous_signing_secret", previous.get()));
    }
    return new WebhookSink(
        HttpReceiver.of(settings, settings.url(surroundings.guard()), surroundings),
        new WebhookSignature(keys),
        surroundings.clock(),
        settings.words());
  }

  private static byte[] key(Settings settings, String name, String secret) {
    byte[] key = secret.startsWith(PREFIX) ? decoded(secret.substring(PREFIX.length())) : null;
    if (key == null || key.length < KEY_BYTES_MIN || key.length > KEY_BYTES_MAX) {
      throw settings.secretRefusal(
          name, "must be " + PREFIX + " and 24 to 64 random bytes in base64");
    }
    return key;
  }

  private static byte @Nullable [] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException otherwise) {
      return null;
    }
  }
}
