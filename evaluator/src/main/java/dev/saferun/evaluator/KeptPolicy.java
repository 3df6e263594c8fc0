package dev.saferun.evaluator;

import dev.saferun.platform.StrictJson;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as it is kept: its manifest's exact bytes, and the rule versions that it names. Nobody
 * has looked yet whether they are what their hashes say; {@link #open} does.
 *
 * @param id the snapshot's name, as decisions have it
 * @param manifest not a copy, and not to be written to
 */
public record KeptPolicy(String id, byte[] manifest, List<RuleVersion> rules) {

  private static final String PREFIX = "sha256:";

  public KeptPolicy {
    rules = List.copyOf(rules);
  }

  /** What looking at the hashes found. */
  public sealed interface Opened {

    /** The snapshot's name. */
    String snapshot();

    /** All is what the snapshot's name says. */
    record Whole(String snapshot, PolicyContent content) implements Opened {}

    /** The manifest is not what the snapshot was named after. */
    record ManifestAltered(String snapshot) implements Opened {}

    /** A rule that the manifest names is not there as it was. */
    record RuleAltered(String snapshot, String rule) implements Opened {}
  }

  /** The content, if each hash fits. */
  public Opened open() {
    if (!id.equals(PREFIX + ActiveRule.sha256(manifest))) {
      return new Opened.ManifestAltered(id);
    }
    Map<String, @Nullable Object> tree = StrictJson.parseObject(manifest);
    Set<String> hashes = new HashSet<>();
    rules.forEach(rule -> hashes.add(ActiveRule.sha256(rule.toJson())));
    for (JsonFields line : new JsonFields(tree, "").objects("rules")) {
      if (!hashes.contains(line.text("sha256"))) {
        return new Opened.RuleAltered(id, line.text("name"));
      }
    }
    return new Opened.Whole(id, PolicyContent.of(tree, rules));
  }

  /** All of it in one document, to be checked without a database. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("snapshot", id);
    json.put("manifest", Base64.getEncoder().encodeToString(manifest));
    json.put("rules", rules.stream().map(RuleVersion::toJson).toList());
    return json;
  }

  /**
   * What {@link #toJson} wrote.
   *
   * @throws RuntimeException when it is no such document
   */
  public static KeptPolicy fromJson(Map<String, @Nullable Object> json) {
    JsonFields fields = new JsonFields(json, "");
    return new KeptPolicy(
        fields.text("snapshot"),
        Base64.getDecoder().decode(fields.text("manifest")),
        fields.objects("rules").stream().map(RuleVersion::fromJson).toList());
  }
}
