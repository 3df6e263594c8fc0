package dev.saferun.appliance.cli;

/** A command ends here, with a sentence for the person who called it. */
final class CommandFailed extends RuntimeException {

  static final int PROBLEM = 1;
  static final int USAGE = 2;
  static final int NO_SERVER = 3;

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandFailed(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
