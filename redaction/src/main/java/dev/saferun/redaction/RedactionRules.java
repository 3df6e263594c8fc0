package dev.saferun.redaction;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a policy as somebody wrote it: what happens at paths, to what detectors find, to
 * prose, and to what no path names. A policy is made of an organization's layer and of a project's;
 * where they differ, the one that hides more holds, so no project can loosen its organization's.
 *
 * @param patterns of the organization's own, beside the detectors
 * @param text what happens to a captured text of several words; null leaves it to the detectors
 * @param unlisted what happens to a captured text or number that no path of this layer names; null
 *     leaves it to the detectors
 * @param retention how long what was recorded is kept
 */
public record RedactionRules(
    List<PathRule> paths,
    Map<Detector, Action> detectors,
    List<OwnPattern> patterns,
    @Nullable Action text,
    @Nullable Action unlisted,
    Retention retention) {

  public RedactionRules {
    paths = List.copyOf(paths);
    patterns = List.copyOf(patterns);
    EnumMap<Detector, Action> ordered = new EnumMap<>(Detector.class);
    ordered.putAll(detectors);
    detectors = Collections.unmodifiableMap(ordered);
  }

  /** A layer without patterns of its own, that says nothing of retention. */
  public RedactionRules(
      List<PathRule> paths,
      Map<Detector, Action> detectors,
      @Nullable Action text,
      @Nullable Action unlisted) {
    this(paths, detectors, List.of(), text, unlisted, Retention.FOR_EVER);
  }

  /**
   * What holds where nobody chose otherwise: well-known names of secrets and recognisable secrets
   * are dropped, the value of a member {@code token} becomes a token, card numbers keep their last
   * four digits.
   */
  public static RedactionRules standard() {
    return StandardRules.STANDARD;
  }

  /**
   * What holds in production where nobody chose otherwise: the standard, and prose and whatever is
   * not known to be a plain part of a call is sealed.
   */
  public static RedactionRules production() {
    return StandardRules.PRODUCTION;
  }

  /**
   * Reads what a person wrote.
   *
   * @throws dev.saferun.platform.ProblemException with the place of what cannot be taken
   */
  public static RedactionRules read(Map<String, @Nullable Object> json) {
    return RedactionRulesJson.read(json);
  }

  /** As {@link #read} takes it. */
  public Map<String, Object> toJson() {
    return RedactionRulesJson.write(this);
  }
}
