package dev.saferun.replay.http;

import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.RequiresPermission.In;
import dev.saferun.platform.Scope;
import dev.saferun.replay.approval.Approval;
import dev.saferun.replay.approval.ApprovalFilter;
import dev.saferun.replay.approval.ApprovalState;
import dev.saferun.replay.approval.Approvals;
import dev.saferun.replay.approval.Approvals.Claim;
import dev.saferun.replay.approval.Approvals.Decision;
import dev.saferun.replay.approval.Ruling;
import dev.saferun.replay.approval.Waits;
import dev.saferun.replay.approval.Waits.Wait;
import dev.saferun.replay.capture.Settled;
import dev.saferun.replay.store.RunReads;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls that wait for a person: reviewers read and decide, the agent asks and claims. */
@Controller("/v1/approvals")
@Tag(name = "approvals")
final class ApprovalController {

  private static final int LIMIT_USUAL = 50;
  private static final int LIMIT_MAX = 200;
  private static final int WAIT_SECONDS_MAX = 30;

  /** When an agent that does not wait should ask again. */
  private static final String ASK_AGAIN_SECONDS = "5";

  private final Approvals approvals;
  private final Waits waits;
  private final RunReads reads;
  private final Settled settled;
  private final ApprovalPlace places;
  private final ApprovalViews views;

  ApprovalController(
      Approvals approvals,
      Waits waits,
      RunReads reads,
      Settled settled,
      ApprovalPlace places,
      ApprovalViews views) {
    this.approvals = approvals;
    this.waits = waits;
    this.reads = reads;
    this.settled = settled;
    this.places = places;
    this.views = views;
  }

