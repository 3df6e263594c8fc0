package dev.saferun.replay.dryrun;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a preview from being a reveal. A value that differs between what is kept and the whole
 * document was sealed; of such a value only what says nothing is shown: the token that stands there
 * now, another token of the whole, or that it would be dropped. Anything else is withheld, and what
 * is kept now stands in its place.
 */
final class Withholding {

  private static final Pattern TOKEN = Pattern.compile("tok_[a-z][a-z0-9_]{0,31}_[0-9A-Za-z]{22}");
  private static final Map<String, String> DROPPED = Map.of("$redacted", "dropped");

  private final List<String> places = new ArrayList<>();

  /** Where something was withheld, as JSON Pointers, in the order of the document. */
  List<String> places() {
    return places;
  }

  /**
   * @param now as it is kept
   * @param whole the same with what was sealed in its place
   * @param again what a policy makes of the whole
   */
  Map<String, @Nullable Object> shown(
      Map<String, @Nullable Object> now,
      Map<String, @Nullable Object> whole,
      Map<String, @Nullable Object> again) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    again.forEach(
        (name, value) ->
            shown.put(name, shown("/" + escaped(name), now.get(name), whole.get(name), value)));
    return shown;
  }

  private @Nullable Object shown(
      String place, @Nullable Object now, @Nullable Object whole, @Nullable Object again) {
    if (Objects.equals(now, whole) || DROPPED.equals(again) || Objects.equals(now, again)) {
      return again;
    }
    if (now instanceof Map<?, ?> object
        && whole instanceof Map<?, ?> wholeObject
        && again instanceof Map<?, ?> againObject
        && object.keySet().equals(againObject.keySet())) {
      Map<Object, @Nullable Object> shown = new LinkedHashMap<>();
      object.forEach(
          (name, value) ->
              shown.put(
                  name,
                  shown(
                      place + "/" + escaped(name),
                      value,
                      wholeObject.get(name),
                      againObject.get(name))));
      return shown;
    }
    if (now instanceof List<?> list
        && whole instanceof List<?> wholeList
        && again instanceof List<?> againList
        && list.size() == againList.size()) {
      List<@Nullable Object> shown = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        shown.add(shown(place + "/" + i, list.get(i), wholeList.get(i), againList.get(i)));
      }
      return shown;
    }
    if (again instanceof String text && TOKEN.matcher(text).matches()) {
      return again;
    }
    places.add(place);
    return now;
  }

  private static String escaped(Object name) {
    return String.valueOf(name).replace("~", "~0").replace("/", "~1");
  }
}
