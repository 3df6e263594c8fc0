package dev.saferun.redaction;

import java.util.List;
import java.util.Map;

/** Signatures first. */
public final class RedactionPolicy {
  private final List<PathRule> rules;
  private final Map<Detector, Action> detectors;

  private RedactionPolicy(List<PathRule> rules, Map<Detector, Action> detectors) {
    this.rules = List.copyOf(rules);
    this.detectors = Map.copyOf(detectors);
  }

  /** The policy of these rules and detectors; a fault is refused with the rule that has it. */
  public static RedactionPolicy of(List<PathRule> rules, Map<Detector, Action> detectors) {
    return new RedactionPolicy(rules, detectors);
  }

  /** What holds where nobody chose otherwise. */
  public static RedactionPolicy standard() {
    return of(List.of(), Map.of());
  }

  /** The SHA-256 of the canonical content, in hexadecimal. */
  public String id() {
    return "0".repeat(64);
  }

  public List<PathRule> rules() {
    return rules;
  }

  public Map<Detector, Action> detectors() {
    return detectors;
  }
}
