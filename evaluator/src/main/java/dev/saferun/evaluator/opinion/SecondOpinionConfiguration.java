package dev.saferun.evaluator.opinion;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The customer's own model: where it is and how it is asked. Read at start, so that a wrong value
 * refuses to start and not the first call.
 *
 * @param url where the questions are posted; absent: nobody is asked
 * @param when {@code after} the answer, or {@code before} the decision, which then waits for it
 * @param timeout how long one opinion may take, from the question to the last byte
 * @param concurrencyMax questions under way at once; beyond it calls have no opinion ({@code busy})
 * @param token sent as {@code Authorization: Bearer}
 */
@Context
@ConfigurationProperties(SecondOpinionConfiguration.PREFIX)
record SecondOpinionConfiguration(
    @Nullable String url,
    @Bindable(defaultValue = "after") String when,
    @Bindable(defaultValue = "2s") Duration timeout,
    @Bindable(defaultValue = "16") int concurrencyMax,
    @Nullable String token) {

  static final String PREFIX = "saferun.evaluator.second-opinion";

  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(1);
  private static final int CONCURRENCY_MAX = 1_000;

  /** When the model is asked. */
  enum When {
    /** Once the call is answered; the opinion becomes a note of the run. */
    AFTER,
    /** Before the call is decided; the opinion is part of what it is decided from. */
    BEFORE
  }

  SecondOpinionConfiguration {
    whenOf(when);
    require(
        timeout.isPositive() && timeout.compareTo(TIMEOUT_MAX) <= 0,
        "timeout",
        "must be longer than nothing and at most 1m");
    require(
        concurrencyMax >= 1 && concurrencyMax <= CONCURRENCY_MAX,
        "concurrency-max",
        "must be from 1 to " + CONCURRENCY_MAX);
    if (url != null) {
      addressOf(url);
    }
    if (token != null) {
      require(url != null, "token", "is set and the url is not");
      require(
          !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f),
          "token",
          "must be printable ASCII without spaces");
    }
  }

  When asked() {
    return whenOf(when);
  }

  /** Where the questions are posted; empty where nobody is asked. */
  Optional<URI> address() {
    return Optional.ofNullable(url).map(SecondOpinionConfiguration::addressOf);
  }

  private static When whenOf(String text) {
    return switch (text) {
      case "after" -> When.AFTER;
      case "before" -> When.BEFORE;
      default -> throw refusal("when", "must be after or before");
    };
  }

  /** No message repeats the address: what somebody wrote into it may be a password. */
  private static URI addressOf(String text) {
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException fault) {
      throw refusal("url", "is no URL");
    }
    String scheme = String.valueOf(address.getScheme());
    require(
        scheme.equals("http") || scheme.equals("https"),
        "url",
        "must begin with http:// or https://");
    require(address.getRawUserInfo() == null, "url", "must hold no user; use the token");
    require(address.getHost() != null, "url", "must name a host");
    require(address.getRawFragment() == null, "url", "must have no fragment");
    return address;
  }

  private static void require(boolean holds, String name, String fault) {
    if (!holds) {
      throw refusal(name, fault);
    }
  }

  private static IllegalArgumentException refusal(String name, String fault) {
    return new IllegalArgumentException(PREFIX + "." + name + " " + fault);
  }

  /** Without the token and without the address, whose query may hold one. */
  @Override
  public String toString() {
    return "SecondOpinionConfiguration[when=" + when + ", configured=" + (url != null) + "]";
  }
}
