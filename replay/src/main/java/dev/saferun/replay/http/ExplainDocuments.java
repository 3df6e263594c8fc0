package dev.saferun.replay.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of explanations, for the OpenAPI document. */
final class ExplainDocuments {

  private ExplainDocuments() {}

  @Schema(name = "Explanation")
  record Explained(
      String decisionId,
      String runId,
      long frame,
      String tool,
      @Schema(description = "as it is kept") Map<String, Object> decision,
      @Schema(description = "whether the same comes out of it now") Map<String, Object> proof,
      @Schema(description = "how many rules the tool has") long asked,
      @Schema(description = "those that spoke first") List<ExplainedRule> rules) {}

  @Schema(name = "ExplainedRule")
  record ExplainedRule(
      String rule,
      int version,
      String state,
      String verdict,
      String message,
      ExplainedPart condition) {}

  @Schema(name = "ExplainedPart")
  record ExplainedPart(
      String expression,
      @Schema(description = "true, false or unknown, of this part alone") String value,
      @Schema(description = "why it is unknown") @Nullable String error,
      @Schema(
              description =
                  "whether it belongs to the fewest parts that settle the whole, whatever the others were")
          boolean decides,
      @Schema(description = "the place of the element that settled an exists or all")
          @Nullable Long element,
      @Nullable List<PlaceRead> reads,
      @Nullable List<ExplainedPart> parts) {}

  @Schema(name = "PlaceRead")
  record PlaceRead(
      String path,
      @Schema(description = "of a long text its beginning; null of a list or an object")
          @Nullable Object value,
      @Schema(description = "of a list, an object, or a text that is not given whole")
          @Nullable Long size,
      @Schema(description = "why nothing could be read") @Nullable String error) {}
}
