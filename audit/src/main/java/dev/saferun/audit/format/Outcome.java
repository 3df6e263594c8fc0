package dev.saferun.audit.format;

import java.util.Locale;
import java.util.Optional;

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

  static Outcome of(Optional<String> text) {
    return switch (text.orElse("")) {
      case "success" -> SUCCESS;
      case "failure" -> FAILURE;
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
