package dev.saferun.evaluator.http;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.RunLog;
import dev.saferun.evaluator.RunLog.Decided;
import dev.saferun.evaluator.RunLog.Idempotency;
import dev.saferun.evaluator.RunLog.Kept;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.snapshot.Snapshots;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/check-action}: may this tool call go ahead? Answered when the whole frame is
 * durable.
 */
@Controller("/v1/check-action")
@Tag(name = "checks")
final class CheckActionController {

  private final Snapshots snapshots;
  private final Environments environments;
  private final RunLog runLog;
  private final CheckMetrics metrics;

  CheckActionController(
      Snapshots snapshots, Environments environments, RunLog runLog, CheckMetrics metrics) {
    this.snapshots = snapshots;
    this.environments = environments;
    this.runLog = runLog;
    this.metrics = metrics;
  }

  @Post(consumes = MediaType.APPLICATION_JSON, produces = MediaType.APPLICATION_JSON)
  @Operation(
      summary =
          "Decide whether a tool call may go ahead, and record everything that the decision was made from",
      requestBody =
          @RequestBody(
              content = @Content(schema = @Schema(implementation = CheckDocuments.Request.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = CheckDocuments.Answer.class))))
  CompletionStage<HttpResponse<byte[]>> check(
      @Parameter(hidden = true) Scope scope,
      @Parameter(hidden = true) @Body byte @Nullable [] body,
      @Header("Idempotency-Key") @Nullable String idempotencyKey) {
    long start = System.nanoTime();
    EnvironmentSettings environment =
        environments
            .find(scope.requireEnvironment())
            .orElseThrow(
                () -> new ProblemException(CommonProblem.NOT_FOUND, "no such environment"));
    byte[] bytes = body == null ? new byte[0] : body;
    Check check = CheckReader.read(bytes);
    Optional<Idempotency> idempotency = idempotency(idempotencyKey, bytes);
    Optional<PolicySnapshot> inForce = snapshots.of(scope.requireEnvironment());
    CompletionStage<Kept> kept =
        inForce.isPresent()
            ? decide(environment, check, idempotency, inForce.get())
            : snapshots
                .made(environment)
                .thenCompose(made -> decide(environment, check, idempotency, made));
    return kept.thenApply(how -> answer(check, how, start));
  }

  private CompletionStage<Kept> decide(
      EnvironmentSettings environment,
      Check check,
      Optional<Idempotency> idempotency,
      PolicySnapshot snapshot) {
    return runLog.decide(environment, check, idempotency, state -> decide(snapshot, check, state));
  }

  private Decided decide(PolicySnapshot snapshot, Check check, RunState before) {
    long start = System.nanoTime();
    Decision decision = snapshot.decide(check, before);
    metrics.decided(decision);
    return new Decided(
        decision, snapshot.after(check, before, decision), (System.nanoTime() - start) / 1_000);
  }

  private HttpResponse<byte[]> answer(Check check, Kept kept, long startNanos) {
    byte[] answer =
        switch (kept) {
          case Kept.Durable durable -> durable.answer();
          case Kept.Unrecorded unrecorded ->
              unrecorded(check, unrecorded.decisionId(), unrecorded.decision());
          case Kept.Refused refused ->
              unrecorded(check, refused.decisionId(), stopped(refused.decision()));
        };
    metrics.answered(kept, System.nanoTime() - startNanos);
    return HttpResponse.ok(answer);
  }

  /** The verdict stays what was found; what stops the call is that it cannot be recorded. */
  private static Decision stopped(Decision decision) {
    List<Reason> reasons = new ArrayList<>(decision.reasons());
    reasons.add(
        new Reason(
            Reason.Kind.UNRECORDED,
            "journal",
            0,
            decision.verdict(),
            "The decision could not be recorded, and this environment stops on that.",
            Map.of()));
    return new Decision(
        decision.verdict(),
        Effect.STOP,
        decision.mode(),
        reasons,
        decision.policySnapshot(),
        decision.evaluatorVersion());
  }

  private static byte[] unrecorded(Check check, UUID decisionId, Decision decision) {
    Map<String, @Nullable Object> answer = decision.toJson();
    answer.put("decision_id", decisionId.toString());
    answer.put("run_id", check.runId());
    answer.put("recorded", false);
    return CanonicalJson.write(answer);
  }

  private static Optional<Idempotency> idempotency(@Nullable String key, byte[] body) {
    if (key == null) {
      return Optional.empty();
    }
    boolean visible = key.chars().allMatch(c -> c > 0x20 && c < 0x7F);
    if (key.isEmpty() || key.length() > CheckLimits.IDEMPOTENCY_KEY_CHARACTERS_MAX || !visible) {
      throw new ProblemException(
          CommonProblem.INVALID_PARAMETER,
          "Idempotency-Key must have 1 to "
              + CheckLimits.IDEMPOTENCY_KEY_CHARACTERS_MAX
              + " visible ASCII characters");
    }
    try {
      return Optional.of(new Idempotency(key, MessageDigest.getInstance("SHA-256").digest(body)));
    } catch (NoSuchAlgorithmException fault) {
      throw new IllegalStateException("every Java has SHA-256", fault);
    }
  }
}
