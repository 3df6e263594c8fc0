package dev.saferun.evaluator.http;

import dev.saferun.evaluator.RequestLimits;
import org.jspecify.annotations.Nullable;

/** How much of a list is answered at once. */
final class Pages {

  private Pages() {}

  /** As many as are asked for, within the limit; the limit where nothing is said. */
  static int size(RequestLimits limit, @Nullable Integer asked) {
    int count = asked == null ? limit.most() : asked;
    if (count < 1 || count > limit.most()) {
      throw limit.refuse("limit must be from 1 to " + limit.most(), null);
    }
    return count;
  }

  /** A list is numbered downwards: where no number is given it begins at the newest. */
  static int before(@Nullable Integer cursor) {
    return cursor == null ? Integer.MAX_VALUE : cursor;
  }
}
