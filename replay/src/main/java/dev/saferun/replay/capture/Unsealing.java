package dev.saferun.replay.capture;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Documents with what was sealed of them: for the appliance's own eyes, in memory, to go on from
 * and to decide again. Declared here, filled by who keeps what is sealed.
 */
@FunctionalInterface
public interface Unsealing {

  /** A record's document as it is kept. */
  record Kept(UUID recordId, Map<String, @Nullable Object> document) {}

  /**
   * The same documents in the same order, each with its originals in their places, and its report
   * telling only what is still gone. One whose originals cannot be had stays as it is; the stage
   * fails where the database cannot be asked.
   */
  CompletionStage<List<Map<String, @Nullable Object>>> whole(UUID organizationId, List<Kept> kept);
}
