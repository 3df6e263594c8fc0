package dev.saferun.replay.capture;

import dev.saferun.evaluator.Opinion;
import dev.saferun.evaluator.OpinionLog;
import dev.saferun.tenancy.EnvironmentSettings;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Opinions that came after the answer, as notes of the runs whose decisions they are about. */
@Singleton
final class OpinionNotes implements OpinionLog {

  private static final String OPINION_MEMBER = "second_opinion";

  private final Observations observations;

  OpinionNotes(Observations observations) {
    this.observations = observations;
  }

  /** Whether a recorded frame is such a note: the agent has not seen what it says. */
  static boolean isOpinion(Map<String, @Nullable Object> frame) {
    return "note".equals(frame.get("kind"))
        && Evidence.object(frame.get("content")).containsKey(OPINION_MEMBER);
  }

  @Override
  public CompletionStage<Void> keep(
      EnvironmentSettings environment, String runId, UUID decisionId, Opinion opinion) {
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put("about", decisionId.toString());
    content.put(OPINION_MEMBER, opinion.toJson());
    return observations.note(environment, runId, content);
  }
}
