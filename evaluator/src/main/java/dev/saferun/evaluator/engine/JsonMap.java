package dev.saferun.evaluator.engine;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import dev.cel.common.values.SelectableValue;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as a CEL map, read where it stands. It is a {@link CelValue} of its own because CEL
 * copies or walks every other map, whole and deep, each time that a condition names it.
 */
@SuppressWarnings(
    "Immutable") // It lives for one decision, in which nothing of the request changes.
final class JsonMap extends CelValue implements Map<String, Object>, SelectableValue<String> {

  private static final CelType TYPE = MapType.create(SimpleType.DYN, SimpleType.DYN);

  private final Map<String, @Nullable Object> tree;
  private final Steps steps;
  private final Map<String, Object> view = new View();

  JsonMap(Map<String, @Nullable Object> tree, Steps steps) {
    this.tree = tree;
    this.steps = steps;
  }

  @Override
  public Object select(String field) {
    Object value = get(field);
    if (value == null) {
      throw RuleFailure.of(RuleError.NO_SUCH_KEY);
    }
    return value;
  }

  @Override
  public Optional<Object> find(String field) {
    return Optional.ofNullable(get(field));
  }

  /** Null where there is no such key; a JSON null is a value. */
  @Override
  public @Nullable Object get(@Nullable Object key) {
    if (!(key instanceof String)) {
      return null;
    }
    Object value = tree.get(key);
    if (value == null && !tree.containsKey(key)) {
      return null;
    }
    return JsonValues.adapt(steps.read(value), steps);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof String && tree.containsKey(key);
  }

  @Override
  public int size() {
    return tree.size();
  }

  @Override
  public boolean isEmpty() {
    return tree.isEmpty();
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return view.entrySet();
  }

  @Override
  public Set<String> keySet() {
    return view.keySet();
  }

  @Override
  public Collection<Object> values() {
    return view.values();
  }

  @Override
  public boolean containsValue(@Nullable Object value) {
    return view.containsValue(value);
  }

  @Override
  public @Nullable Object put(String key, Object value) {
    throw readOnly();
  }

  @Override
  public @Nullable Object remove(@Nullable Object key) {
    throw readOnly();
  }

  @Override
  public void putAll(Map<? extends String, ?> more) {
    throw readOnly();
  }

  @Override
  public void clear() {
    throw readOnly();
  }

  @Override
  public Object value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return isEmpty();
  }

  @Override
  public CelType celType() {
    return TYPE;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return view.equals(other);
  }

  @Override
  public int hashCode() {
    return view.hashCode();
  }

  static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("a request is never changed");
  }

  /** What a map that can be gone through derives from its entries. */
  private final class View extends AbstractMap<String, Object> {

    @Override
    public Set<Entry<String, Object>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public Iterator<Entry<String, Object>> iterator() {
          return new Entries(tree.entrySet().iterator());
        }

        @Override
        public int size() {
          return tree.size();
        }
      };
    }
  }

  private final class Entries implements Iterator<Entry<String, Object>> {

    private final Iterator<Entry<String, @Nullable Object>> entries;

    Entries(Iterator<Entry<String, @Nullable Object>> entries) {
      this.entries = entries;
    }

    @Override
    public boolean hasNext() {
      return entries.hasNext();
    }

    @Override
    public Entry<String, Object> next() {
      Entry<String, @Nullable Object> entry = entries.next();
      steps.next(entry.getKey());
      Object value = JsonValues.adapt(steps.next(entry.getValue()), steps);
      return Map.entry(entry.getKey(), value);
    }
  }
}
