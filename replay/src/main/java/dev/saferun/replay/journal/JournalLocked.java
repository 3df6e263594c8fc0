package dev.saferun.replay.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Another process, or another journal of this one, has this directory open. */
public final class JournalLocked extends IOException {

  private static final long serialVersionUID = 1L;

  public JournalLocked(Path lockFile) {
    super(
        "another process uses this journal (it holds the lock on "
            + lockFile
            + "); stop it, or choose another data directory");
  }
}
