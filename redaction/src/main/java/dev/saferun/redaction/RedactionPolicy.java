package dev.saferun.redaction;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.ProblemException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may be kept of captured data, compiled: rules for paths, and what happens to values that
 * detectors recognise. Immutable and safe to share between threads; a change is another policy with
 * another {@link #id()}. Compiling is the control plane's work, asking it the data plane's.
 *
 * <p>Where several rules name the same place the one that hides most holds: drop, then token, then
 * mask; of two that hide the same, the one that stands first.
 */
public final class RedactionPolicy {

  /** Rules in one policy; more are refused. */
  public static final int RULES_MAX = 500;

  /** Characters that a mask may leave, at both ends together. */
  public static final int KEPT_CHARACTERS_MAX = 8;

  /** Part of the content, so that the same rules under another reading get another id. */
  private static final long FORMAT = 1;

  private static final Pattern DATA_CLASS = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  private static final RedactionPolicy STANDARD =
      of(
          StandardRules.rules(),
          Map.of(Detector.CARD_NUMBER, new Action.Mask(0, 4), Detector.SECRET, new Action.Drop()));

  private final List<PathRule> rules;
  private final Map<Detector, Action> detectors;
  private final Map<String, Action> byClass;
  private final PathTrie paths;
  private final String id;

  private RedactionPolicy(List<PathRule> rules, Map<Detector, Action> detectors) {
    this.rules = List.copyOf(rules);
    EnumMap<Detector, Action> ordered = new EnumMap<>(Detector.class);
    ordered.putAll(detectors);
    this.detectors = ordered;
    this.byClass = new HashMap<>();
    ordered.forEach((detector, action) -> byClass.put(detector.dataClass(), action));
    this.paths = PathTrie.of(this.rules);
    this.id = HexFormat.of().formatHex(Sha256.of(CanonicalJson.write(content())));
  }

  /**
   * The policy of these rules, with what happens to what each detector finds; a detector that is
   * not named does nothing. A fault is refused with the rule that has it.
   */
  public static RedactionPolicy of(List<PathRule> rules, Map<Detector, Action> detectors) {
    if (rules.size() > RULES_MAX) {
      throw invalid("a policy has at most " + RULES_MAX + " rules", "/rules");
    }
    Set<String> paths = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      PathRule rule = rules.get(i);
      check(rule, "/rules/" + i);
      if (!paths.add(rule.anyCase() + rule.path())) {
        throw invalid("the path stands in an earlier rule too", "/rules/" + i + "/path");
      }
    }
    detectors.forEach(
        (detector, action) -> check(action, "/detectors/" + detector.dataClass() + "/action"));
    return new RedactionPolicy(rules, detectors);
  }

  /**
   * What holds where nobody chose otherwise: well-known names of secrets and recognisable secrets
   * are dropped, the value of a member {@code token} becomes a token, card numbers keep their last
   * four digits.
   */
  public static RedactionPolicy standard() {
    return STANDARD;
  }

  private static void check(PathRule rule, String pointer) {
    try {
      PathPattern.parse(rule.path(), rule.anyCase());
    } catch (IllegalArgumentException fault) {
      throw invalid(String.valueOf(fault.getMessage()), pointer + "/path");
    }
    if (!DATA_CLASS.matcher(rule.dataClass()).matches()) {
      throw invalid(
          "a class has 1 to 32 lower-case letters, digits and '_', the first a letter",
          pointer + "/class");
    }
    check(rule.action(), pointer + "/action");
  }

  private static void check(Action action, String pointer) {
    if (action instanceof Action.Mask mask
        && (mask.keepFirst() < 0
            || mask.keepLast() < 0
            || mask.keepLast() > KEPT_CHARACTERS_MAX - mask.keepFirst())) {
      throw invalid("a mask keeps 0 to " + KEPT_CHARACTERS_MAX + " characters", pointer);
    }
  }

  private static ProblemException invalid(String detail, String pointer) {
    return new ProblemException(RedactionProblem.INVALID_REDACTION_POLICY, detail, pointer);
  }

  /** The SHA-256 of {@link #content()} in canonical form, in hexadecimal. */
  public String id() {
    return id;
  }

  public List<PathRule> rules() {
    return rules;
  }

  /** The policy as a JSON tree: all that its decisions depend on, and nothing else. */
  public Map<String, Object> content() {
    List<Object> written = new ArrayList<>();
    for (PathRule rule : rules) {
      Map<String, Object> line = new TreeMap<>(content(rule.action()));
      line.put("path", rule.path());
      line.put("class", rule.dataClass());
      line.put("any_case", rule.anyCase());
      written.add(line);
    }
    Map<String, Object> found = new TreeMap<>();
    detectors.forEach((detector, action) -> found.put(detector.dataClass(), content(action)));
    return Map.of("format", FORMAT, "rules", written, "detectors", found);
  }

  private static Map<String, Object> content(Action action) {
    return action instanceof Action.Mask mask
        ? Map.of(
            "action",
            action.wireName(),
            "keep_first",
            (long) mask.keepFirst(),
            "keep_last",
            (long) mask.keepLast())
        : Map.of("action", action.wireName());
  }

  /** What happens to what is found of this class; nothing, when it is not part of the policy. */
  @Nullable Action action(String dataClass) {
    return byClass.get(dataClass);
  }

  PathTrie paths() {
    return paths;
  }
}
