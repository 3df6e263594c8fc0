package dev.saferun.redaction;

import dev.saferun.platform.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Documents and redactors that the tests of this module use. */
final class Documents {

  static final UUID ORGANIZATION = new UUID(1, 1);
  static final Redactor REDACTOR = redactor(Set.of("run_id", "frame"));

  private Documents() {}

  static Redactor redactor(Set<String> structuralMembers) {
    return new Redactor(new DerivedTokenKeys(new byte[32]), structuralMembers);
  }

  static Map<String, @Nullable Object> tree(String json) {
    return StrictJson.parseObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static String text(Redacted redacted) {
    return new String(redacted.bytes(), StandardCharsets.UTF_8);
  }

  static RedactionPolicy policy(PathRule... rules) {
    return RedactionPolicy.of(List.of(rules), Map.of());
  }

  static PathRule drop(String path) {
    return new PathRule(path, new Action.Drop(), "test", false);
  }

  /** The document after redaction, without the report. */
  static Map<String, @Nullable Object> kept(RedactionPolicy policy, String json) {
    Map<String, @Nullable Object> kept =
        StrictJson.parseObject(REDACTOR.redact(policy, ORGANIZATION, tree(json)).bytes());
    kept.remove(Redactor.REPORT_MEMBER);
    return kept;
  }
}
