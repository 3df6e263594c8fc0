package dev.saferun.replay.http;

import dev.saferun.audit.Audited;
import dev.saferun.evaluator.Candidates.Draft;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.replay.backtest.BacktestRequest;
import dev.saferun.replay.backtest.BacktestRow;
import dev.saferun.replay.backtest.Backtests;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import dev.saferun.tenancy.Tenancy;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Recorded decisions decided again by rules that are not in force, for admin keys. */
@Controller("/v1/projects/{project}/backtests")
@Tag(name = "backtests")
final class BacktestController {

  private static final int DRAFTS_MAX = 1_000;
  private static final int POINTER_CHARACTERS_MAX = 500;
  private static final int NAME_CHARACTERS_MAX = 63;
  private static final int PAGE_USUAL = 50;
  private static final int PAGE_MAX = 200;
  private static final UUID BEYOND_ALL = new UUID(-1, -1);

  private final Tenancy tenancy;
  private final Environments environments;
  private final Backtests backtests;

  BacktestController(Tenancy tenancy, Environments environments, Backtests backtests) {
    this.tenancy = tenancy;
    this.environments = environments;
    this.backtests = backtests;
  }

  @Post
  @RequiresPermission("backtests.run")
  @Audited("backtest.begun")
  @Operation(
      summary = "Begin a backtest",
      description =
          "Decides the environment's recorded calls again by the policy that is in force there,"
              + " with the rules laid over it in block. It runs in the background; its address"
              + " tells how far it came.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = BacktestDocuments.Request.class))),
      responses =
          @ApiResponse(
              responseCode = "202",
              content =
                  @Content(schema = @Schema(implementation = BacktestDocuments.Backtest.class))))
  CompletionStage<HttpResponse<Map<String, @Nullable Object>>> begin(
      @Parameter(hidden = true) Actor actor,
      String project,
      @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields =
        BodyFields.read(body, "environment", "from", "to", "sample", "rules", "money");
    String environment =
        fields
            .text("environment", NAME_CHARACTERS_MAX)
            .orElseThrow(() -> BodyFields.missing("environment"));
    return tenancy
        .environment(actor.organizationId(), project, environment)
        .thenCompose(found -> backtests.begin(actor, request(fields, found)))
        .thenCompose(id -> backtests.find(actor, id))
        .thenApply(row -> HttpResponse.status(HttpStatus.ACCEPTED).body(document(row)));
  }

  private static BacktestRequest request(BodyFields fields, EnvironmentSettings environment) {
    Optional<Integer> sample = fields.whole("sample", 1, Integer.MAX_VALUE);
    Optional<String> money = fields.text("money", POINTER_CHARACTERS_MAX);
    if (money.isPresent() && !money.get().startsWith("/")) {
      throw BodyFields.refuse("money", "must be a JSON Pointer into the arguments, like /amount");
    }
    return new BacktestRequest(
        environment,
        fields.time("from"),
        fields.time("to"),
        sample.isPresent() ? OptionalInt.of(sample.get()) : OptionalInt.empty(),
        fields.objects("rules", DRAFTS_MAX, "rule", "version").orElse(List.of()).stream()
            .map(BacktestController::draft)
            .toList(),
        money);
  }

  private static Draft draft(BodyFields fields) {
    Optional<Integer> version = fields.whole("version", 1, Integer.MAX_VALUE);
    return new Draft(
        fields.text("rule", NAME_CHARACTERS_MAX).orElseThrow(() -> fields.absent("rule")),
        version.isPresent() ? OptionalInt.of(version.get()) : OptionalInt.empty());
  }

  @Get
  @RequiresPermission("rules.read")
  @Operation(summary = "The backtests of a project, the newest first")
  CompletionStage<BacktestDocuments.Page> list(
      @Parameter(hidden = true) Actor actor,
      String project,
      @Nullable @QueryValue String cursor,
      @Nullable @QueryValue Integer limit) {
    int count = Parameters.limit(limit, PAGE_USUAL, PAGE_MAX);
    UUID before = cursor == null ? BEYOND_ALL : Parameters.id(cursor);
    return tenancy
        .project(actor.organizationId(), project)
        .thenCompose(found -> backtests.page(actor.organizationId(), found.id(), before, count + 1))
        .thenApply(rows -> page(rows, count));
  }

  private BacktestDocuments.Page page(List<BacktestRow> rows, int count) {
    List<Map<String, @Nullable Object>> shown =
        rows.stream().limit(count).map(this::document).toList();
    return new BacktestDocuments.Page(
        shown, rows.size() > count ? rows.get(count - 1).id().toString() : null);
  }

  @Get("/{id}")
  @RequiresPermission("rules.read")
  @Operation(
      summary = "A backtest: coverage first, then how far it is and what came out",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = BacktestDocuments.Backtest.class))))
  CompletionStage<HttpResponse<Map<String, @Nullable Object>>> get(
      @Parameter(hidden = true) Actor actor, String project, String id) {
    return found(actor, project, backtests.find(actor, Parameters.id(id)));
  }

  @Delete("/{id}")
  @RequiresPermission("backtests.run")
  @Audited("backtest.cancelled")
  @Operation(
      summary = "Stop a backtest; what it found so far stays",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = BacktestDocuments.Backtest.class))))
  CompletionStage<HttpResponse<Map<String, @Nullable Object>>> cancel(
      @Parameter(hidden = true) Actor actor, String project, String id) {
    UUID backtest = Parameters.id(id);
    return found(actor, project, backtests.find(actor, backtest))
        .thenCompose(seen -> found(actor, project, backtests.cancel(actor, backtest)));
  }

  /** A backtest of another project is not found under this one. */
  private CompletionStage<HttpResponse<Map<String, @Nullable Object>>> found(
      Actor actor, String project, CompletionStage<BacktestRow> backtest) {
    return tenancy
        .project(actor.organizationId(), project)
        .thenCombine(
            backtest,
            (owner, row) -> {
              if (!owner.id().equals(row.projectId())) {
                throw new ProblemException(CommonProblem.NOT_FOUND, "there is no such backtest");
              }
              return HttpResponse.ok(document(row));
            });
  }

  /** Coverage comes first: whoever reads on knows what the rest is worth. */
  private Map<String, @Nullable Object> document(BacktestRow row) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("id", row.id().toString());
    document.put("coverage", row.report().get("coverage"));
    document.put("state", row.state());
    document.put("seen", row.report().get("seen"));
    document.put("sample_one_in", row.report().get("sample_one_in"));
    document.put(
        "environment",
        environments
            .find(row.environmentId())
            .map(EnvironmentSettings::environment)
            .orElse(row.environmentId().toString()));
    document.put("request", row.request());
    document.put("policy_snapshot", row.policy());
    document.put("author", row.author());
    document.put("created_at", row.createdAt().toString());
    if (row.endedAt() != null) {
      document.put("ended_at", row.endedAt().toString());
    }
    row.report().forEach(document::putIfAbsent);
    return document;
  }
}
