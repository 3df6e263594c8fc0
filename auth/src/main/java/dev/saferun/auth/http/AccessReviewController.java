package dev.saferun.auth.http;

import dev.saferun.audit.Audited;
import dev.saferun.auth.review.AccessReview;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.RequiresPermission;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who can do what, since when, and when it was last used: what an auditor asks for each quarter.
 */
@Controller("/v1/access-review")
@Tag(name = "members")
class AccessReviewController {

  private static final MediaType CSV = MediaType.of("text/csv; charset=utf-8");

  private final AccessReview review;

  AccessReviewController(AccessReview review) {
    this.review = review;
  }

  @Get
  @RequiresPermission("members.read")
  @Audited("access.reviewed")
  @Operation(summary = "The whole access review, as JSON or (format=csv) as a table")
  CompletionStage<HttpResponse<byte[]>> export(
      @Parameter(hidden = true) Actor actor, @QueryValue @Nullable String format) {
    return review
        .of(actor)
        .thenApply(
            lines ->
                "csv".equals(format)
                    ? HttpResponse.ok(csv(lines)).contentType(CSV)
                    : HttpResponse.ok(CanonicalJson.write(Map.of("access", lines)))
                        .contentType(MediaType.APPLICATION_JSON_TYPE));
  }

  private static byte[] csv(List<Map<String, @Nullable Object>> lines) {
    StringBuilder table = new StringBuilder(String.join(",", AccessReview.COLUMNS)).append("\r\n");
    for (Map<String, @Nullable Object> line : lines) {
      table
          .append(
              AccessReview.COLUMNS.stream()
                  .map(column -> cell(line.get(column)))
                  .collect(Collectors.joining(",")))
          .append("\r\n");
    }
    return table.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A cell that a spreadsheet takes for a text, whatever somebody called themselves. */
  private static String cell(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    String plain = text.matches("^[=+\\-@\\t\\r].*") ? "'" + text : text;
    return "\"" + plain.replace("\"", "\"\"") + "\"";
  }
}
