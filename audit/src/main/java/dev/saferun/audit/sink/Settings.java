package dev.saferun.audit.sink;

import dev.saferun.platform.AddressGuard;
import dev.saferun.platform.AddressRefusedException;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a destination was given, each value with its place when it is refused. */
final class Settings {

  private static final int TEXT_CHARACTERS_MAX = 2_048;
  private static final int PEM_CHARACTERS_MAX = 65_536;
  private static final int TIMEOUT_SECONDS_MAX = 300;
  private static final int TIMEOUT_SECONDS = 30;

  /** What may stand in a header without breaking out of it. */
  private static final Pattern PRINTABLE = Pattern.compile("[!-~](?:[ -~]*[!-~])?");

  private final BodyFields settings;
  private final BodyFields secrets;
  private final SinkSettings given;

  private Settings(BodyFields settings, BodyFields secrets, SinkSettings given) {
    this.settings = settings;
    this.secrets = secrets;
    this.given = given;
  }

  /** Refuses any name but these. */
  static Settings read(SinkSettings given, Set<String> names, Set<String> secretNames) {
    Map<String, @Nullable Object> tree =
        Map.of("settings", given.settings(), "secrets", given.secrets());
    BodyFields both = BodyFields.read(CanonicalJson.write(tree), "settings", "secrets");
    return new Settings(
        both.object("settings", sorted(names)).orElseThrow(),
        both.object("secrets", sorted(secretNames)).orElseThrow(),
        given);
  }

  private static String[] sorted(Set<String> names) {
    return names.stream().sorted().toArray(String[]::new);
  }

  boolean has(String name) {
    return given.settings().get(name) != null;
  }

  Optional<String> text(String name) {
    Optional<String> text = settings.text(name, TEXT_CHARACTERS_MAX);
    if (text.isPresent() && text.get().isEmpty()) {
      throw settings.refusal(name, "must not be empty");
    }
    return text;
  }

  String required(String name) {
    return text(name).orElseThrow(() -> settings.absent(name));
  }

  /**
   * @param form in words, for the refusal
   */
  Optional<String> text(String name, Pattern pattern, String form) {
    Optional<String> text = text(name);
    if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
      throw settings.refusal(name, "must be " + form);
    }
    return text;
  }

  Optional<String> printable(String name) {
    return text(name, PRINTABLE, "of printable ASCII characters");
  }

  List<String> texts(String name, int countMax) {
    List<String> texts =
        settings
            .texts(name, countMax, TEXT_CHARACTERS_MAX)
            .orElseThrow(() -> settings.absent(name));
    if (texts.isEmpty()) {
      throw settings.refusal(name, "must not be empty");
    }
    return texts;
  }

  /** One of the words, the first where there is none. */
  String choice(String name, String... words) {
    return settings.choice(name, words, word -> word).orElse(words[0]);
  }

  int whole(String name, int least, int most, int otherwise) {
    return settings.whole(name, least, most).orElse(otherwise);
  }

  boolean truth(String name, boolean otherwise) {
    return settings.truth(name).orElse(otherwise);
  }

  /** After which a call of the receiver has failed, whatever it does. */
  Duration timeout() {
    return Duration.ofSeconds(whole("timeout_seconds", 1, TIMEOUT_SECONDS_MAX, TIMEOUT_SECONDS));
  }

  Optional<String> pem(String name) {
    return settings.text(name, PEM_CHARACTERS_MAX);
  }

  Optional<String> secretPem(String name) {
    return secrets.text(name, PEM_CHARACTERS_MAX);
  }

  Optional<String> secret(String name) {
    Optional<String> secret = secrets.text(name, TEXT_CHARACTERS_MAX);
    if (secret.isPresent() && !PRINTABLE.matcher(secret.get()).matches()) {
      throw secrets.refusal(name, "must be of printable ASCII characters");
    }
    return secret;
  }

  String requiredSecret(String name) {
    return secret(name).orElseThrow(() -> secrets.absent(name));
  }

  /** The URL of the receiver; plain http only where the settings allow it. */
  Target url(AddressGuard guard) {
    boolean plaintext = truth("allow_plaintext", false);
    try {
      return guard.target(required("url"), plaintext ? Set.of("https", "http") : Set.of("https"));
    } catch (AddressRefusedException refused) {
      throw settings.refusal("url", reason(refused));
    }
  }

  /** As above, for a URL that paths are added to. */
  Target baseUrl(AddressGuard guard) {
    Target target = url(guard);
    if (!target.query().isEmpty()) {
      throw settings.refusal("url", "must have no part after a question mark");
    }
    return target;
  }

  private static String reason(AddressRefusedException refused) {
    return refused.reason() == AddressRefusedException.Reason.SCHEME
        ? "must be an https URL; one of http needs allow_plaintext"
        : String.valueOf(refused.getMessage());
  }

  /** Whether the transport is TLS; the plain one needs a word of its own. */
  boolean isTls() {
    boolean tls = choice("transport", "tls", "tcp").equals("tls");
    if (!tls && !truth("allow_plaintext", false)) {
      throw settings.refusal("transport", "tcp without TLS needs allow_plaintext");
    }
    return tls;
  }

  /**
   * An address of the form {@code host:port}.
   *
   * @param pointer its place below the settings
   */
  static Target hostAndPort(String text, AddressGuard guard, String pointer) {
    try {
      Target target = guard.target("tcp://" + text, Set.of("tcp"));
      if (target.path().isEmpty() && target.query().isEmpty()) {
        return target;
      }
    } catch (AddressRefusedException refused) {
      throw new ProblemException(
          CommonProblem.INVALID_FIELD, String.valueOf(refused.getMessage()), pointer);
    }
    throw new ProblemException(
        CommonProblem.INVALID_FIELD,
        "must be a host and a port, such as logs.example.com:6514",
        pointer);
  }

  /**
   * The receiver's words without what only this destination knows.
   *
   * @param derived from secrets, as it is sent
   */
  Words words(String... derived) {
    List<String> secrets = new ArrayList<>(given.secrets().values());
    secrets.addAll(List.of(derived));
    return new Words(secrets);
  }

  ProblemException refusal(String name, String detail) {
    return settings.refusal(name, detail);
  }

  ProblemException secretRefusal(String name, String detail) {
    return secrets.refusal(name, detail);
  }
}
