package dev.saferun.redaction;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.DataKey;
import dev.saferun.platform.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was sealed of one document, opened. It is for the appliance's own eyes, to decide again what
 * was decided, and for a person whose look is permitted and audited.
 */
public final class Originals {

  /** Originals nest no deeper than the documents that they were taken from. */
  static final int DEPTH_MAX = StrictJson.DEPTH_MAX + 8;

  private static final String SEAL = new Action.Seal().wireName();

  private final List<SealBox.Entry> entries;

  private Originals(List<SealBox.Entry> entries) {
    this.entries = entries;
  }

  /** One value that was sealed. */
  public record Original(String path, @Nullable Object value) {}

  /**
   * Opens what was sealed of a document.
   *
   * @param document the document with its report, whose hash of the box is held against it
   * @throws RuntimeException where the box is not the document's, or the key is another
   */
  public static Originals open(
      Map<String, @Nullable Object> document,
      Sealed sealed,
      DataKey dataKey,
      UUID organizationId,
      UUID recordId) {
    if (!isOf(document, sealed)) {
      throw new IllegalArgumentException("what is sealed is not what the document says");
    }
    return new Originals(SealBox.open(sealed, dataKey, organizationId, recordId));
  }

  /** Whether the box is the one that the document names. */
  public static boolean isOf(Map<String, @Nullable Object> document, Sealed sealed) {
    return document.get(Redactor.REPORT_MEMBER) instanceof Map<?, ?> report
        && report.get(Redactor.SEALED_MEMBER) instanceof Map<?, ?> said
        && said.get("sha256") instanceof String hash
        && MessageDigest.isEqual(
            hash.getBytes(StandardCharsets.US_ASCII),
            HexFormat.of().formatHex(sealed.sha256()).getBytes(StandardCharsets.US_ASCII));
  }

  /** Each value by its place, in the order of the document. */
  public List<Original> all() {
    return entries.stream().map(entry -> new Original(entry.path(), entry.original())).toList();
  }

  /**
   * The document with the originals in the places of their tokens, and its report telling only what
   * is still gone.
   */
  public Map<String, @Nullable Object> in(Map<String, @Nullable Object> document) {
    Map<String, @Nullable Object> restored = new LinkedHashMap<>(document);
    restored.computeIfPresent(Redactor.REPORT_MEMBER, (name, report) -> gone((Map<?, ?>) report));
    for (SealBox.Entry entry : entries) {
      String[] names = entry.path().substring(1).split("/", -1);
      restored.computeIfPresent(plain(names[0]), (name, value) -> with(value, names, 1, entry));
    }
    return restored;
  }

  private Map<Object, @Nullable Object> gone(Map<?, ?> report) {
    Map<Object, @Nullable Object> gone = new LinkedHashMap<>(report);
    long count = report.get("count") instanceof Long all ? all : 0;
    if (report.get("applied") instanceof List<?> applied) {
      List<?> left = applied.stream().filter(one -> !isSeal(one)).toList();
      gone.put("applied", left);
      boolean listed = count <= applied.size();
      gone.put(
          "count", listed ? (long) left.size() : Math.max(left.size(), count - entries.size()));
    }
    gone.remove(Redactor.SEALED_MEMBER);
    return gone;
  }

  private static boolean isSeal(Object applied) {
    return applied instanceof Map<?, ?> one && SEAL.equals(one.get("action"));
  }

  private static @Nullable Object with(
      @Nullable Object value, String[] names, int depth, SealBox.Entry entry) {
    if (depth == names.length) {
      return value instanceof String text ? inText(text, entry) : value;
    }
    String name = plain(names[depth]);
    if (value instanceof Map<?, ?> object && object.containsKey(name)) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>(object);
      copy.put(name, with(object.get(name), names, depth + 1, entry));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list);
      int index = Integer.parseInt(name);
      copy.set(index, with(list.get(index), names, depth + 1, entry));
      return copy;
    }
    return value;
  }

  private static @Nullable Object inText(String text, SealBox.Entry entry) {
    if (text.equals(entry.token())) {
      return entry.original();
    }
    // In quotes the token may stand in a JSON document, where the original was written as JSON.
    String json = new String(CanonicalJson.write(entry.original()), StandardCharsets.UTF_8);
    return text.replace('"' + entry.token() + '"', json)
        .replace(entry.token(), String.valueOf(entry.original()));
  }

  private static String plain(String name) {
    return name.replace("~1", "/").replace("~0", "~");
  }
}
