package dev.saferun.replay.store;

import dev.saferun.platform.Database;
import dev.saferun.replay.approval.RequestedApprovals;
import dev.saferun.replay.capture.PastRuns;
import java.util.concurrent.CompletableFuture;

/** Opens the store for tests of other packages; nobody is told of detections. */
public final class StoreOf {

  private StoreOf() {}

  public static FrameStore frames(Database database) {
    return new FrameStore(
        database,
        (connection, organization, ids) -> CompletableFuture.completedStage(null),
        new Labels(new FakeAuditLog()),
        new RequestedApprovals(new FakeAuditLog()));
  }

  public static RunReads reads(Database database) {
    return new RunReads(database);
  }

  public static SealedReads seals(Database database) {
    return new SealedReads(database);
  }

  public static PastRuns past(Database database) {
    return new StoredRuns(database);
  }
}
