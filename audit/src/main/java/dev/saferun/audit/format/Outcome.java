package dev.saferun.audit.format;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a deed ended, with its number in OCSF. */
enum Outcome {
  UNKNOWN(0, "Unknown"),
  SUCCESS(1, "Success"),
  FAILURE(2, "Failure");

  private final int ocsfId;
  private final String caption;

  Outcome(int ocsfId, String caption) {
    this.ocsfId = ocsfId;
    this.caption = caption;
  }

  static Outcome of(@Nullable String text) {
    return switch (text) {
      case "success" -> SUCCESS;
      case "failure" -> FAILURE;
      case null -> UNKNOWN;
      default -> UNKNOWN;
    };
  }

  int ocsfId() {
    return ocsfId;
  }

  String caption() {
    return caption;
  }

  String lower() {
    return name().toLowerCase(Locale.ROOT);
  }
}
