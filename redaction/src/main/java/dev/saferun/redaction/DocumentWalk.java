package dev.saferun.redaction;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one document with one policy: path rules, then detectors in what they left. A part
 * in which nothing is found is the very same object in the result.
 */
final class DocumentWalk {

  /** What stands where a value was dropped; no captured member can have this name. */
  static final String MARKER = "$redacted";

  static final Map<String, Object> DROPPED = Map.of(MARKER, "dropped");

  private static final Action NAME_ACTION = new Action.Token();
  private static final String TEXT_CLASS = "text";
  private static final String MASKED = "****";

  /** The shortest number that can be a person's, by its name: seven digits. */
  private static final long NUMBER_MIN = 1_000_000L;

  private static final double NUMBER_MAX = 1e19;

  private static final int JSON_CHARACTERS_MAX = 256 << 10;
  private static final int JSON_LEVELS_MAX = 2;
  private static final int PROSE_WORDS_MIN = 3;
  private static final int PROSE_CHARACTERS_MIN = 80;

  private final RedactionPolicy policy;
  private final Tokens tokens;
  private final SealBox box;
  private final Applied applied = new Applied();
  private final Path path = new Path();

  private boolean captured;
  private boolean inSealed;
  private int jsonLevel;

  DocumentWalk(RedactionPolicy policy, Tokens tokens, SealBox box) {
    this.policy = policy;
    this.tokens = tokens;
    this.box = box;
  }

  Applied applied() {
    return applied;
  }

  /** The top level: all but the structural members. */
  Map<String, @Nullable Object> document(
      Map<String, @Nullable Object> document, RedactedMembers members) {
    return members(document, policy.paths().root(), members);
  }

  private @Nullable Object value(@Nullable Object value, PathTrie.Place place) {
    PathRule rule = place.rule();
    if (rule != null && value != null && isDone(rule.action())) {
      return ruled(rule, value, place);
    }
    return inside(value, place);
  }

  private @Nullable Object inside(@Nullable Object value, PathTrie.Place place) {
    return switch (value) {
      case String text -> text(text, place);
      case Long number -> wholeNumber(number, place);
      case Double number -> wholeNumber(number, place);
      case Map<?, ?> object -> object(object, place);
      case List<?> array -> array(array, place);
      case null -> null;
      default -> value;
    };
  }

  /** In what is sealed, only that is done which takes something for good. */
  private boolean isDone(Action action) {
    return !(action instanceof Action.Keep) && (!inSealed || action.isForGood());
  }

  /** What cannot be read as a text has no ends that a mask could keep, and is dropped. */
  private @Nullable Object ruled(PathRule rule, Object value, PathTrie.Place place) {
    boolean fits =
        switch (rule.action()) {
          case Action.Mask mask -> value instanceof String || value instanceof Number;
          case Action.Band band -> value instanceof Number;
          default -> true;
        };
    return whole(fits ? rule.action() : new Action.Drop(), rule.dataClass(), value, place);
  }

  /** Does it to a value as a whole. */
  private @Nullable Object whole(
      Action action, String dataClass, Object value, PathTrie.Place place) {
    applied.value(path, action.wireName(), dataClass);
    return switch (action) {
      case Action.Drop drop -> DROPPED;
      case Action.Token token -> tokens.of(dataClass, value);
      case Action.Seal seal -> sealed(dataClass, value, place);
      case Action.Band band -> Bands.of(band, ((Number) value).doubleValue());
      case Action.Mask mask -> masked(mask, plain(value));
      case Action.Keep keep -> value;
    };
  }

  /** The token of the whole value; the original goes into the box, less what is gone for good. */
  private String sealed(String dataClass, Object value, PathTrie.Place place) {
    String token = tokens.of(dataClass, value);
    inSealed = true;
    Object kept = inside(value, place);
    inSealed = false;
    box.add(path.pointer(Integer.MAX_VALUE), token, kept);
    return token;
  }

  /** What happens to a text or number as a whole: only to what an agent sent. */
  private @Nullable Action whole(PathTrie.Place place, boolean prose) {
    return captured && !inSealed && jsonLevel == 0 ? policy.whole(place, prose) : null;
  }

  private Object wholeNumber(Number number, PathTrie.Place place) {
    Action action = whole(place, false);
    if (action != null) {
      return Objects.requireNonNull(whole(action, TEXT_CLASS, number, place));
    }
    return number instanceof Long whole ? number(whole) : number((Double) number);
  }

  private static String plain(Object value) {
    return value instanceof String text
        ? text
        : new String(CanonicalJson.write(value), StandardCharsets.UTF_8);
  }

