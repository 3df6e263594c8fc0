package dev.saferun.evaluator.http;

import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.Verdict;
import dev.saferun.evaluator.rules.RuleBook;
import dev.saferun.evaluator.snapshot.Snapshots;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.JsonBody;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.Name;
import dev.saferun.tenancy.OnError;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The rules of a project. A rule that was answered is in force on this node. */
@Controller("/v1/projects/{project}/rules")
@Tag(name = "rules")
final class RuleController {

  private static final UUID NOT_WRITTEN = new UUID(0, 0);

  private final RuleBook rules;
  private final Snapshots snapshots;

  RuleController(RuleBook rules, Snapshots snapshots) {
    this.rules = rules;
    this.snapshots = snapshots;
  }

  @Get
  @Operation(summary = "The newest version of every rule")
  CompletionStage<RuleList> list(@Parameter(hidden = true) Actor actor, String project) {
    return rules
        .rules(actor.requireAdmin().organizationId(), project)
        .thenApply(found -> new RuleList(found.stream().map(RuleView::of).toList()));
  }

  @Get("/{rule}")
  @Operation(summary = "The newest version of one rule")
  CompletionStage<RuleView> get(
      @Parameter(hidden = true) Actor actor, String project, String rule) {
    return rules.rule(actor.requireAdmin().organizationId(), project, rule).thenApply(RuleView::of);
  }

  @Put("/{rule}")
  @Operation(
      summary = "Write the rule's next version and put it in force",
      requestBody =
          @RequestBody(content = @Content(schema = @Schema(implementation = RuleDraft.class))))
  CompletionStage<HttpResponse<RuleView>> put(
      @Parameter(hidden = true) Actor actor,
      String project,
      String rule,
      @Parameter(hidden = true) @Body byte @Nullable [] body) {
    actor.requireAdmin();
    RuleVersion draft =
        JsonBody.read(body == null ? new byte[0] : body, RuleDraft.class).named(Name.require(rule));
    return rules
        .put(actor, project, draft)
        .thenCompose(
            put ->
                snapshots
                    .changed(actor.organizationId())
                    // The commit stands even where the reading after it fails; that one is
                    // repeated.
                    .handle((inForce, fault) -> put))
        .thenApply(
            put ->
                HttpResponse.<RuleView>status(put.created() ? HttpStatus.CREATED : HttpStatus.OK)
                    .body(RuleView.of(put.value())));
  }

  /** A rule as it is written. */
  record RuleDraft(
      String condition,
      Verdict verdict,
      String message,
      @Nullable List<String> tools,
      @Nullable OnError onError,
      @Nullable Boolean enabled) {

    private static final int MESSAGE_CHARACTERS_MAX = 500;
    private static final int TOOLS_MAX = 100;
    private static final int TOOL_CHARACTERS_MAX = 200;

    RuleVersion named(String name) {
      List<String> forTools = tools == null ? List.of() : tools;
      require(verdict != Verdict.ALLOW, "/verdict", "must be flag, escalate or deny");
      require(
          !message.isBlank() && message.length() <= MESSAGE_CHARACTERS_MAX,
          "/message",
          "must be a sentence of at most " + MESSAGE_CHARACTERS_MAX + " characters");
      require(forTools.size() <= TOOLS_MAX, "/tools", "may name at most " + TOOLS_MAX);
      for (int i = 0; i < forTools.size(); i++) {
        String tool = forTools.get(i);
        require(
            !tool.isEmpty() && tool.length() <= TOOL_CHARACTERS_MAX,
            "/tools/" + i,
            "must have 1 to " + TOOL_CHARACTERS_MAX + " characters");
      }
      return new RuleVersion(
          NOT_WRITTEN,
          name,
          0,
          condition,
          verdict,
          message,
          forTools,
          Optional.ofNullable(onError),
          enabled == null || enabled);
    }

    private static void require(boolean holds, String pointer, String detail) {
      if (!holds) {
        throw new ProblemException(CommonProblem.INVALID_FIELD, pointer + " " + detail, pointer);
      }
    }
  }

  /** A rule version as it is read. */
  record RuleView(
      String id,
      String name,
      int version,
      String condition,
      String verdict,
      String message,
      List<String> tools,
      @Nullable String onError,
      boolean enabled) {

    static RuleView of(RuleVersion rule) {
      return new RuleView(
          rule.id().toString(),
          rule.name(),
          rule.version(),
          rule.condition(),
          rule.verdict().wire(),
          rule.message(),
          rule.tools(),
          rule.onError().map(OnError::wire).orElse(null),
          rule.enabled());
    }
  }

  record RuleList(List<RuleView> rules) {}
}
