package dev.saferun.evaluator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call as its frame kept it, to be decided again.
 *
 * @param check the request, with {@link Unknown#VALUE} in place of each value that redaction took
 * @param before the run's state that the decision was made from
 * @param fingerprint of the call as it was sent, which cannot be computed from what was kept
 */
public record Recorded(Check check, RunState before, Fingerprint fingerprint) {

  /**
   * @param run the run's part of the frame: the state before, and the change that the call made
   */
  public static Recorded of(Check check, Map<String, @Nullable Object> run) {
    JsonFields after = new JsonFields(run, "/run").object("after");
    return new Recorded(
        check, RunState.fromJson(run), RecentCalls.of(after.text("call")).fingerprint());
  }
}
