package dev.saferun.audit.format;

/** How much an event matters, with its numbers in OCSF (its {@code severity_id}) and CEF. */
enum Severity {
  UNKNOWN(0, "Unknown", 5),
  INFORMATIONAL(1, "Informational", 1),
  LOW(2, "Low", 3),
  MEDIUM(3, "Medium", 6),
  HIGH(4, "High", 8),
  CRITICAL(5, "Critical", 10);

  private final int ocsfId;
  private final String caption;
  private final int cefLevel;

  Severity(int ocsfId, String caption, int cefLevel) {
    this.ocsfId = ocsfId;
    this.caption = caption;
    this.cefLevel = cefLevel;
  }

  static Severity of(EventDocument event) {
    return switch (event.event().kind()) {
      case AUDIT -> ofDeed(event);
      case DETECTION -> named(event.maybe("severity").orElse(""));
      case CHECKPOINT -> INFORMATIONAL;
    };
  }

  /** A failure is worth a look, and some codes are alarms in themselves. */
  private static Severity ofDeed(EventDocument event) {
    Severity usual = CodeClasses.of(event.code()).severity();
    return usual == INFORMATIONAL && event.outcome() == Outcome.FAILURE ? LOW : usual;
  }

  private static Severity named(String text) {
    return switch (text) {
      case "low" -> LOW;
      case "medium" -> MEDIUM;
      case "high" -> HIGH;
      case "critical" -> CRITICAL;
      default -> UNKNOWN;
    };
  }

  int ocsfId() {
    return ocsfId;
  }

  String caption() {
    return caption;
  }

  /** From 0 to 10. */
  int cefLevel() {
    return cefLevel;
  }
}
