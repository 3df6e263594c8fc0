package dev.saferun.replay.proof;

import dev.saferun.platform.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The first place in which two trees differ. */
final class Difference {

  private static final int CHARACTERS_MAX = 200;
  private static final Object ABSENT = new Object();

  private Difference() {}

  /** Empty where both have the same canonical bytes. */
  static Optional<Finding.Different> between(@Nullable Object kept, @Nullable Object decided) {
    return Arrays.equals(CanonicalJson.write(kept), CanonicalJson.write(decided))
        ? Optional.empty()
        : Optional.of(first(kept, decided, ""));
  }

  private static Finding.Different first(
      @Nullable Object kept, @Nullable Object decided, String pointer) {
    if (kept instanceof Map<?, ?> one && decided instanceof Map<?, ?> other) {
      TreeSet<String> names = new TreeSet<>();
      one.keySet().forEach(name -> names.add(String.valueOf(name)));
      other.keySet().forEach(name -> names.add(String.valueOf(name)));
      for (String name : names) {
        Object in = one.containsKey(name) ? one.get(name) : ABSENT;
        Object out = other.containsKey(name) ? other.get(name) : ABSENT;
        if (differ(in, out)) {
          return first(in, out, pointer + "/" + Pointers.escaped(name));
        }
      }
    }
    if (kept instanceof List<?> one && decided instanceof List<?> other) {
      for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
        Object in = i < one.size() ? one.get(i) : ABSENT;
        Object out = i < other.size() ? other.get(i) : ABSENT;
        if (differ(in, out)) {
          return first(in, out, pointer + "/" + i);
        }
      }
    }
    return new Finding.Different(pointer, text(kept), text(decided));
  }

  private static boolean differ(@Nullable Object one, @Nullable Object other) {
    return one == ABSENT
        || other == ABSENT
        || !Arrays.equals(CanonicalJson.write(one), CanonicalJson.write(other));
  }

  private static String text(@Nullable Object value) {
    if (value == ABSENT) {
      return "absent";
    }
    String text = new String(CanonicalJson.write(value), StandardCharsets.UTF_8);
    int end = Math.min(CHARACTERS_MAX, text.length());
    return text.length() <= CHARACTERS_MAX
        ? text
        : text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
