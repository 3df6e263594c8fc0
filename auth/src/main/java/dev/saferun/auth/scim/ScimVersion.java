package dev.saferun.auth.scim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The version of a resource as a weak entity tag (RFC 7644, 3.14). */
public final class ScimVersion {

  private static final String WEAK = "W/";

  private ScimVersion() {}

  static String of(String version) {
    return WEAK + "\"" + version + "\"";
  }

  /** Whether a header names this version; weak and strong tags are the same here. */
  public static boolean isNamed(@Nullable String header, String version) {
    return header != null
        && Arrays.stream(header.split(","))
            .map(String::strip)
            .anyMatch(tag -> tag.equals("*") || strong(tag).equals(strong(version)));
  }

  private static String strong(String tag) {
    return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
  }

  /** Refuses a change of another version than the one that the caller has seen. */
  static void require(@Nullable String ifMatch, String version) {
    if (ifMatch != null && !isNamed(ifMatch, version)) {
      throw ScimProblem.VERSION_PASSED.with("read the resource again and decide anew");
    }
  }
}
