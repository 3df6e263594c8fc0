package dev.saferun.evaluator;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether the policies in force on this node are those that were last written. */
public interface SnapshotHealth {

  Status now();

  /**
   * How things stand.
   *
   * @param inForce how many environments have a policy; checks of all others are answered 503
   * @param stale the environments whose newest policy could not be put in force. The last good one
   *     stays in force there; where there never was one, there is none
   * @param fromDisk when the policies in force were written to this node's disk, where a start took
   *     them from there and the database could not be read since; else null
   */
  record Status(int inForce, Map<UUID, Stale> stale, @Nullable Instant fromDisk) {
    public Status {
      stale = Map.copyOf(stale);
    }
  }

  /** Since when an environment is behind, and why. */
  record Stale(Instant since, Cause cause) {}

  /** Why the newest policy could not be put in force. */
  enum Cause {
    /** The database cannot be read or written; it is tried again until it can. */
    DATABASE,
    /** A rule cannot be compiled by this version; it takes a change of that rule. */
    RULE
  }
}
