package dev.saferun.auth.http;

import dev.saferun.auth.keys.KeyHasher;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;

/**
 * A link by which somebody tries a connection, also one that is not enabled: whoever may write
 * connections makes it, and it is good for some minutes. It opens no session.
 */
@Singleton
final class Trials {

  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final String SEPARATOR = ".";

  private final KeyHasher hasher;
  private final InstantSource clock;

  Trials(KeyHasher hasher, InstantSource clock) {
    this.hasher = hasher;
    this.clock = clock;
  }

  String ticket(UUID connectionId) {
    long until = clock.instant().plus(LIFE).getEpochSecond();
    return until + SEPARATOR + mark(connectionId, until);
  }

  boolean isGood(UUID connectionId, String ticket) {
    int end = ticket.indexOf(SEPARATOR);
    if (end < 1 || !ticket.substring(0, end).matches("[0-9]{1,12}")) {
      return false;
    }
    long until = Long.parseLong(ticket.substring(0, end));
    return until > clock.instant().getEpochSecond()
        && MessageDigest.isEqual(
            bytes(mark(connectionId, until)), bytes(ticket.substring(end + 1)));
  }

  private String mark(UUID connectionId, long until) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(hasher.hash("trial/" + connectionId + "/" + until).bytes());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
