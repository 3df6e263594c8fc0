package dev.saferun.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was done to one document, as the document itself tells it. Paths are written with the names
 * as they stand after redaction, so a secret that was a name is not told here either.
 */
final class Applied {

  /** Entries that are listed; what goes beyond is counted. */
  static final int LISTED_MAX = 100;

  /** Longer paths are cut, so that a long name cannot make the document a hundred times larger. */
  static final int PATH_CHARACTERS_MAX = 512;

  private final List<Map<String, Object>> listed = new ArrayList<>();
  private int count;

  void value(Path path, String action, String dataClass) {
    add(path, action, dataClass, "value");
  }

  void name(Path path, String action, String dataClass) {
    add(path, action, dataClass, "name");
  }

  private void add(Path path, String action, String dataClass, String of) {
    count++;
    if (listed.size() < LISTED_MAX) {
      Map<String, Object> entry = new TreeMap<>();
      entry.put("path", path.pointer(PATH_CHARACTERS_MAX));
      entry.put("action", action);
      entry.put("class", dataClass);
      entry.put("of", of);
      listed.add(entry);
    }
  }

  int count() {
    return count;
  }

  /** The member {@code redaction} of the document. */
  Map<String, Object> member(String policyId) {
    return Map.of("policy", policyId, "applied", listed, "count", (long) count);
  }
}
