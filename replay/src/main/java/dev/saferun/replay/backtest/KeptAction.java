package dev.saferun.replay.backtest;

import dev.saferun.replay.capture.Evidence;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decided call as a backtest reads it.
 *
 * @param receivedMicros when it came, since 1970
 * @param evidence the frame's canonical JSON after redaction
 */
record KeptAction(UUID decisionId, long receivedMicros, byte[] evidence) {

  /** The verdict and the effect that it had. */
  static String in(Map<String, @Nullable Object> evidence, String member) {
    return String.valueOf(Evidence.object(evidence.get("decision")).get(member));
  }
}
