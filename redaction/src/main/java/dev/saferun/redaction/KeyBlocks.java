package dev.saferun.redaction;

/** Private keys as PEM and OpenSSH write them, between two lines of hyphens. */
final class KeyBlocks {

  private static final String START = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String NAME = "PRIVATE KEY";
  private static final int NAME_WITHIN = 40;
  private static final String HYPHENS = "-----";

  private KeyBlocks() {}

  /** From its first line to the end of its last; to the end of the text when it was cut off. */
  static long at(String text, int start) {
    if (!text.startsWith(START, start)) {
      return Span.NOTHING;
    }
    int name = start + START.length();
    int nameEnd = Math.min(text.length(), name + NAME_WITHIN);
    if (text.indexOf(NAME, name, nameEnd) < 0) {
      return Span.NOTHING;
    }
    int last = text.indexOf(END, name);
    if (last < 0) {
      return Span.of(start, text.length());
    }
    int from = last + END.length();
    int hyphens = text.indexOf(HYPHENS, from, Math.min(text.length(), from + NAME_WITHIN));
    return Span.of(start, hyphens < 0 ? from : hyphens + HYPHENS.length());
  }
}
