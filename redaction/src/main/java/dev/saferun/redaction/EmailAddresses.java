package dev.saferun.redaction;

import java.util.Set;

/**
 * E-mail addresses, found from their {@code @}: back over the local part and on over a domain of at
 * least two labels, the last of which is letters. The limits are those of RFC 5321.
 */
final class EmailAddresses {

  private static final int LOCAL_MAX = 64;
  private static final int DOMAIN_MAX = 255;
  private static final String LOCAL_MARKS = "._%+-'!#$&*/=?^`{|}~";

  /** Marks that can stand in a local part and are nearly always what stands around one. */
  private static final String MARKS_AROUND = "'!#$&*/=?^`{|}~%";

  /** Endings of files, as in {@code icon@2x.png}. */
  private static final Set<String> FILES =
      Set.of("png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "css", "js", "ts", "map", "json");

  private EmailAddresses() {}

  /** The address round a place that holds an {@code @}. */
  static long around(String text, byte[] bytes, int at, int notBefore) {
    int end = domainEnd(bytes, at + 1);
    if (end < 0) {
      return Span.NOTHING;
    }
    int start = localStart(text, at, Math.max(notBefore, at - LOCAL_MAX));
    boolean isRemote = end < bytes.length && bytes[end] == ':' && text.startsWith("git@", at - 3);
    return start == at || isRemote ? Span.NOTHING : Span.of(start, end);
  }

  private static int localStart(String text, int at, int notBefore) {
    int start = at;
    while (start > notBefore && isLocal(text.charAt(start - 1))) {
      start--;
    }
    int around = start;
    for (int i = start; i < at; i++) {
      if (MARKS_AROUND.indexOf(text.charAt(i)) >= 0) {
        around = i + 1;
      }
    }
    while (around < at && !Character.isLetterOrDigit(text.charAt(around))) {
      around++;
    }
    return around;
  }

  private static boolean isLocal(char c) {
    return (c < 0x80 ? Ascii.isLetterOrDigit((byte) c) : Character.isLetterOrDigit(c))
        || (c < 0x80 && LOCAL_MARKS.indexOf(c) >= 0);
  }

  private static int domainEnd(byte[] text, int start) {
    int limit = Math.min(text.length, start + DOMAIN_MAX);
    int end = start;
    while (end < limit && isDomain(text, end, start)) {
      end++;
    }
    while (end > start && !Ascii.isLetterOrDigit(text[end - 1])) {
      end--;
    }
    return lastLabelEnd(text, start, end);
  }

  private static boolean isDomain(byte[] text, int at, int start) {
    byte c = text[at];
    return Ascii.isLetterOrDigit(c)
        || c == '-'
        || (c == '.' && at > start && Ascii.isLetterOrDigit(text[at - 1]));
  }

  /** The end, unless the last label is a number, too short, or the ending of a file. */
  private static int lastLabelEnd(byte[] text, int start, int end) {
    int label = end;
    while (label > start && text[label - 1] != '.') {
      label--;
    }
    if (label == start || end - label < 2) {
      return -1;
    }
    String last = Ascii.text(text, label, end);
    boolean known = last.chars().allMatch(c -> Ascii.isLetter((byte) c)) || last.startsWith("xn--");
    return known && !FILES.contains(last) ? end : -1;
  }
}
