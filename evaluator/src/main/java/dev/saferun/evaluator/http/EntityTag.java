package dev.saferun.evaluator.http;

import dev.saferun.evaluator.rules.Expected;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version's or an activation's number as an entity tag ({@code "7"}), and what a writer says of
 * it in {@code If-Match} and {@code If-None-Match} (RFC 9110, 8.8.3 and 13.1).
 */
final class EntityTag {

  static final String IF_MATCH = "If-Match";
  static final String IF_NONE_MATCH = "If-None-Match";

  private static final Pattern TAG = Pattern.compile("\\s*\"([0-9]{1,9})\"\\s*");

  private EntityTag() {}

  static <T> MutableHttpResponse<T> mark(MutableHttpResponse<T> answer, int number) {
    return answer.header("ETag", "\"" + number + "\"");
  }

  static <T> HttpResponse<T> answer(T body, int number) {
    return mark(HttpResponse.ok(body), number);
  }

  /** What the headers say; a form that is not understood is refused, never taken for none. */
  static Expected expected(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    if (ifNoneMatch != null) {
      if (ifMatch != null || !ifNoneMatch.strip().equals("*")) {
        throw refusal("If-None-Match takes * alone, and no If-Match beside it");
      }
      return new Expected.Nothing();
    }
    if (ifMatch == null) {
      return new Expected.Anything();
    }
    return ifMatch.strip().equals("*") ? new Expected.Something() : numbers(ifMatch);
  }

  private static Expected numbers(String ifMatch) {
    Set<Integer> numbers = new HashSet<>();
    for (String one : ifMatch.split(",", -1)) {
      Matcher tag = TAG.matcher(one);
      if (!tag.matches()) {
        throw refusal("If-Match takes the ETag of an answer, such as \"7\"");
      }
      numbers.add(Integer.valueOf(tag.group(1)));
    }
    return new Expected.OneOf(numbers);
  }

  private static ProblemException refusal(String detail) {
    return new ProblemException(CommonProblem.INVALID_PARAMETER, detail);
  }
}
