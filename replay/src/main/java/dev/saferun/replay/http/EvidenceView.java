package dev.saferun.replay.http;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.store.RunReads.StoredEvidence;
import dev.saferun.replay.store.SealedReads.StoredSeal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A frame's evidence for reading. A value of more than 64 KiB is cut: in its place stand its size,
 * its beginning and the address that it can be downloaded from whole. The smallest value that is
 * too large is cut, so that what surrounds it stays readable.
 */
final class EvidenceView {

  static final int VALUE_BYTES_MAX = 64 << 10;
  static final int DEPTH_MAX = StrictJson.DEPTH_MAX + 8;
  private static final int PREVIEW_CHARACTERS = 200;

  private final String download;

  private EvidenceView(String download) {
    this.download = download;
  }

  /** The document with its hash, large values cut. */
  static Map<String, @Nullable Object> of(
      StoredEvidence stored, List<StoredSeal> seals, boolean nameEnvironment) {
    Map<String, @Nullable Object> view = of(stored, nameEnvironment);
    seals.forEach(
        seal ->
            view.put(
                "originals",
                seal.shreddedAt() == null
                    ? Map.of("state", "sealed")
                    : Map.of(
                        "state",
                        "shredded",
                        "shredded_at",
                        seal.shreddedAt().toInstant().toString())));
    return view;
  }

  private static Map<String, @Nullable Object> of(StoredEvidence stored, boolean nameEnvironment) {
    String download =
        "/v1/runs/"
            + encoded(stored.runId())
            + "/frames/"
            + stored.frame()
            + "/value?"
            + (nameEnvironment ? "environment=" + stored.environmentId() + "&" : "")
            + "pointer=";
    Map<String, @Nullable Object> document =
        Evidence.object(StrictJson.parse(stored.evidence(), DEPTH_MAX));
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    EvidenceView cut = new EvidenceView(download);
    document.forEach((name, value) -> view.put(name, cut.value(value, "/" + escaped(name))));
    view.put("sha256", HexFormat.of().formatHex(stored.sha256()));
    return view;
  }

  /** The value at a JSON Pointer (RFC 6901); null where there is none or it is null itself. */
  static @Nullable Object at(@Nullable Object tree, String pointer) {
    Object value = tree;
    if (!pointer.isEmpty() && !pointer.startsWith("/")) {
      throw Parameters.invalid("the parameter pointer must be empty or begin with /");
    }
    if (pointer.isEmpty()) {
      return value;
    }
    for (String part : pointer.substring(1).split("/", -1)) {
      value = member(value, part.replace("~1", "/").replace("~0", "~"));
    }
    return value;
  }

  private static @Nullable Object member(@Nullable Object value, String name) {
    if (value instanceof Map<?, ?> object && object.containsKey(name)) {
      return object.get(name);
    }
    if (value instanceof List<?> list && name.matches("0|[1-9][0-9]{0,8}")) {
      int index = Integer.parseInt(name);
      if (index < list.size()) {
        return list.get(index);
      }
    }
    throw Parameters.absent();
  }

  private @Nullable Object value(@Nullable Object value, String pointer) {
    return switch (value) {
      case String text -> text.length() > VALUE_BYTES_MAX / 4 ? whole(text, pointer) : text;
      case Map<?, ?> object -> object(object, pointer);
      case List<?> list -> list(list, pointer);
      case null -> null;
      default -> value;
    };
  }

  private @Nullable Object object(Map<?, ?> object, String pointer) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    object.forEach(
        (name, value) ->
            view.put(String.valueOf(name), value(value, pointer + "/" + escaped(name))));
    return whole(view, pointer);
  }

  private @Nullable Object list(List<?> list, String pointer) {
    List<@Nullable Object> view = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      view.add(value(list.get(i), pointer + "/" + i));
    }
    return whole(view, pointer);
  }

  /** The value itself, unless it is still too large with its own parts cut. */
  private Object whole(Object value, String pointer) {
    byte[] json = CanonicalJson.write(value);
    if (json.length <= VALUE_BYTES_MAX) {
      return value;
    }
    String text =
        value instanceof String string ? string : new String(json, StandardCharsets.UTF_8);
    int end = text.offsetByCodePoints(0, PREVIEW_CHARACTERS);
    Map<String, @Nullable Object> cut = new LinkedHashMap<>();
    cut.put("size_bytes", (long) json.length);
    cut.put("preview", text.substring(0, end));
    cut.put("download", download + encoded(pointer));
    return Map.of("$cut", cut);
  }

  private static String escaped(Object name) {
    return String.valueOf(name).replace("~", "~0").replace("/", "~1");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
