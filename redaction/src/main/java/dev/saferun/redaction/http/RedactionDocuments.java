package dev.saferun.redaction.http;

import dev.saferun.redaction.PolicyVersion;
import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.RedactionRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents of this module's API, and their forms for its description. */
final class RedactionDocuments {

  private RedactionDocuments() {}

  static Map<String, @Nullable Object> versions(List<PolicyVersion> versions) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("versions", versions.stream().map(RedactionDocuments::version).toList());
    return document;
  }

  static Map<String, @Nullable Object> version(PolicyVersion version) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("version", (long) version.version());
    document.put("rules", version.rules().toJson());
    document.put("by", version.by());
    document.put("at", version.at().toString());
    return document;
  }

  static Map<String, @Nullable Object> inForce(RedactionPolicy policy) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("policy", policy.id());
    document.put("layers", policy.layers().stream().map(RedactionRules::toJson).toList());
    return document;
  }

  /**
   * A layer of a policy.
   *
   * @param rules what happens at paths
   * @param detectors what happens to what a detector finds, by its class
   * @param patterns of the organization's own
   * @param text what happens to a text of several words in what an agent sent
   * @param unlisted what happens to a text or number there that no rule of this layer names
   * @param retention how long what was recorded is kept; of several layers the shorter time
   */
  record Rules(
      @Nullable List<Rule> rules,
      @Nullable Map<String, Done> detectors,
      @Nullable List<Pattern> patterns,
      @Nullable Done text,
      @Nullable Done unlisted,
      @Nullable Kept retention) {}

  /**
   * @param name the class of what it finds
   * @param pattern a regular expression as RE2 has it
   */
  record Pattern(
      String name,
      String pattern,
      String action,
      @Nullable Integer keepFirst,
      @Nullable Integer keepLast) {}

  /**
   * @param originalsDays after which the keys of what was sealed are destroyed
   * @param runsDays after which a run is deleted, counted from its last frame
   */
  record Kept(@Nullable Integer originalsDays, @Nullable Integer runsDays) {}

  /**
   * @param path a JSON Pointer, with {@code *} for any one name, {@code **} for any number of them,
   *     and {@code *} within a name
   * @param action drop, token, seal, band, mask or keep
   */
  record Rule(
      String path,
      String action,
      @Nullable String dataClass,
      @Nullable Boolean anyCase,
      @Nullable Integer keepFirst,
      @Nullable Integer keepLast,
      @Nullable List<Double> edges) {}

  /**
   * @param action drop, token, seal, mask or keep
   */
  record Done(String action, @Nullable Integer keepFirst, @Nullable Integer keepLast) {}

  record Version(int version, Rules rules, String by, String at) {}

  record Versions(List<Version> versions) {}

  /**
   * @param policy the hash that frames name
   * @param layers the organization's first, where it has one
   */
  record InForce(String policy, List<Rules> layers) {}

  /**
   * @param sample members of a frame as an agent sends them: action, context, content, result
   * @param policy a layer to try in the place of the environment's own
   */
  record PreviewBody(Map<String, Object> sample, @Nullable Rules policy) {}

  /**
   * @param kept the sample as it would be kept
   * @param redaction the policy, and what was done where
   */
  record Previewed(Map<String, Object> kept, Map<String, Object> redaction) {}
}
