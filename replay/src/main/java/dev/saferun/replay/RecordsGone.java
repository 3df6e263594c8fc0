package dev.saferun.replay;

import java.util.UUID;

/** Told when recorded runs of an environment were deleted: copies of them must go, too. */
@FunctionalInterface
public interface RecordsGone {

  void gone(UUID environmentId);
}
