package dev.saferun.audit.sink;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A receiver's own words as a reason may repeat them: a few, printable, and without the
 * destination's secrets, which many a server repeats in its complaint.
 */
final class Words {

  private static final int CHARACTERS_MAX = 200;

  private final List<String> secrets = new ArrayList<>();

  Words(Collection<String> secrets) {
    for (String secret : secrets) {
      if (!secret.isBlank()) {
        this.secrets.add(secret);
        this.secrets.add(
            Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
      }
    }
    // One that is a part of another must not leave the rest of it behind.
    this.secrets.sort(Comparator.comparingInt(String::length).reversed());
  }

  /** From {@code ": "} on, or nothing where the receiver said nothing. */
  String after(@Nullable Object said) {
    return said instanceof String text && !text.isBlank() ? ": " + of(text) : "";
  }

  String of(String said) {
    String text = said;
    for (String secret : secrets) {
      text = text.replace(secret, "[REDACTED]");
    }
    text = text.replaceAll("[^\\x20-\\x7E]+", " ").strip();
    return text.length() <= CHARACTERS_MAX ? text : text.substring(0, CHARACTERS_MAX) + "...";
  }
}
