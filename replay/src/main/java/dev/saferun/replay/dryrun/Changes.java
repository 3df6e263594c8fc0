package dev.saferun.replay.dryrun;

import dev.saferun.redaction.Redactor;
import dev.saferun.replay.capture.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What would be done otherwise, field by field, over many frames. */
final class Changes {

  private static final String KEPT = "keep";
  private static final int FIELDS_MAX = 500;

  private final Map<Change, Long> counts = new HashMap<>();
  private long frames;
  private long changed;

  /** One kind of difference: an element of a list counts as any of them. */
  private record Change(String path, String now, String then) {}

  /**
   * Takes a frame.
   *
   * @param before the report that it was kept with
   * @param after the report that it would have
   */
  void add(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    Map<String, String> now = actions(before);
    Map<String, String> then = actions(after);
    TreeSet<String> paths = new TreeSet<>(now.keySet());
    paths.addAll(then.keySet());
    boolean any = false;
    for (String path : paths) {
      String was = now.getOrDefault(path, KEPT);
      String would = then.getOrDefault(path, KEPT);
      boolean gone = !was.equals(KEPT) && !was.equals("seal");
      if (!was.equals(would) && !gone) {
        counts.merge(new Change(anyElement(path), was, would), 1L, Long::sum);
        any = true;
      }
    }
    frames++;
    changed += any ? 1 : 0;
  }

  private static Map<String, String> actions(Map<String, @Nullable Object> document) {
    Map<String, String> actions = new LinkedHashMap<>();
    Object applied = Evidence.object(document.get(Redactor.REPORT_MEMBER)).get("applied");
    if (applied instanceof List<?> list) {
      for (Object one : list) {
        Map<String, @Nullable Object> entry = Evidence.object(one);
        actions.merge(
            String.valueOf(entry.get("path")),
            String.valueOf(entry.get("action")),
            (first, next) -> first);
      }
    }
    return actions;
  }

  private static String anyElement(String path) {
    return path.replaceAll("/[0-9]+(?=/|$)", "/*");
  }

  Map<String, @Nullable Object> toJson(String policy) {
    List<Map<String, Object>> fields = new ArrayList<>();
    counts.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<Change, Long> one) -> -one.getValue())
                .thenComparing(one -> one.getKey().path()))
        .limit(FIELDS_MAX)
        .forEach(
            one ->
                fields.add(
                    Map.of(
                        "path", one.getKey().path(),
                        "now", one.getKey().now(),
                        "then", one.getKey().then(),
                        "count", one.getValue())));
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("policy", policy);
    json.put("frames", frames);
    json.put("frames_changed", changed);
    json.put("fields", fields);
    json.put("fields_found", (long) counts.size());
    return json;
  }
}
