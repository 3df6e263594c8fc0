package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Why a recorded call is decided as it is: the rules of its tool, each taken apart.
 *
 * @param asked how many rules the tool has; those that spoke stand first, and at most {@link
 *     Limits#EXPLAINED_RULES_MAX} are taken apart
 */
public record Explanation(Redecision again, int asked, List<Rule> rules) {

  public Explanation {
    rules = List.copyOf(rules);
  }

  /** What a part of a condition comes to. */
  public enum Truth {
    TRUE,
    FALSE,
    /** It failed, or it needs a value that redaction took. */
    UNKNOWN
  }

  /** One rule; its condition is the whole. */
  public record Rule(ActiveRule active, Part whole) {

    Map<String, @Nullable Object> toJson() {
      RuleVersion version = active.rule();
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("rule", version.name());
      json.put("version", (long) version.version());
      json.put("state", active.state().wire());
      json.put("verdict", version.verdict().wire());
      json.put("message", version.message());
      json.put("condition", whole.toJson());
      return json;
    }
  }

  /**
   * A part of a condition, and what it comes to on its own.
   *
   * @param error why it is unknown; empty where it is not
   * @param decides whether it belongs to the smallest set of parts whose values settle the whole,
   *     whatever the others were
   * @param element the place of the list's element that settled an {@code exists} or {@code all}
   * @param reads what the request and the run have at each place that it reads
   * @param parts what it connects by {@code &&}, {@code ||}, {@code !} or {@code ?:}
   */
  public record Part(
      String expression,
      Truth truth,
      String error,
      boolean decides,
      OptionalInt element,
      List<Read> reads,
      List<Part> parts) {

    public Part {
      reads = List.copyOf(reads);
      parts = List.copyOf(parts);
    }

    Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("expression", expression);
      json.put("value", truth.name().toLowerCase(Locale.ROOT));
      if (!error.isEmpty()) {
        json.put("error", error);
      }
      json.put("decides", decides);
      if (element.isPresent()) {
        json.put("element", (long) element.getAsInt());
      }
      if (!reads.isEmpty()) {
        json.put("reads", reads.stream().map(Read::toJson).toList());
      }
      if (!parts.isEmpty()) {
        json.put("parts", parts.stream().map(Part::toJson).toList());
      }
      return json;
    }
  }

  /**
   * A place that a part reads.
   *
   * @param value what stands there; of a long text its beginning, of a list or an object nothing
   * @param size the length of a list, an object, or of a text that is not given whole
   * @param error why nothing could be read
   */
  public record Read(
      String path, @Nullable Object value, OptionalInt size, @Nullable String error) {

    Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("path", path);
      if (error != null) {
        json.put("error", error);
      } else {
        json.put("value", value);
      }
      if (size.isPresent()) {
        json.put("size", (long) size.getAsInt());
      }
      return json;
    }
  }

  /** {@code asked} and {@code rules}, as the API and the command line write them. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("asked", (long) asked);
    json.put("rules", rules.stream().map(Rule::toJson).toList());
    return json;
  }
}
