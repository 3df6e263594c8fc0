package dev.saferun.evaluator.http;

import dev.saferun.audit.Audited;
import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.EvaluatorConfiguration;
import dev.saferun.evaluator.IntentDeadline;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.RunLog;
import dev.saferun.evaluator.RunLog.Idempotency;
import dev.saferun.evaluator.hits.RuleHits;
import dev.saferun.evaluator.opinion.Opinions;
import dev.saferun.evaluator.snapshot.Snapshots;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequiresPermission;
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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The main job: may this tool call go ahead? Runs on the event loop and never blocks. */
@Controller("/v1/check-action")
@Tag(name = "checks")
final class CheckActionController {

  private final Environments environments;
  private final Snapshots snapshots;
  private final RunLog runLog;
  private final CheckMetrics metrics;
  private final RuleHits hits;
  private final IntentDeadline intentDeadline;
  private final Opinions opinions;

  CheckActionController(
      Environments environments,
      Snapshots snapshots,
      RunLog runLog,
      CheckMetrics metrics,
      RuleHits hits,
      EvaluatorConfiguration configuration,
      Opinions opinions) {
    this.environments = environments;
    this.snapshots = snapshots;
    this.runLog = runLog;
    this.metrics = metrics;
    this.hits = hits;
    this.intentDeadline = new IntentDeadline(configuration.intentDeadline(), System::nanoTime);
    this.opinions = opinions;
  }

  @Post
  @RequiresPermission("checks.make")
  @Audited(none = "it is recorded as frames of the run")
  @Operation(
      summary = "Decide a tool call before it runs",
      description =
          "The answer leaves when the decision is durable. With an Idempotency-Key the same body"
              + " gets the same answer for 24 hours, and another body is refused.",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = CheckDocuments.Request.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "The decision; the caller must do what its effect says",
              content = @Content(schema = @Schema(implementation = CheckDocuments.Answer.class))))
  CompletionStage<HttpResponse<byte[]>> check(
      @Parameter(hidden = true) Scope scope,
      @Nullable @Header("Idempotency-Key") String idempotencyKey,
      @Parameter(hidden = true) @Body byte[] body) {
    long start = System.nanoTime();
    EnvironmentSettings environment = environment(scope.requireEnvironment());
    Check check = CheckRequestReader.read(body);
    Optional<Idempotency> idempotency = IdempotencyKey.read(idempotencyKey, body);
    Optional<PolicySnapshot> inForce = snapshots.inForce(scope.requireEnvironment());
    return inForce.isPresent()
        ? decide(environment, deciding(inForce.get(), check), idempotency, start)
        : snapshots
            .awaitFirst(scope.organizationId(), scope.requireEnvironment())
            .thenCompose(first -> decide(environment, deciding(first, check), idempotency, start));
  }

  private Deciding deciding(PolicySnapshot snapshot, Check check) {
    return new Deciding(snapshot, check, intentDeadline, opinions);
  }

  private CompletionStage<HttpResponse<byte[]>> decide(
      EnvironmentSettings environment,
      Deciding deciding,
      Optional<Idempotency> idempotency,
      long startNanos) {
    Check check = deciding.check();
    return runLog
        .decide(environment, check, idempotency, deciding)
        .thenApply(
            kept -> {
              metrics.answered(deciding, kept, System.nanoTime() - startNanos);
              deciding
                  .decision()
                  .ifPresent(
                      made ->
                          hits.count(
                              environment.scope().requireEnvironment(), deciding.snapshot(), made));
              deciding
                  .decisionId()
                  .ifPresent(id -> opinions.after(environment, deciding.snapshot(), check, id));
              return HttpResponse.ok(CheckAnswer.write(kept, check.runId()))
                  .contentType(MediaType.APPLICATION_JSON_TYPE);
            });
  }

  private EnvironmentSettings environment(UUID environmentId) {
    return environments
        .find(environmentId)
        .orElseThrow(
            () ->
                new ProblemException(
                    CommonProblem.NOT_FOUND, "the key's environment is not there"));
  }
}
