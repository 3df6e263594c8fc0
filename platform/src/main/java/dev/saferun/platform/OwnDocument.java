package dev.saferun.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object of a document that this appliance wrote itself. Whatever is not as it was written
 * is an {@link IllegalArgumentException}: the document as a whole cannot be understood.
 */
public record OwnDocument(Map<String, @Nullable Object> tree) {

  public String text(String name) {
    if (tree.get(name) instanceof String text) {
      return text;
    }
    throw otherwise(name);
  }

  public boolean has(String name) {
    return tree.get(name) != null;
  }

  public UUID id(String name) {
    return UUID.fromString(text(name));
  }

  public @Nullable UUID idIfAny(String name) {
    return has(name) ? id(name) : null;
  }

  public int number(String name) {
    if (tree.get(name) instanceof Long number) {
      return Math.toIntExact(number);
    }
    throw otherwise(name);
  }

  /** The constant whose name is written in lower case. */
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    return Enum.valueOf(type, text(name).toUpperCase(Locale.ROOT));
  }

  public OwnDocument object(String name) {
    return of(name, tree.get(name));
  }

  public List<OwnDocument> objects(String name) {
    if (!(tree.get(name) instanceof List<?> list)) {
      throw otherwise(name);
    }
    List<OwnDocument> objects = new ArrayList<>(list.size());
    list.forEach(one -> objects.add(of(name, one)));
    return objects;
  }

  @SuppressWarnings("unchecked")
  private static OwnDocument of(String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      return new OwnDocument((Map<String, @Nullable Object>) object);
    }
    throw otherwise(name);
  }

  private static IllegalArgumentException otherwise(String name) {
    return new IllegalArgumentException("the document has another '" + name + "' than is written");
  }
}
