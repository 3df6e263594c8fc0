package dev.saferun.redaction;

import dev.saferun.platform.DataKey;
import dev.saferun.platform.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Documents and redactors that the tests of this module use. */
final class Documents {

  static final UUID ORGANIZATION = new UUID(1, 1);
  static final UUID RECORD = new UUID(2, 2);
  static final DataKey KEY = new DataKey(new UUID(3, 3), new SecretKeySpec(new byte[32], "AES"));
  static final Subject SUBJECT = new Subject(ORGANIZATION, RECORD, KEY);
  static final Set<String> CAPTURED = Set.of("action", "context", "content", "result");
  static final Redactor REDACTOR = redactor(Set.of("run_id", "frame"));

  private Documents() {}

  static Redactor redactor(Set<String> structuralMembers) {
    return new Redactor(
        new DerivedTokenKeys(new byte[32]), new RedactedMembers(structuralMembers, CAPTURED));
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
        StrictJson.parseObject(REDACTOR.redact(policy, SUBJECT, tree(json)).bytes());
    kept.remove(Redactor.REPORT_MEMBER);
    return kept;
  }
}
