package dev.saferun.replay.understand;

import dev.saferun.evaluator.LabelledCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The decisions of a project that somebody labelled, with what was measured of their calls. */
@Singleton
class LabelledCalls {

  /** So many labels at most, the newest. */
  static final int LABELS_MAX = 50_000;

  /** Evidence that is in memory at a time. */
  private static final int PAGE = 250;

  private static final String LABELS =
      """
      select decision_id, label from (
        select distinct on (decision_id) decision_id, label, at from replay.label
        where project_id = $1 and environment_id = any($2)
        order by decision_id, at desc) latest
      order by at desc, decision_id limit $3""";

  private static final String FRAMES =
      """
      select record_id, run_id, evidence from replay.frame
      where record_id = any($1) and kind = 'action'""";

  private final Rows rows;

  LabelledCalls(Rows rows) {
    this.rows = rows;
  }

  /**
   * What there is.
   *
   * @param calls the newest label first
   * @param unmeasured labelled calls of which nothing was measured, or not all of it was kept
   */
  record Found(List<LabelledCall> calls, int unmeasured) {}

  private record Label(UUID decision, String label) {}

  private record Frame(String runId, byte[] evidence) {}

  /** Blocks. */
  Found of(UUID organizationId, UUID project, UUID[] environments) {
    List<Label> labels = new ArrayList<>();
    for (Row row : rows.read(organizationId, LABELS, Tuple.of(project, environments, LABELS_MAX))) {
      labels.add(new Label(row.getUUID(0), row.getString(1)));
    }
    List<LabelledCall> calls = new ArrayList<>();
    for (int from = 0; from < labels.size(); from += PAGE) {
      List<Label> page = labels.subList(from, Math.min(labels.size(), from + PAGE));
      Map<UUID, Frame> frames = frames(organizationId, page);
      for (Label label : page) {
        call(frames.get(label.decision), label.label).ifPresent(calls::add);
      }
    }
    return new Found(calls, labels.size() - calls.size());
  }

  private Map<UUID, Frame> frames(UUID organizationId, List<Label> page) {
    UUID[] decisions = page.stream().map(Label::decision).toArray(UUID[]::new);
    Map<UUID, Frame> frames = new HashMap<>();
    for (Row row : rows.read(organizationId, FRAMES, Tuple.of((Object) decisions))) {
      Buffer evidence = row.getBuffer(2);
      frames.put(row.getUUID(0), new Frame(row.getString(1), evidence.getBytes()));
    }
    return frames;
  }

  private static Optional<LabelledCall> call(@Nullable Frame frame, String label) {
    return frame == null
        ? Optional.empty()
        : MeasuredCall.of(frame.evidence)
            .map(
                measured ->
                    new LabelledCall(
                        frame.runId,
                        measured.tool(),
                        measured.features(),
                        isBad(label, measured.verdict())));
  }

  /** Who calls a decision correct says of the call what the decision said. */
  static boolean isBad(String label, String verdict) {
    return switch (label) {
      case "missed" -> true;
      case "false_positive" -> false;
      default -> !verdict.equals("allow");
    };
  }
}
