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

  private final Observations observations;

  OpinionNotes(Observations observations) {
    this.observations = observations;
  }

  @Override
  public CompletionStage<Void> keep(
      EnvironmentSettings environment, String runId, UUID decisionId, Opinion opinion) {
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put("about", decisionId.toString());
    content.put("second_opinion", opinion.toJson());
    return observations.note(environment, runId, content);
  }
}
