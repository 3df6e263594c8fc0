package dev.saferun.replay.http;

import dev.saferun.platform.Actor;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.RequiresPermission.In;
import dev.saferun.platform.Scope;
import dev.saferun.replay.capture.Settled;
import dev.saferun.replay.store.RunReads;
import dev.saferun.replay.store.RunReads.Facets;
import dev.saferun.replay.store.RunReads.Place;
import dev.saferun.replay.store.RunReads.RunLine;
import dev.saferun.tenancy.Tenancy;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The list of runs, the latest first, narrowed by facets and read in pages. */
@Controller("/v1/runs")
@Tag(name = "runs")
final class RunListController {

  private static final int LIMIT_USUAL = 50;
  private static final int LIMIT_MAX = 200;

  private final RunReads reads;
  private final Settled settled;
  private final Tenancy tenancy;
  private final Lines lines;

  RunListController(RunReads reads, Settled settled, Tenancy tenancy, Lines lines) {
    this.reads = reads;
    this.settled = settled;
    this.tenancy = tenancy;
    this.lines = lines;
  }

  @Get
  @RequiresPermission(value = "runs.read", in = In.SCOPE)
  @Operation(
      summary = "Runs, the latest first",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = RunDocuments.RunPage.class))))
  CompletionStage<HttpResponse<byte[]>> list(
      @Parameter(hidden = true) Actor actor,
      @QueryValue @Nullable String project,
      @QueryValue @Nullable String environment,
      @QueryValue @Nullable String effect,
      @QueryValue @Nullable String tool,
      @QueryValue @Nullable String rule,
      @QueryValue @Nullable String agent,
      @QueryValue @Nullable String label,
      @QueryValue @Nullable String from,
      @QueryValue @Nullable String to,
      @QueryValue @Nullable String cursor,
      @QueryValue @Nullable Integer limit) {
    int most = Parameters.limit(limit, LIMIT_USUAL, LIMIT_MAX);
    Optional<Place> after = Optional.ofNullable(cursor).map(RunCursor::read);
    Facets facets =
        new Facets(
            null,
            null,
            effect,
            tool,
            rule,
            agent,
            label,
            Parameters.time("from", from),
            Parameters.time("to", to));
    return settled
        .now()
        .thenCompose(all -> place(actor.scope(), project, environment))
        .thenCompose(
            place -> reads.runs(actor.organizationId(), within(facets, place), after, most + 1))
        .thenApply(runs -> Lines.json(page(runs, most)));
  }

  private static Facets within(Facets facets, Scope place) {
    return new Facets(
        place.projectId(),
        place.environmentId(),
        facets.effect(),
        facets.tool(),
        facets.rule(),
        facets.agent(),
        facets.label(),
        facets.from(),
        facets.to());
  }

  /** What is asked for, never more than what the key may see. */
  private CompletionStage<Scope> place(
      Scope own, @Nullable String project, @Nullable String environment) {
    CompletionStage<Scope> asked = asked(own.organizationId(), project, environment);
    return asked.thenApply(
        place ->
            new Scope(
                own.organizationId(),
                narrower(own.projectId(), place.projectId()),
                narrower(own.environmentId(), place.environmentId())));
  }

  private static @Nullable UUID narrower(@Nullable UUID own, @Nullable UUID asked) {
    if (own != null && asked != null && !own.equals(asked)) {
      throw Parameters.absent();
    }
    return own == null ? asked : own;
  }

  private CompletionStage<Scope> asked(
      UUID organizationId, @Nullable String project, @Nullable String environment) {
    if (project != null && environment != null) {
      return tenancy
          .environment(organizationId, project, environment)
          .thenApply(found -> found.scope());
    }
    if (project != null) {
      return tenancy
          .project(organizationId, project)
          .thenApply(found -> new Scope(organizationId, found.id(), null));
    }
    return CompletableFuture.completedFuture(
        new Scope(organizationId, null, Parameters.optionalId(environment)));
  }

  private Map<String, @Nullable Object> page(List<RunLine> runs, int most) {
    boolean more = runs.size() > most;
    List<RunLine> shown = more ? runs.subList(0, most) : runs;
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("runs", shown.stream().map(lines::run).toList());
    if (more) {
      RunLine last = shown.getLast();
      page.put(
          "next_cursor",
          RunCursor.write(new Place(last.lastAt(), last.environmentId(), last.runId())));
    }
    return page;
  }
}
