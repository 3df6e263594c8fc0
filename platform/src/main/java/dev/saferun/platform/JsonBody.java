package dev.saferun.platform;

import dev.saferun.platform.json.RecordBinder;

/**
 * Reads a request's body into a record, and says exactly what is wrong with one that does not fit.
 *
 * <p>A component's wire name is its own in snake_case ({@code displayName} is {@code
 * display_name}), an enum constant's is in lower case. Refused with the JSON Pointer of the place:
 * unknown fields, missing or null ones whose component is not {@code @Nullable}, and wrong types;
 * nothing is coerced. A component may be a text, a boolean, a number, an enum, a UUID, an Instant,
 * another record, a List, a Map with text keys, or {@code Object} for any JSON as {@link
 * StrictJson} reads it. What a record's own constructor refuses by IllegalArgumentException is
 * refused here with that message.
 */
public final class JsonBody {

  private JsonBody() {}

  public static <T extends Record> T read(byte[] body, Class<T> type) {
    return RecordBinder.bind(StrictJson.parse(body), type);
  }

  /** The same for a tree, for callers that need both the tree and the record. */
  public static <T extends Record> T bind(Object tree, Class<T> type) {
    return RecordBinder.bind(tree, type);
  }
}
