package dev.saferun.replay.capture;

import dev.saferun.evaluator.Check;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the database knows of a project's allowed calls: declared here, filled by who understands
 * recorded frames. The stage fails where the database is away; nothing blocks.
 */
@FunctionalInterface
public interface PastCalls {

  /** The allowed calls before that place, at most so many, the newest first. */
  CompletionStage<Page> allowed(UUID organizationId, UUID projectId, Place before, int most);

  /** A place in the order of time. */
  record Place(Instant receivedAt, UUID recordId) {

    static Place at(Instant time) {
      return new Place(time, new UUID(0, 0));
    }
  }

  /**
   * What was found.
   *
   * @param next where the next page begins; null where this one is the last
   */
  record Page(List<PastCall> calls, @Nullable Place next) {
    public Page {
      calls = List.copyOf(calls);
    }
  }

  /**
   * A call as it was kept, with what it gave back.
   *
   * @param result null where nothing was told
   */
  record PastCall(Check call, @Nullable Object result) {}
}
