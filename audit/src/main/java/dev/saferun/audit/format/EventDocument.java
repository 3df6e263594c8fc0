package dev.saferun.audit.format;

import dev.saferun.audit.stream.StreamedEvent;
import dev.saferun.platform.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a format asks of an event. Nothing here throws: a member that is missing, empty or of
 * another type than it should be is answered with nothing, or with its JSON as a text.
 *
 * @param tree the document, made writable
 */
record EventDocument(StreamedEvent event, Map<String, @Nullable Object> tree) {

  private static final String NO_CODE = "unknown";
  private static final String SYSTEM = "system";

  static EventDocument of(StreamedEvent event) {
    return new EventDocument(event, WritableTree.of(event.document()));
  }

  String id() {
    return event.id().toString();
  }

  String kind() {
    return event.kind().name().toLowerCase(Locale.ROOT);
  }

  String organizationId() {
    return event.organizationId().toString();
  }

  /** As it was recorded, to the microsecond. */
  String at() {
    return maybe("at").orElse(event.at().toString());
  }

  Code code() {
    return Code.of(maybe("code").orElse(NO_CODE));
  }

  Outcome outcome() {
    return Outcome.of(text("outcome"));
  }

  Optional<Target> target() {
    return maybe("target").map(Target::of);
  }

  /** The text at the end of a path of names; numbers and trees as JSON; null for an empty one. */
  @Nullable String text(String... path) {
    return textOf(value(path));
  }

  Optional<String> maybe(String... path) {
    return Optional.ofNullable(text(path));
  }

  /** The texts in a list at the end of a path; one text where that is no list. */
  List<String> texts(String... path) {
    Object value = value(path);
    List<?> items = value instanceof List<?> list ? list : Collections.singletonList(value);
    return items.stream().map(EventDocument::textOf).flatMap(Stream::ofNullable).toList();
  }

  @Nullable Object value(String... path) {
    return valueIn(tree, path);
  }

  /** Who acted; in a detection its subject. The appliance signs its log itself. */
  Map<String, @Nullable Object> actor() {
    return switch (event.kind()) {
      case AUDIT -> object("actor");
      case DETECTION -> object("subject");
      case CHECKPOINT -> Map.of("kind", SYSTEM, "name", Product.WORD);
    };
  }

  boolean isByTheAppliance() {
    return SYSTEM.equals(actor().get("kind"));
  }

  /** The object of this name; empty where there is none. */
  Map<String, @Nullable Object> object(String name) {
    return object(tree.get(name));
  }

  /** Whether a member is an object with no other members than these. */
  boolean hasOnly(String name, Set<String> members) {
    return tree.get(name) instanceof Map<?, ?> object && members.containsAll(object.keySet());
  }

  /** The objects in a list, without whatever else is in it. */
  List<Map<String, @Nullable Object>> objects(String name) {
    return tree.get(name) instanceof List<?> list
        ? list.stream().filter(Map.class::isInstance).map(EventDocument::object).toList()
        : List.of();
  }

  static @Nullable String textIn(Map<String, @Nullable Object> tree, String... path) {
    return textOf(valueIn(tree, path));
  }

  static Optional<String> maybeIn(Map<String, @Nullable Object> tree, String... path) {
    return Optional.ofNullable(textIn(tree, path));
  }

  static String json(@Nullable Object tree) {
    return new String(CanonicalJson.write(tree), StandardCharsets.UTF_8);
  }

  private static @Nullable Object valueIn(Map<String, @Nullable Object> tree, String... path) {
    Object value = tree;
    for (String name : path) {
      value = value instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return value;
  }

  private static @Nullable String textOf(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text.isEmpty() ? null : text;
      default -> json(value);
    };
  }

  /** Every object in here was made by {@link WritableTree}, so its names are texts. */
  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(@Nullable Object object) {
    return object instanceof Map<?, ?> members ? (Map<String, @Nullable Object>) members : Map.of();
  }
}
