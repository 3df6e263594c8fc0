package dev.saferun.replay.detections;

import dev.saferun.audit.DetectionSource;
import dev.saferun.platform.Database;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.tenancy.Environments;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads detections from the frames that they are kept in: redacted, as these are. */
@Singleton
class Detections implements DetectionSource {

  private static final int DEPTH_MAX = StrictJson.DEPTH_MAX + 8;

  private static final String FRAMES =
      """
      select record_id, organization_id, environment_id, run_id, frame, decision_id, received_at,
        tool, effect, evidence
      from replay.frame where organization_id = $1 and record_id = any ($2)
      """;

  private final Database database;
  private final Environments environments;

  Detections(Database database, Environments environments) {
    this.database = database;
    this.environments = environments;
  }

  @Override
  public CompletionStage<Map<UUID, Map<String, @Nullable Object>>> read(
      UUID organizationId, List<UUID> ids) {
    return database
        .inConnection(
            organizationId,
            connection ->
                connection
                    .preparedQuery(FRAMES)
                    .execute(
                        Tuple.tuple().addValue(organizationId).addValue(ids.toArray(UUID[]::new)))
                    .toCompletionStage())
        .thenApply(
            rows -> {
              Map<UUID, Map<String, @Nullable Object>> found = new HashMap<>();
              rows.forEach(row -> found.put(row.getUUID("record_id"), document(row)));
              return found;
            });
  }

  private Map<String, @Nullable Object> document(Row row) {
    Map<String, @Nullable Object> evidence =
        Evidence.object(StrictJson.parse(row.getBuffer("evidence").getBytes(), DEPTH_MAX));
    return new DetectionDocument(
            row, evidence, environments.find(row.getUUID("environment_id")).orElse(null))
        .toJson();
  }
}