  private static String masked(Action.Mask mask, String text) {
    int length = text.codePointCount(0, text.length());
    if (length < 2 * (mask.keepFirst() + mask.keepLast())) {
      return MASKED;
    }
    int firstEnd = text.offsetByCodePoints(0, mask.keepFirst());
    int lastStart = text.offsetByCodePoints(text.length(), -mask.keepLast());
    return text.substring(0, firstEnd) + MASKED + text.substring(lastStart);
  }

  @SuppressWarnings("unchecked")
  private Map<String, @Nullable Object> object(Map<?, ?> object, PathTrie.Place place) {
    return members((Map<String, @Nullable Object>) object, place, null);
  }

  private Map<String, @Nullable Object> members(
      Map<String, @Nullable Object> object, PathTrie.Place place, @Nullable RedactedMembers top) {
    Map<String, @Nullable Object> copy = null;
    for (Map.Entry<String, @Nullable Object> member : object.entrySet()) {
      String name = member.getKey();
      Object value = member.getValue();
      if (top != null) {
        captured = top.captured().contains(name);
        if (top.structural().contains(name)) {
          if (copy != null) {
            copy.put(name, value);
          }
          continue;
        }
      }
      String keptName = keptName(name, object, copy);
      path.enterMember(keptName);
      Object keptValue = value(value, place.member(name));
      path.leave();
      if (copy == null && !(keptName.equals(name) && isSame(keptValue, value))) {
        copy = before(name, object);
      }
      if (copy != null) {
        copy.put(keptName, keptValue);
      }
    }
    return copy == null ? object : copy;
  }

  /** Untouched parts are shared, so identity says it; equality would walk each part again. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(@Nullable Object one, @Nullable Object other) {
    return one == other;
  }

  /** A copy of all members that stand before this one. */
  private static Map<String, @Nullable Object> before(
      String name, Map<String, @Nullable Object> object) {
    Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(object.size());
    for (Map.Entry<String, @Nullable Object> member : object.entrySet()) {
      if (member.getKey().equals(name)) {
        break;
      }
      copy.put(member.getKey(), member.getValue());
    }
    return copy;
  }

  /**
   * The name under which a member may be kept. What is found in a name always becomes a token,
   * whatever the policy does in values, so that two names stay two; and a name that would read as
   * our marker gets one more {@code $}.
   */
  private String keptName(
      String name,
      Map<String, @Nullable Object> object,
      @Nullable Map<String, @Nullable Object> copy) {
    if (isMarker(name)) {
      path.enterMember("$" + name);
      applied.name(path, "escape", "marker");
      path.leave();
      return "$" + name;
    }
    List<TextScanner.Finding> findings = TextScanner.find(name, policy.patterns());
    if (findings.isEmpty()) {
      return name;
    }
    String kept = replaced(name, findings, NAME_ACTION);
    while (!kept.equals(name)
        && (object.containsKey(kept) || (copy != null && copy.containsKey(kept)))) {
      kept += "_";
    }
    path.enterMember(kept);
    for (TextScanner.Finding finding : findings) {
      if (action(finding.dataClass()) != null) {
        applied.name(path, NAME_ACTION.wireName(), finding.dataClass());
      }
    }
    path.leave();
    return kept;
  }

  private @Nullable Object text(String text, PathTrie.Place place) {
    Action action = whole(place, isProse(text));
    if (action != null) {
      return whole(action, TEXT_CLASS, text, place);
    }
    String json = json(text, place);
    return json == null ? found(text) : json;
  }

  /** Several words, or so many characters that it is no name or number of something. */
  private static boolean isProse(String text) {
    int words = 1;
    for (int i = 1; i < text.length() - 1; i++) {
      words += text.charAt(i) == ' ' || text.charAt(i) == '\n' ? 1 : 0;
    }
    return words >= PROSE_WORDS_MIN || text.length() >= PROSE_CHARACTERS_MIN;
  }

