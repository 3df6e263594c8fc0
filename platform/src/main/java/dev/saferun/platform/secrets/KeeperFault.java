package dev.saferun.platform.secrets;

/**
 * A keeper did not do what it was asked. Carries no cause and no word of the keeper's own: either
 * could hold what must not be logged.
 */
final class KeeperFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final KeeperOutcome outcome;

  KeeperFault(KeeperOutcome outcome) {
    super(outcome.text(), null, false, false);
    this.outcome = outcome;
  }

  KeeperOutcome outcome() {
    return outcome;
  }
}
