package dev.saferun.redaction;

import dev.saferun.platform.ProblemException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One layer of a policy as JSON; what cannot be taken is refused with its place. */
final class RedactionRulesJson {

  private static final Set<String> MEMBERS =
      Set.of("rules", "detectors", "patterns", "text", "unlisted", "retention");
  private static final Set<String> RULE_MEMBERS = Set.of("path", "class", "any_case");
  private static final Set<String> PATTERN_MEMBERS = Set.of("name", "pattern");
  private static final Set<String> ACTIONS =
      Set.of("drop", "token", "seal", "band", "mask", "keep");
  private static final Map<String, Detector> DETECTORS =
      Stream.of(Detector.values())
          .collect(Collectors.toUnmodifiableMap(Detector::dataClass, detector -> detector));

  private RedactionRulesJson() {}

  static Map<String, Object> write(RedactionRules rules) {
    List<Object> written = new ArrayList<>();
    for (PathRule rule : rules.paths()) {
      Map<String, Object> line = new TreeMap<>(write(rule.action()));
      line.put("path", rule.path());
      line.put("class", rule.dataClass());
      line.put("any_case", rule.anyCase());
      written.add(line);
    }
    Map<String, Object> found = new TreeMap<>();
    rules.detectors().forEach((detector, action) -> found.put(detector.dataClass(), write(action)));
    Map<String, Object> json = new TreeMap<>();
    json.put("rules", written);
    json.put("detectors", found);
    if (!rules.patterns().isEmpty()) {
      json.put("patterns", rules.patterns().stream().map(RedactionRulesJson::write).toList());
    }
    if (rules.text() != null) {
      json.put("text", write(rules.text()));
    }
    if (rules.unlisted() != null) {
      json.put("unlisted", write(rules.unlisted()));
    }
    if (!rules.retention().equals(Retention.FOR_EVER)) {
      json.put("retention", write(rules.retention()));
    }
    return json;
  }

  private static Map<String, Object> write(OwnPattern pattern) {
    Map<String, Object> json = new TreeMap<>(write(pattern.action()));
    json.put("name", pattern.name());
    json.put("pattern", pattern.expression());
    return json;
  }

  private static Map<String, Object> write(Retention retention) {
    Map<String, Object> json = new TreeMap<>();
    if (retention.originalsDays() != null) {
      json.put("originals_days", (long) retention.originalsDays());
    }
    if (retention.runsDays() != null) {
      json.put("runs_days", (long) retention.runsDays());
    }
    return json;
  }

  private static Map<String, Object> write(Action action) {
    Map<String, Object> json = new TreeMap<>();
    json.put("action", action.wireName());
    if (action instanceof Action.Mask mask) {
      json.put("keep_first", (long) mask.keepFirst());
      json.put("keep_last", (long) mask.keepLast());
    }
    if (action instanceof Action.Band band) {
      json.put("edges", band.edges());
    }
    return json;
  }

  static RedactionRules read(Map<String, @Nullable Object> json) {
    known(json, MEMBERS, "");
    List<PathRule> paths = new ArrayList<>();
    for (Object line : list(json.get("rules"), "/rules")) {
      paths.add(rule(line, "/rules/" + paths.size()));
    }
    Map<Detector, Action> detectors = new EnumMap<>(Detector.class);
    object(json.get("detectors"), "/detectors")
        .forEach(
            (name, action) ->
                detectors.put(detector(name), action(action, "/detectors/" + name, Set.of())));
    return new RedactionRules(
        paths,
        detectors,
        patterns(json.get("patterns")),
        whole(json.get("text"), "/text"),
        whole(json.get("unlisted"), "/unlisted"),
        retention(object(json.get("retention"), "/retention")));
  }

  private static List<OwnPattern> patterns(@Nullable Object json) {
    List<OwnPattern> patterns = new ArrayList<>();
    for (Object one : list(json, "/patterns")) {
      String place = "/patterns/" + patterns.size();
      Map<String, @Nullable Object> pattern = object(one, place);
      Action action = action(pattern, place, PATTERN_MEMBERS);
      patterns.add(
          new OwnPattern(text(pattern, "name", place), text(pattern, "pattern", place), action));
    }
    return patterns;
  }

