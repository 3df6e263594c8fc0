package dev.saferun.redaction;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may be kept of captured data, compiled from its layers. Immutable and safe to share between
 * threads; a change is another policy with another {@link #id()}. Compiling is the control plane's
 * work, asking it the data plane's.
 *
 * <p>Where several rules name the same place, in one layer or in several, the one that hides most
 * holds: drop, then token, seal, band, mask, keep; of two that hide the same, the one that stands
 * first.
 */
public final class RedactionPolicy {

  /** Rules in one layer; more are refused. */
  public static final int RULES_MAX = 500;

  /** Characters that a mask may leave, at both ends together. */
  public static final int KEPT_CHARACTERS_MAX = 8;

  /** Edges of a band; more would tell the number. */
  public static final int EDGES_MAX = 32;

  /** Part of the content, so that the same rules under another reading get another id. */
  private static final long FORMAT = 2;

  private static final Pattern DATA_CLASS = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  private static final RedactionPolicy STANDARD = of(List.of(StandardRules.STANDARD));

  private final List<RedactionRules> layers;
  private final Map<String, Action> byClass = new HashMap<>();
  private final PathTrie paths;
  private final @Nullable Action text;
  private final CustomPatterns patterns;
  private final Retention retention;
  private final boolean seals;
  private final String id;

  private RedactionPolicy(List<RedactionRules> layers, CustomPatterns patterns) {
    this.layers = List.copyOf(layers);
    this.paths = PathTrie.of(this.layers);
    Action prose = null;
    for (RedactionRules layer : layers) {
      layer
          .detectors()
          .forEach(
              (detector, action) ->
                  byClass.merge(detector.dataClass(), action, RedactionPolicy::stronger));
      layer
          .patterns()
          .forEach(own -> byClass.merge(own.name(), own.action(), RedactionPolicy::stronger));
      prose = prose == null ? layer.text() : strongerOf(prose, layer.text());
    }
    this.text = prose;
    this.patterns = patterns;
    this.retention =
        layers.stream()
            .map(RedactionRules::retention)
            .reduce(Retention.FOR_EVER, Retention::shorter);
    this.seals = layers.stream().flatMap(RedactionPolicy::actions).anyMatch(RedactionPolicy::seals);
    this.id = HexFormat.of().formatHex(Sha256.of(CanonicalJson.write(content())));
  }

  /** The policy of these layers. A fault is refused with the place in the layer that has it. */
  public static RedactionPolicy of(List<RedactionRules> layers) {
    List<CustomPatterns> patterns = layers.stream().map(RedactionPolicy::check).toList();
    return new RedactionPolicy(layers, CustomPatterns.union(patterns));
  }

  /** The policy of one layer of rules for paths and for what detectors find. */
  public static RedactionPolicy of(List<PathRule> rules, Map<Detector, Action> detectors) {
    return of(List.of(new RedactionRules(rules, detectors, null, null)));
  }

  /** The policy of {@link RedactionRules#standard} alone. */
  public static RedactionPolicy standard() {
    return STANDARD;
  }

  /** Refuses what cannot hold; what is left is the layer's own patterns, compiled. */
  private static CustomPatterns check(RedactionRules layer) {
    List<PathRule> rules = layer.paths();
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
    layer
        .detectors()
        .forEach(
            (detector, action) ->
                checkFound(action, "/detectors/" + detector.dataClass() + "/action"));
    CustomPatterns patterns = patterns(layer);
    for (int i = 0; i < layer.patterns().size(); i++) {
      checkFound(layer.patterns().get(i).action(), "/patterns/" + i + "/action");
    }
    checkText(layer.text(), "/text/action");
    checkText(layer.unlisted(), "/unlisted/action");
    return patterns;
  }

  private static CustomPatterns patterns(RedactionRules layer) {
    return CustomPatterns.of(
        layer.patterns().stream()
            .map(own -> new CustomPatterns.CustomPattern(own.name(), own.expression()))
            .toList(),
        "/patterns");
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
    if (action instanceof Action.Band band && !isAscending(band.edges())) {
      throw invalid(
          "a band has 1 to " + EDGES_MAX + " edges, each greater than the one before", pointer);
    }
  }

  private static boolean isAscending(List<Double> edges) {
    boolean ascending = !edges.isEmpty() && edges.size() <= EDGES_MAX;
    for (int i = 1; i < edges.size(); i++) {
      ascending &= edges.get(i) > edges.get(i - 1);
    }
    return ascending && edges.stream().allMatch(Double::isFinite);
  }

  private static void checkFound(Action action, String pointer) {
    if (action instanceof Action.Band) {
      throw invalid("what is found in a text cannot become a band", pointer);
    }
    check(action, pointer);
  }

  private static void checkText(@Nullable Action action, String pointer) {
    if (action != null) {
      checkFound(action, pointer);
    }
  }

  private static ProblemException invalid(String detail, String pointer) {
    return new ProblemException(RedactionProblem.INVALID_REDACTION_POLICY, detail, pointer);
  }

  private static Stream<Action> actions(RedactionRules layer) {
    return Stream.of(
            layer.paths().stream().map(PathRule::action),
            layer.detectors().values().stream(),
            layer.patterns().stream().map(OwnPattern::action),
            Stream.ofNullable(layer.text()),
            Stream.ofNullable(layer.unlisted()))
        .flatMap(actions -> actions);
  }

  private static boolean seals(Action action) {
    return action instanceof Action.Seal;
  }

  static Action stronger(Action one, Action other) {
    return other.strength() > one.strength() ? other : one;
  }

  private static Action strongerOf(Action one, @Nullable Action other) {
    return other == null ? one : stronger(one, other);
  }

  /** The SHA-256 of {@link #content()} in canonical form, in hexadecimal. */
  public String id() {
    return id;
  }

  /** The organization's layer first, where it has one. */
  public List<RedactionRules> layers() {
    return layers;
  }

  /** The policy as a JSON tree: all that its decisions depend on, and nothing else. */
  public Map<String, Object> content() {
    List<Object> written = new ArrayList<>();
    layers.forEach(layer -> written.add(layer.toJson()));
    return Map.of("format", FORMAT, "layers", written);
  }

  /** How long what was recorded is kept. */
  public Retention retention() {
    return retention;
  }

  /** Whether anything may be sealed under it, for which a key is needed. */
  public boolean seals() {
    return seals;
  }

  /** What happens to what is found of this class; nothing, when it is not part of the policy. */
  @Nullable Action action(String dataClass) {
    Action action = byClass.get(dataClass);
    return action instanceof Action.Keep ? null : action;
  }

  /**
   * What happens to a captured text or number as a whole that no path rule hides.
   *
   * @param prose whether it is a text of several words
   */
  @Nullable Action whole(PathTrie.Place place, boolean prose) {
    Action chosen = prose ? text : null;
    for (int i = 0; i < layers.size(); i++) {
      Action unlisted = layers.get(i).unlisted();
      if (unlisted != null && !place.isListedBy(i)) {
        chosen = chosen == null ? unlisted : stronger(chosen, unlisted);
      }
    }
    return chosen instanceof Action.Keep ? null : chosen;
  }

  /** The organization's own patterns, of all layers. */
  CustomPatterns patterns() {
    return patterns;
  }

  PathTrie paths() {
    return paths;
  }
}