  @Get
  @RequiresPermission(value = "approvals.read", in = In.SCOPE)
  @Operation(
      summary = "Calls that wait for a person, or waited, the newest first",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = ApprovalDocuments.Page.class))))
  CompletionStage<HttpResponse<byte[]>> list(
      @Parameter(hidden = true) Actor actor,
      @QueryValue @Nullable String state,
      @QueryValue @Nullable String project,
      @QueryValue @Nullable String environment,
      @QueryValue @Nullable String tool,
      @QueryValue @Nullable String cursor,
      @QueryValue @Nullable Integer limit) {
    int most = Parameters.limit(limit, LIMIT_USUAL, LIMIT_MAX);
    ApprovalFilter filter =
        new ApprovalFilter(
            places.within(actor.scope(), project, environment),
            ApprovalBodies.state(state),
            ApprovalBodies.tool(tool),
            ApprovalBodies.cursor(cursor));
    return settled
        .now()
        .thenCompose(all -> approvals.page(filter, most + 1))
        .thenApply(found -> Lines.json(page(found, most)));
  }

  private Map<String, @Nullable Object> page(List<Approval> found, int most) {
    boolean more = found.size() > most;
    List<Approval> shown = more ? found.subList(0, most) : found;
    Instant now = approvals.now();
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("approvals", shown.stream().map(one -> views.line(one, now)).toList());
    if (more) {
      page.put("next_cursor", shown.getLast().decisionId().toString());
    }
    return page;
  }

  /** An agent asks with the key that it checked with: it may read its own runs. */
  @Get("/{decision}")
  @RequiresPermission(value = "runs.read", in = In.SCOPE)
  @Operation(
      summary = "One call that waits for a person, with what the person sees of it",
      description =
          "With wait (at most 30 seconds) the answer to a pending one leaves when it is decided, or"
              + " when the time is over; Retry-After then says when to ask again.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = ApprovalDocuments.Whole.class))))
  CompletionStage<HttpResponse<byte[]>> read(
      @Parameter(hidden = true) Actor actor, String decision, @QueryValue @Nullable Integer wait) {
    UUID decisionId = Parameters.id(decision);
    return awaited(actor, decisionId, seconds(wait))
        .thenCompose(
            approval ->
                reads
                    .decision(actor.scope(), decisionId)
                    .thenApply(stored -> stored.orElseThrow(Parameters::absent))
                    .thenApply(
                        stored -> {
                          boolean nameEnvironment = actor.scope().environmentId() == null;
                          Instant now = approvals.now();
                          return answer(
                              approval.state(now),
                              views.whole(approval, stored, nameEnvironment, now));
                        }));
  }

  private static int seconds(@Nullable Integer wait) {
    int seconds = wait == null ? 0 : wait;
    if (seconds < 0 || seconds > WAIT_SECONDS_MAX) {
      throw Parameters.invalid("the parameter wait must be from 0 to " + WAIT_SECONDS_MAX);
    }
    return seconds;
  }

  private static HttpResponse<byte[]> answer(
      ApprovalState state, Map<String, @Nullable Object> document) {
    MutableHttpResponse<byte[]> answer =
        HttpResponse.ok(CanonicalJson.write(document)).contentType(MediaType.APPLICATION_JSON_TYPE);
    return state == ApprovalState.PENDING
        ? answer.header(HttpHeaders.RETRY_AFTER, ASK_AGAIN_SECONDS)
        : answer;
  }

  /** Begins to wait before it looks, so that it misses nothing in between. */
  private CompletionStage<Approval> awaited(Actor actor, UUID decisionId, int seconds) {
    Supplier<CompletionStage<Approval>> look =
        () -> existing(() -> approvals.find(actor.scope(), decisionId));
    if (seconds == 0) {
      return look.get();
    }
    Wait wait = waits.begin(actor.organizationId(), decisionId);
    return look.get()
        .thenCompose(
            approval ->
                isPending(approval)
                    ? wait.atMost(patience(approval, seconds)).thenCompose(woken -> look.get())
                    : CompletableFuture.completedStage(approval))
        .whenComplete((approval, fault) -> wait.close());
  }

  private boolean isPending(Approval approval) {
    return approval.state(approvals.now()) == ApprovalState.PENDING;
  }

  /** No longer than until it expires. */
  private Duration patience(Approval approval, int seconds) {
    Duration asked = Duration.ofSeconds(seconds);
    Duration left = Duration.between(approvals.now(), approval.expiresAt());
    return left.compareTo(asked) < 0 ? left : asked;
  }

  @Post("/{decision}/approve")
  @RequiresPermission(value = "approvals.decide", in = In.SCOPE)
  @Audited("approval.approved")
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Let the agent make the very call that was checked, once",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = ApprovalDocuments.DecisionBody.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = ApprovalDocuments.Line.class))))
  @Consumes(MediaType.APPLICATION_JSON)
  CompletionStage<HttpResponse<byte[]>> approve(
      @Parameter(hidden = true) Actor actor,
      String decision,
      @Parameter(hidden = true) @Body byte[] body) {
    return decide(actor, decision, Ruling.APPROVE, body);
  }

  @Post("/{decision}/deny")
  @RequiresPermission(value = "approvals.decide", in = In.SCOPE)
  @Audited("approval.denied")
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Do not let the agent make the call",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = ApprovalDocuments.DecisionBody.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = ApprovalDocuments.Line.class))))
  @Consumes(MediaType.APPLICATION_JSON)
  CompletionStage<HttpResponse<byte[]>> deny(
      @Parameter(hidden = true) Actor actor,
      String decision,
      @Parameter(hidden = true) @Body byte[] body) {
    return decide(actor, decision, Ruling.DENY, body);
  }

  private CompletionStage<HttpResponse<byte[]>> decide(
      Actor actor, String decision, Ruling ruling, byte[] body) {
    UUID decisionId = Parameters.id(decision);
    Decision said = ApprovalBodies.decision(ruling, body);
    return existing(() -> approvals.decide(actor, decisionId, said))
        .thenApply(approval -> Lines.json(views.line(approval, approvals.now())));
  }

  /** The hash is made of these very bytes, so what is run is what was checked. */
  @Post("/{decision}/claim")
  @RequiresPermission("checks.make")
  @Audited("approval.claimed")
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Go on with an approved call: once, and only with the call that was checked",
      description =
          "With an Idempotency-Key the same key gets the same answer again; every other second claim"
              + " is refused.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = ApprovalDocuments.ClaimBody.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = ApprovalDocuments.Claimed.class))))
  @Consumes(MediaType.APPLICATION_JSON)
  CompletionStage<HttpResponse<byte[]>> claim(
      @Parameter(hidden = true) Actor actor,
      String decision,
      @Nullable @Header("Idempotency-Key") String idempotencyKey,
      @Parameter(hidden = true) @Body byte[] body) {
    Scope own = actor.scope();
    own.requireEnvironment();
    UUID decisionId = Parameters.id(decision);
    Claim claim = ApprovalBodies.claim(body, idempotencyKey);
    return existing(() -> approvals.claim(actor, decisionId, claim))
        .thenApply(approval -> Lines.json(ApprovalViews.claimed(approval)));
  }

  /** What was durable when the request came is in the database before it is looked for. */
  private CompletionStage<Approval> existing(
      Supplier<CompletionStage<Optional<Approval>>> question) {
    return settled
        .now()
        .thenCompose(
            all -> question.get().thenApply(found -> found.orElseThrow(() -> settled.absent(all))));
  }
}
