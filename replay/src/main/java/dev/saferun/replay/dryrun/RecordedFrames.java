package dev.saferun.replay.dryrun;

import dev.saferun.platform.Database;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.capture.Unsealing.Kept;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Reads frames to try a policy on: those of an environment's latest runs, or one. */
@Singleton
class RecordedFrames {

  private static final int DEPTH_MAX = StrictJson.DEPTH_MAX + 8;

  private static final String FRAMES =
      """
      select frame.record_id, frame.evidence
      from (select run_id, last_at from replay.run where environment_id = $1
        order by last_at desc limit $2) latest
      join replay.frame on frame.environment_id = $1 and frame.run_id = latest.run_id
      order by latest.last_at desc, frame.run_id, frame.frame limit $2
      """;

  private static final String FRAME =
      """
      select record_id, evidence from replay.frame
      where environment_id = $1 and run_id = $2 and frame = $3
      """;

  private final Database database;

  RecordedFrames(Database database) {
    this.database = database;
  }

  CompletionStage<List<Kept>> of(UUID organizationId, UUID environmentId, int most) {
    return read(organizationId, FRAMES, Tuple.of(environmentId, most));
  }

  /** One frame; none where the environment has no such run or the run no such frame. */
  CompletionStage<List<Kept>> one(
      UUID organizationId, UUID environmentId, String runId, long frame) {
    return read(organizationId, FRAME, Tuple.of(environmentId, runId, frame));
  }

  private CompletionStage<List<Kept>> read(UUID organizationId, String sql, Tuple with) {
    return database
        .inConnection(
            organizationId,
            connection -> connection.preparedQuery(sql).execute(with).toCompletionStage())
        .thenApply(
            rows -> {
              List<Kept> frames = new ArrayList<>(rows.size());
              rows.forEach(
                  row ->
                      frames.add(
                          new Kept(
                              row.getUUID(0),
                              Evidence.object(
                                  StrictJson.parse(row.getBuffer(1).getBytes(), DEPTH_MAX)))));
              return frames;
            });
  }
}
