package dev.saferun.evaluator.meaning;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Directions of texts that were asked for before; the one that was not used longest leaves. */
final class Directions {

  private final int textsMax;
  private final Map<String, float[]> byText = new LinkedHashMap<>(64, 0.75f, true);

  Directions(int textsMax) {
    this.textsMax = textsMax;
  }

  synchronized float @Nullable [] find(String text) {
    return byText.get(text);
  }

  synchronized void put(String text, float[] direction) {
    byText.put(text, direction);
    if (byText.size() > textsMax) {
      byText.remove(byText.keySet().iterator().next());
    }
  }
}
