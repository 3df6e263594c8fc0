package dev.saferun.evaluator.engine;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A JSON array as a CEL list, read where it stands; a {@link CelValue} for the same reason as
 * {@link JsonMap}.
 */
@SuppressWarnings(
    "Immutable") // It lives for one decision, in which nothing of the request changes.
final class JsonList extends CelValue implements List<Object>, RandomAccess {

  private static final CelType TYPE = ListType.create(SimpleType.DYN);

  private final List<@Nullable Object> tree;
  private final Steps steps;
  private final List<Object> view = new View();

  JsonList(List<@Nullable Object> tree, Steps steps) {
    this.tree = tree;
    this.steps = steps;
  }

  @Override
  public Object get(int index) {
    return JsonValues.adapt(steps.next(tree.get(index)), steps);
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
  public Iterator<Object> iterator() {
    return view.iterator();
  }

  @Override
  public boolean contains(@Nullable Object value) {
    return view.contains(value);
  }

  @Override
  public boolean containsAll(Collection<?> values) {
    return view.containsAll(values);
  }

  @Override
  public int indexOf(@Nullable Object value) {
    return view.indexOf(value);
  }

  @Override
  public int lastIndexOf(@Nullable Object value) {
    return view.lastIndexOf(value);
  }

  @Override
  public ListIterator<Object> listIterator() {
    return view.listIterator();
  }

  @Override
  public ListIterator<Object> listIterator(int index) {
    return view.listIterator(index);
  }

  @Override
  public List<Object> subList(int from, int to) {
    return view.subList(from, to);
  }

  @Override
  public Object[] toArray() {
    return view.toArray();
  }

  @Override
  public <T> T[] toArray(T[] array) {
    return view.toArray(array);
  }

  @Override
  public boolean add(Object value) {
    throw JsonMap.readOnly();
  }

  @Override
  public void add(int index, Object value) {
    throw JsonMap.readOnly();
  }

  @Override
  public boolean addAll(Collection<?> values) {
    throw JsonMap.readOnly();
  }

  @Override
  public boolean addAll(int index, Collection<?> values) {
    throw JsonMap.readOnly();
  }

  @Override
  public Object set(int index, Object value) {
    throw JsonMap.readOnly();
  }

  @Override
  public Object remove(int index) {
    throw JsonMap.readOnly();
  }

  @Override
  public boolean remove(@Nullable Object value) {
    throw JsonMap.readOnly();
  }

  @Override
  public boolean removeAll(Collection<?> values) {
    throw JsonMap.readOnly();
  }

  @Override
  public boolean retainAll(Collection<?> values) {
    throw JsonMap.readOnly();
  }

  @Override
  public void clear() {
    throw JsonMap.readOnly();
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

  /** What a list derives from its positions. */
  private final class View extends AbstractList<Object> {

    @Override
    public Object get(int index) {
      return JsonList.this.get(index);
    }

    @Override
    public int size() {
      return tree.size();
    }
  }
}
