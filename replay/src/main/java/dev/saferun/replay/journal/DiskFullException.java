package dev.saferun.replay.journal;

import java.io.IOException;

/** The file system has no space left. */
public final class DiskFullException extends IOException {

  private static final long serialVersionUID = 1L;

  public DiskFullException(String message) {
    super(message);
  }

  DiskFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
