package dev.saferun.evaluator;

import dev.saferun.platform.CanonicalJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule version with its state in one environment.
 *
 * @param sha256 of the version's canonical content, in hex: what a snapshot's manifest names it by
 */
public record ActiveRule(RuleVersion rule, RuleState state, String sha256) {

  public ActiveRule {
    if (state == RuleState.DRAFT) {
      throw new IllegalArgumentException("a draft is in force nowhere");
    }
  }

  public static ActiveRule of(RuleVersion rule, RuleState state) {
    return new ActiveRule(rule, state, sha256(rule.toJson()));
  }

  /** The same version in another state, without computing its hash again. */
  public ActiveRule in(RuleState other) {
    return new ActiveRule(rule, other, sha256);
  }

  static String sha256(Map<String, @Nullable Object> content) {
    return sha256(CanonicalJson.write(content));
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException fault) {
      throw new IllegalStateException("every Java has SHA-256", fault);
    }
  }

  /** Its line in the manifest. */
  Map<String, @Nullable Object> manifest() {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("id", rule.id().toString());
    line.put("name", rule.name());
    line.put("version", (long) rule.version());
    line.put("state", state.wire());
    line.put("sha256", sha256);
    return line;
  }
}
