package dev.saferun.replay.understand;

import dev.saferun.evaluator.Cause;
import dev.saferun.evaluator.IntentReading;
import dev.saferun.evaluator.IntentSignal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first frame in which intent and action part, and what explains it.
 *
 * @param frame the action's frame; 0 where no frame of the run shows any parting
 * @param tool its tool
 * @param verdict what was decided of it
 * @param signal what shows the cause; null where nothing does
 * @param examined how many actions were looked at
 */
public record Parting(
    long frame,
    String tool,
    String verdict,
    Cause cause,
    @Nullable IntentSignal signal,
    int examined) {

  static Parting none(int examined) {
    return new Parting(0, "", "", Cause.UNDETERMINED, null, examined);
  }

  static Parting at(
      long frame, String tool, String verdict, IntentReading.Finding finding, int examined) {
    return new Parting(frame, tool, verdict, finding.cause(), finding.signal(), examined);
  }

  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("cause", cause.wire());
    json.put("sentence", cause.sentence());
    if (frame > 0) {
      json.put("frame", frame);
      json.put("tool", tool);
      json.put("verdict", verdict);
    }
    if (signal != null) {
      Map<String, @Nullable Object> shown = signal.toJson();
      shown.put("sentence", signal.kind().sentence());
      json.put("signal", shown);
    }
    json.put("examined", (long) examined);
    return json;
  }
}
