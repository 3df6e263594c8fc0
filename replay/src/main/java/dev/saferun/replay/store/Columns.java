package dev.saferun.replay.store;

import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Turns rows into one array a column, as {@code unnest} takes them. */
final class Columns<R> {

  private final List<R> rows;
  private final Tuple tuple = Tuple.tuple();

  Columns(List<R> rows) {
    this.rows = rows;
  }

  /** A single value in front of the arrays. */
  Columns<R> value(@Nullable Object value) {
    tuple.addValue(value);
    return this;
  }

  <T> Columns<R> column(IntFunction<T[]> array, Function<R, ? extends @Nullable T> of) {
    @Nullable T[] values = array.apply(rows.size());
    for (int i = 0; i < values.length; i++) {
      values[i] = of.apply(rows.get(i));
    }
    tuple.addValue(values);
    return this;
  }

  Tuple tuple() {
    return tuple;
  }
}