  private static Retention retention(Map<String, @Nullable Object> json) {
    known(json, Set.of("originals_days", "runs_days"), "/retention");
    return new Retention(days(json, "originals_days"), days(json, "runs_days"));
  }

  private static @Nullable Integer days(Map<String, @Nullable Object> json, String name) {
    Object value = json.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Long days && days >= 1 && days <= Retention.DAYS_MAX) {
      return Math.toIntExact(days);
    }
    throw invalid("must be 1 to " + Retention.DAYS_MAX, "/retention/" + name);
  }

  private static Detector detector(String name) {
    Detector detector = DETECTORS.get(name);
    if (detector == null) {
      throw invalid(
          "there is no such detector; there are "
              + String.join(", ", DETECTORS.keySet().stream().sorted().toList()),
          "/detectors/" + name);
    }
    return detector;
  }

  private static PathRule rule(@Nullable Object line, String place) {
    Map<String, @Nullable Object> rule = object(line, place);
    Action action = action(rule, place, RULE_MEMBERS);
    return new PathRule(
        text(rule, "path", place),
        action,
        rule.containsKey("class") ? text(rule, "class", place) : "value",
        flag(rule.get("any_case"), place + "/any_case"));
  }

  private static @Nullable Action whole(@Nullable Object json, String place) {
    return json == null ? null : action(json, place, Set.of());
  }

  private static Action action(@Nullable Object json, String place, Set<String> beside) {
    Map<String, @Nullable Object> object = object(json, place);
    String name = text(object, "action", place);
    Set<String> own =
        switch (name) {
          case "mask" -> Set.of("action", "keep_first", "keep_last");
          case "band" -> Set.of("action", "edges");
          default -> Set.of("action");
        };
    Set<String> all = Stream.concat(own.stream(), beside.stream()).collect(Collectors.toSet());
    known(object, all, place);
    return switch (name) {
      case "drop" -> new Action.Drop();
      case "token" -> new Action.Token();
      case "seal" -> new Action.Seal();
      case "keep" -> new Action.Keep();
      case "mask" ->
          new Action.Mask(whole(object, "keep_first", place), whole(object, "keep_last", place));
      case "band" -> new Action.Band(edges(object.get("edges"), place + "/edges"));
      default ->
          throw invalid(
              "there is no such action; there are "
                  + String.join(", ", ACTIONS.stream().sorted().toList()),
              place + "/action");
    };
  }

  private static List<Double> edges(@Nullable Object json, String place) {
    List<Double> edges = new ArrayList<>();
    for (Object edge : list(json, place)) {
      if (!(edge instanceof Number number)) {
        throw invalid("must be a number", place + "/" + edges.size());
      }
      edges.add(number.doubleValue());
    }
    return edges;
  }

  private static int whole(Map<String, @Nullable Object> object, String name, String place) {
    Object value = object.get(name);
    if (value == null) {
      return 0;
    }
    if (value instanceof Long number
        && number >= 0
        && number <= RedactionPolicy.KEPT_CHARACTERS_MAX) {
      return Math.toIntExact(number);
    }
    throw invalid("must be 0 to " + RedactionPolicy.KEPT_CHARACTERS_MAX, place + "/" + name);
  }

  private static String text(Map<String, @Nullable Object> object, String name, String place) {
    if (object.get(name) instanceof String text) {
      return text;
    }
    throw invalid("must be there and be a text", place + "/" + name);
  }

  private static boolean flag(@Nullable Object value, String place) {
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw invalid("must be true or false", place);
  }

  private static void known(Map<String, ?> object, Set<String> names, String place) {
    for (String name : object.keySet()) {
      if (!names.contains(name)) {
        throw invalid(
            "there is no such field; known are "
                + String.join(", ", names.stream().sorted().toList()),
            place + "/" + name.replace("~", "~0").replace("/", "~1"));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(@Nullable Object value, String place) {
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw invalid("must be an object", place);
  }

  private static List<?> list(@Nullable Object value, String place) {
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw invalid("must be an array", place);
  }

  private static ProblemException invalid(String detail, String pointer) {
    return new ProblemException(RedactionProblem.INVALID_REDACTION_POLICY, detail, pointer);
  }
}
