package dev.saferun.replay.capture;

import java.util.UUID;

/** A run: the client's name of it is unique in its environment only. */
public record RunKey(UUID organizationId, UUID projectId, UUID environmentId, String runId) {

  /** 64 bits that spread well over environment and name; the same on every node and start. */
  public static long hash(UUID environmentId, String runId) {
    long hash =
        environmentId.getMostSignificantBits() * 31 + environmentId.getLeastSignificantBits();
    for (int i = 0; i < runId.length(); i++) {
      hash = (hash ^ runId.charAt(i)) * 0x100000001b3L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  long hash() {
    return hash(environmentId, runId);
  }
}
