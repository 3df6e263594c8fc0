package dev.saferun.audit;

/**
 * Whether somebody waits for answers now that matter more than what was logged. Declared here,
 * filled by the module that gives the answers.
 */
@FunctionalInterface
public interface LiveLoad {

  boolean isBusy();
}
