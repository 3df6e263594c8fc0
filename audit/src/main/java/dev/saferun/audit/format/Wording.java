package dev.saferun.audit.format;

/** An event in a sentence, for those who read a list of them. */
final class Wording {

  private static final String NOBODY = "unknown";

  private Wording() {}

  /** What happened, in a few words that do not differ between two events of a code. */
  static String title(EventDocument event) {
    return event.maybe("title").orElse(event.code().words());
  }

  static String message(EventDocument event) {
    return switch (event.event().kind()) {
      case AUDIT -> deed(event);
      case DETECTION -> event.maybe("message").orElse(title(event));
      case CHECKPOINT ->
          event.maybe("size").map(size -> title(event) + " at size " + size).orElse(title(event));
    };
  }

  private static String deed(EventDocument event) {
    String what = actorName(event) + ": " + event.code().words();
    return event.maybe("target").map(target -> what + ", " + target).orElse(what);
  }

  static String actorName(EventDocument event) {
    return event
        .maybe("actor", "name")
        .or(() -> event.maybe("actor", "id"))
        .or(() -> event.maybe("actor"))
        .orElse(NOBODY);
  }
}