  /**
   * A JSON document in a text is walked as the tree that it is, at the place of the text; null
   * where it is none, or nothing in it was changed.
   */
  private @Nullable String json(String text, PathTrie.Place place) {
    if (!mayBeJson(text)) {
      return null;
    }
    Object tree;
    try {
      tree = StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), StrictJson.DEPTH_MAX);
    } catch (ProblemException none) {
      return null;
    }
    jsonLevel++;
    path.stay(true);
    Object kept = inside(tree, place);
    jsonLevel--;
    path.stay(jsonLevel > 0);
    return isSame(kept, tree)
        ? null
        : new String(CanonicalJson.write(kept), StandardCharsets.UTF_8);
  }

  private boolean mayBeJson(String text) {
    int length = text.length();
    if (length < 2 || length > JSON_CHARACTERS_MAX || jsonLevel == JSON_LEVELS_MAX) {
      return false;
    }
    char first = text.charAt(0);
    char last = text.charAt(length - 1);
    return (first == '{' && last == '}') || (first == '[' && last == ']');
  }

  private String found(String text) {
    List<TextScanner.Finding> findings = TextScanner.find(text, path.lastName(), policy.patterns());
    if (findings.isEmpty()) {
      return text;
    }
    for (TextScanner.Finding finding : findings) {
      Action action = action(finding.dataClass());
      if (action != null) {
        applied.value(path, action.wireName(), finding.dataClass());
      }
    }
    return replaced(text, findings, null);
  }

  /**
   * The text with the findings replaced.
   *
   * @param always what is done to each of them, when it is not the policy that says so
   */
  private String replaced(
      String text, List<TextScanner.Finding> findings, @Nullable Action always) {
    StringBuilder kept = new StringBuilder(text.length());
    int done = 0;
    for (TextScanner.Finding finding : findings) {
      Action chosen = action(finding.dataClass());
      if (chosen != null) {
        String part = text.substring(finding.start(), finding.end());
        kept.append(text, done, finding.start())
            .append(inText(always == null ? chosen : always, finding.dataClass(), part));
        done = finding.end();
      }
    }
    return done == 0 ? text : kept.append(text, done, text.length()).toString();
  }

  private String inText(Action action, String dataClass, String part) {
    String plain = NormalForm.of(dataClass, part);
    return switch (action) {
      case Action.Drop drop -> "[redacted:" + dataClass + "]";
      case Action.Mask mask -> masked(mask, plain);
      case Action.Token token -> tokens.of(dataClass, plain);
      case Action.Seal seal -> sealedPart(dataClass, plain, part);
      case Action.Band band -> throw new IllegalStateException("a policy has no such action here");
      case Action.Keep keep -> part;
    };
  }

  private String sealedPart(String dataClass, String plain, String part) {
    String token = tokens.of(dataClass, plain);
    box.add(path.pointer(Integer.MAX_VALUE), token, part);
    return token;
  }

  private @Nullable Action action(String dataClass) {
    Action action = policy.action(dataClass);
    return action != null && isDone(action) ? action : null;
  }

  private Object number(Long number) {
    long size = Math.abs(number);
    return size < NUMBER_MIN ? number : number(number, Long.toString(size));
  }

  private Object number(Double number) {
    double size = Math.abs(number);
    if (size < NUMBER_MIN || size >= NUMBER_MAX || size != Math.rint(size)) {
      return number;
    }
    return number(number, new BigDecimal(Double.toString(size)).toBigInteger().toString());
  }

  private Object number(Object number, String digits) {
    String dataClass = TextScanner.findInNumber(digits, path.lastName());
    Action action = dataClass == null ? null : action(dataClass);
    if (dataClass == null || action == null) {
      return number;
    }
    applied.value(path, action.wireName(), dataClass);
    return switch (action) {
      case Action.Drop drop -> DROPPED;
      case Action.Seal seal -> sealedNumber(dataClass, digits, number);
      default -> inText(action, dataClass, digits);
    };
  }

  private String sealedNumber(String dataClass, String digits, Object number) {
    String token = tokens.of(dataClass, NormalForm.of(dataClass, digits));
    box.add(path.pointer(Integer.MAX_VALUE), token, number);
    return token;
  }

  private List<@Nullable Object> array(List<?> array, PathTrie.Place place) {
    List<@Nullable Object> copy = null;
    for (int i = 0; i < array.size(); i++) {
      Object element = array.get(i);
      path.enterElement(i);
      Object kept = value(element, place.element(i));
      path.leave();
      if (copy == null && !isSame(kept, element)) {
        copy = new ArrayList<>(array);
      }
      if (copy != null) {
        copy.set(i, kept);
      }
    }
    return copy == null ? same(array) : copy;
  }

  @SuppressWarnings("unchecked")
  private static List<@Nullable Object> same(List<?> array) {
    return (List<@Nullable Object>) array;
  }

  /** One or more {@code $} and then the marker's word. */
  private static boolean isMarker(String name) {
    int word = name.length() - (MARKER.length() - 1);
    if (word < 1 || name.charAt(0) != '$' || !name.endsWith(MARKER)) {
      return false;
    }
    for (int i = 1; i < word; i++) {
      if (name.charAt(i) != '$') {
        return false;
      }
    }
    return true;
  }
}
