package dev.saferun.redaction.http;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.DataKey;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import dev.saferun.redaction.ProposedPolicies;
import dev.saferun.redaction.Redacted;
import dev.saferun.redaction.RedactedMembers;
import dev.saferun.redaction.RedactionPolicies;
import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.RedactionRules;
import dev.saferun.redaction.Redactor;
import dev.saferun.redaction.Subject;
import dev.saferun.redaction.TokenKeys;
import dev.saferun.tenancy.EnvironmentSettings;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Redacts a sample by a policy and tells what acted where; keeps nothing. */
@Singleton
final class Preview {

  private static final Set<String> MEMBERS = Set.of("sample", "policy");
  private static final int KEY_BYTES = 32;

  private final RedactionPolicies inForce;
  private final ProposedPolicies proposed;
  private final TokenKeys tokenKeys;

  Preview(RedactionPolicies inForce, ProposedPolicies proposed, TokenKeys tokenKeys) {
    this.inForce = inForce;
    this.proposed = proposed;
    this.tokenKeys = tokenKeys;
  }

  /**
   * @param asked {@code sample}, a frame's members as an agent sends them, and {@code policy}, a
   *     layer to try; without one, what is in force
   */
  Map<String, @Nullable Object> of(
      EnvironmentSettings environment, Map<String, @Nullable Object> asked) {
    asked.keySet().forEach(Preview::requireKnown);
    Map<String, @Nullable Object> sample = object(asked, "sample");
    if (sample.containsKey(Redactor.REPORT_MEMBER)) {
      throw new ProblemException(
          CommonProblem.INVALID_FIELD,
          "a sample is what an agent sends; this member is written by redaction",
          "/sample/" + Redactor.REPORT_MEMBER);
    }
    RedactionPolicy policy =
        asked.containsKey("policy")
            ? proposed.with(environment, RedactionRules.read(object(asked, "policy")))
            : inForce.inForce(environment);
    Redactor redactor = new Redactor(tokenKeys, new RedactedMembers(Set.of(), sample.keySet()));
    Redacted redacted = redactor.redact(policy, throwAway(environment), sample);
    Map<String, @Nullable Object> kept = StrictJson.parseObject(redacted.bytes());
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("redaction", Objects.requireNonNull(kept.remove(Redactor.REPORT_MEMBER)));
    answer.put("kept", kept);
    return answer;
  }

  /** What is sealed in a preview is closed with a key that nobody has. */
  private static Subject throwAway(EnvironmentSettings environment) {
    return new Subject(
        environment.scope().organizationId(),
        new UUID(0, 0),
        new DataKey(new UUID(0, 0), new SecretKeySpec(Ids.secret(KEY_BYTES), "AES")));
  }

  private static void requireKnown(String name) {
    if (!MEMBERS.contains(name)) {
      throw new ProblemException(
          CommonProblem.INVALID_FIELD,
          "there is no such field; known are policy and sample",
          "/" + name);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(
      Map<String, @Nullable Object> asked, String name) {
    if (asked.get(name) instanceof Map<?, ?> object) {
      return (Map<String, @Nullable Object>) object;
    }
    throw new ProblemException(CommonProblem.INVALID_FIELD, "must be an object", "/" + name);
  }
}
