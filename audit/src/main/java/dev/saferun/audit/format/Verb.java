package dev.saferun.audit.format;

import java.util.Map;

/** What was done, read from the last word of a code; the classes of a format know these only. */
enum Verb {
  CREATE,
  READ,
  UPDATE,
  DELETE,
  /** A right was given. */
  GRANT,
  /** A right or a credential was taken away. */
  REVOKE,
  ENABLE,
  DISABLE,
  /** A member came into a group. */
  JOIN,
  LEAVE,
  /** It began, or somebody tried to begin it. */
  START,
  STOP,
  UPGRADE,
  /** None of these: a format shows the word itself. */
  OTHER;

  private static final Map<String, Verb> WORDS =
      Map.ofEntries(
          Map.entry("created", CREATE),
          Map.entry("made", CREATE),
          Map.entry("shown", READ),
          Map.entry("viewed", READ),
          Map.entry("exported", READ),
          Map.entry("changed", UPDATE),
          Map.entry("rotated", UPDATE),
          Map.entry("pinned", UPDATE),
          Map.entry("unpinned", UPDATE),
          Map.entry("deleted", DELETE),
          Map.entry("shredded", DELETE),
          Map.entry("granted", GRANT),
          Map.entry("assigned", GRANT),
          Map.entry("revoked", REVOKE),
          Map.entry("unassigned", REVOKE),
          Map.entry("activated", ENABLE),
          Map.entry("restored", ENABLE),
          Map.entry("enabled", ENABLE),
          Map.entry("deactivated", DISABLE),
          Map.entry("disabled", DISABLE),
          Map.entry("member-added", JOIN),
          Map.entry("member-removed", LEAVE),
          Map.entry("started", START),
          Map.entry("succeeded", START),
          Map.entry("failed", START),
          Map.entry("stopped", STOP),
          Map.entry("ended", STOP),
          Map.entry("expired", STOP),
          Map.entry("upgraded", UPGRADE));

  static Verb of(String word) {
    return WORDS.getOrDefault(word, OTHER);
  }
}
