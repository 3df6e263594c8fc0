package dev.saferun.replay.dryrun;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.DataKey;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import dev.saferun.redaction.ProposedPolicies;
import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.RedactionRules;
import dev.saferun.redaction.Redactor;
import dev.saferun.redaction.Subject;
import dev.saferun.redaction.TokenKeys;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.capture.Settled;
import dev.saferun.replay.capture.Unsealing;
import dev.saferun.replay.capture.Unsealing.Kept;
import dev.saferun.tenancy.EnvironmentSettings;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Redacts recorded frames once more, by a policy that is not in force, and counts what would be
 * done otherwise. What was sealed is opened for it in memory; what is gone for good stays gone. It
 * keeps nothing.
 */
@Singleton
public final class DryRun {

  private static final int DEPTH_MAX = StrictJson.DEPTH_MAX + 8;

  /** What would be sealed is closed with it and thrown away. */
  private static final DataKey NOBODYS_KEY = DataKey.random(new UUID(0, 0));

  private final RecordedFrames frames;
  private final Settled settled;
  private final Unsealing unsealing;
  private final ProposedPolicies policies;
  private final Redactor redactor;
  private final ExecutorService thinking;

  DryRun(
      RecordedFrames frames,
      Settled settled,
      Unsealing unsealing,
      ProposedPolicies policies,
      TokenKeys tokenKeys,
      @Named(TaskExecutors.IO) ExecutorService thinking) {
    this.frames = frames;
    this.settled = settled;
    this.unsealing = unsealing;
    this.policies = policies;
    this.redactor = new Redactor(tokenKeys, Evidence.MEMBERS);
    this.thinking = thinking;
  }

  /** Over the latest frames of the environment, at most so many. */
  public CompletionStage<Map<String, @Nullable Object>> of(
      EnvironmentSettings environment, RedactionRules own, int framesMax) {
    RedactionPolicy policy = policies.with(environment, own);
    UUID organization = environment.scope().organizationId();
    return settled
        .now()
        .thenCompose(
            all -> frames.of(organization, environment.scope().requireEnvironment(), framesMax))
        .thenCompose(
            kept ->
                unsealing
                    .whole(organization, kept)
                    .thenApplyAsync(whole -> changes(organization, policy, kept, whole), thinking));
  }

  /**
   * One frame as it would be kept. What is sealed of it today is not shown by this: where the
   * policy would leave more of it than a token, what is kept now stands there, and the place is
   * named.
   */
  public CompletionStage<Map<String, @Nullable Object>> ofFrame(
      EnvironmentSettings environment, RedactionRules own, String runId, long frame) {
    RedactionPolicy policy = policies.with(environment, own);
    UUID organization = environment.scope().organizationId();
    return settled
        .now()
        .thenCompose(
            all -> frames.one(organization, environment.scope().requireEnvironment(), runId, frame))
        .thenApply(DryRun::requireOne)
        .thenCompose(
            kept ->
                unsealing
                    .whole(organization, List.of(kept))
                    .thenApplyAsync(
                        whole -> preview(organization, policy, kept, whole.getFirst()), thinking));
  }

  private static Kept requireOne(List<Kept> found) {
    if (found.isEmpty()) {
      throw new ProblemException(
          CommonProblem.NOT_FOUND, "this environment has no such run, or the run no such frame");
    }
    return found.getFirst();
  }

  private Map<String, @Nullable Object> preview(
      UUID organization, RedactionPolicy policy, Kept kept, Map<String, @Nullable Object> whole) {
    Map<String, @Nullable Object> now = new LinkedHashMap<>(kept.document());
    now.remove(Redactor.REPORT_MEMBER);
    Map<String, @Nullable Object> again = again(organization, policy, kept.recordId(), whole);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("redaction", again.remove(Redactor.REPORT_MEMBER));
    Withholding withholding = new Withholding();
    answer.put("kept", withholding.shown(now, whole, again));
    answer.put("withheld", withholding.places());
    return answer;
  }

  private Map<String, @Nullable Object> changes(
      UUID organization,
      RedactionPolicy policy,
      List<Kept> kept,
      List<Map<String, @Nullable Object>> whole) {
    Changes changes = new Changes();
    for (int i = 0; i < kept.size(); i++) {
      changes.add(
          kept.get(i).document(),
          again(organization, policy, kept.get(i).recordId(), whole.get(i)));
    }
    return changes.toJson(policy.id());
  }

  /** The document redacted once more, with its new report. */
  private Map<String, @Nullable Object> again(
      UUID organization,
      RedactionPolicy policy,
      UUID recordId,
      Map<String, @Nullable Object> whole) {
    Map<String, @Nullable Object> bare = new LinkedHashMap<>(whole);
    bare.remove(Redactor.REPORT_MEMBER);
    Subject subject = new Subject(organization, recordId, NOBODYS_KEY);
    return new LinkedHashMap<>(
        Evidence.object(
            StrictJson.parse(redactor.redact(policy, subject, bare).bytes(), DEPTH_MAX)));
  }
}
