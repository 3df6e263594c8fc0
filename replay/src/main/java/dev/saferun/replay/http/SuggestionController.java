package dev.saferun.replay.http;

import dev.saferun.audit.Audited;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.RequiresPermission.In;
import dev.saferun.replay.capture.Settled;
import dev.saferun.replay.store.RunReads;
import dev.saferun.replay.understand.Suggestions;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** From a frame to the rule that stops the next one of its kind, for admin keys. */
@Controller("/v1/decisions/{id}/rule-suggestions")
@Tag(name = "decisions")
final class SuggestionController {

  private static final int ARGUMENTS_MAX = 50;
  private static final int POINTER_CHARACTERS_MAX = 500;

  private final RunReads reads;
  private final Settled settled;
  private final Suggestions suggestions;

  SuggestionController(RunReads reads, Settled settled, Suggestions suggestions) {
    this.reads = reads;
    this.settled = settled;
    this.suggestions = suggestions;
  }

  @Post
  @RequiresPermission(value = "rules.write", in = In.SCOPE)
  @Audited(none = "it changes nothing")
  @Operation(
      summary = "Conditions that would have stopped this call, ranked by what else they stop",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = SuggestionRequest.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = SuggestionDocument.class))))
  CompletionStage<HttpResponse<byte[]>> suggest(
      @Parameter(hidden = true) Actor actor,
      String id,
      @Parameter(hidden = true) @Body byte[] body) {
    UUID decisionId = Parameters.id(id);
    List<String> picked =
        BodyFields.read(body, "arguments")
            .texts("arguments", ARGUMENTS_MAX, POINTER_CHARACTERS_MAX)
            .orElse(List.of());
    for (int i = 0; i < picked.size(); i++) {
      if (!picked.get(i).startsWith("/")) {
        throw new ProblemException(
            CommonProblem.INVALID_FIELD,
            "must be a JSON Pointer into the arguments, like /amount",
            "/arguments/" + i);
      }
    }
    return settled
        .now()
        .thenCompose(
            all ->
                reads
                    .decision(actor.scope(), decisionId)
                    .thenApply(found -> found.orElseThrow(() -> settled.absent(all))))
        .thenCompose(
            stored ->
                suggestions.of(actor.organizationId(), decisionId, stored, Set.copyOf(picked)))
        .thenApply(Lines::json);
  }

  /**
   * @param arguments JSON Pointers of the arguments that matter; all where there are none
   */
  record SuggestionRequest(@Nullable List<String> arguments) {}

  /**
   * @param heldAgainst how many other calls of the tool were decided again
   */
  record SuggestionDocument(
      String tool, long heldAgainst, long ofThemBad, List<Suggestion> suggestions) {}

  /**
   * @param sentence the condition for a person, fit to be the rule's message
   * @param stopsBad other calls that it stops and that were refused or labelled bad
   * @param stopsGood calls that it stops and that were let through
   */
  record Suggestion(
      String condition, String sentence, long stopsBad, long stopsGood, long undecidable) {}
}
