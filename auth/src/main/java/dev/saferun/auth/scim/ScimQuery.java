package dev.saferun.auth.scim;

import org.jspecify.annotations.Nullable;

/**
 * Which resources of a list are asked for (RFC 7644, 3.4.2).
 *
 * @param filter null where all are
 * @param startIndex of the first one, counted from 1
 */
public record ScimQuery(@Nullable String filter, int startIndex, int count) {

  /** From the parameters of an address; null is one that is not there. */
  public static ScimQuery of(
      @Nullable String filter, @Nullable String startIndex, @Nullable String count) {
    return new ScimQuery(
        filter,
        Math.max(1, whole("startIndex", startIndex, 1)),
        Math.clamp(whole("count", count, ScimLimits.PAGE_USUAL), 0, ScimLimits.PAGE_MAX));
  }

  private static int whole(String name, @Nullable String text, int usual) {
    try {
      return text == null ? usual : Integer.parseInt(text);
    } catch (NumberFormatException malformed) {
      throw ScimProblem.INVALID_VALUE.with(name + " must be a whole number");
    }
  }

  int skipped() {
    return startIndex - 1;
  }
}
