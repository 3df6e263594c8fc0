package dev.saferun.redaction.http;

import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.DataKey;
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
import org.jspecify.annotations.Nullable;

/** Redacts a sample by a policy and tells what acted where; keeps nothing. */
@Singleton
final class Preview {

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
  Map<String, @Nullable Object> of(EnvironmentSettings environment, BodyFields asked) {
    Map<String, @Nullable Object> sample =
        asked
            .tree("sample")
            .orElseThrow(
                () ->
                    new ProblemException(
                        CommonProblem.INVALID_FIELD, "must be an object", "/sample"));
    if (sample.containsKey(Redactor.REPORT_MEMBER)) {
      throw new ProblemException(
          CommonProblem.INVALID_FIELD,
          "a sample is what an agent sends; this member is written by redaction",
          "/sample/" + Redactor.REPORT_MEMBER);
    }
    RedactionPolicy policy =
        asked
            .tree("policy")
            .map(layer -> proposed.with(environment, RedactionRules.read(layer)))
            .orElseGet(() -> inForce.inForce(environment));
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
        environment.scope().organizationId(), new UUID(0, 0), DataKey.random(new UUID(0, 0)));
  }
}
