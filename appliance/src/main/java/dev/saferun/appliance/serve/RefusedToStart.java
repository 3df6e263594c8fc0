package dev.saferun.appliance.serve;

/**
 * The appliance does not start, for a reason that the person who started it can mend; the message
 * says how.
 */
public final class RefusedToStart extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RefusedToStart(String message) {
    super(message);
  }
}
