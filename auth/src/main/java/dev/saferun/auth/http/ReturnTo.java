package dev.saferun.auth.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a browser goes after a sign-in: a path of this appliance, and nowhere else. */
final class ReturnTo {

  private static final String HOME = "/";
  private static final int CHARACTERS_MAX = 1_000;

  /** A browser takes {@code //} and {@code /\} for the beginning of another host. */
  private static final Pattern PATH =
      Pattern.compile("/(?:[^/\\\\\\s\\p{Cntrl}][\\x21-\\x5b\\x5d-\\x7e]*)?");

  private ReturnTo() {}

  static String of(@Nullable String asked) {
    if (asked == null || asked.length() > CHARACTERS_MAX) {
      return HOME;
    }
    return PATH.matcher(asked).matches() ? asked : HOME;
  }
}
