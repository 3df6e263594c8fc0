package dev.saferun.evaluator;

import dev.saferun.evaluator.history.Calls;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a project's calls were like, as the Intent Guard needs it: how often which tool, what its
 * arguments had, what its answers said was done. Bounded by {@link HistoryLimits}; of values it has
 * hashes and magnitudes only. For any number of threads.
 *
 * <p>Only calls with the verdict {@code allow} belong in it, so a stopped attack teaches nothing,
 * and a call is measured before it is added. No label ever changes it.
 */
public final class ProjectHistory {

  private final Calls calls;

  /**
   * @param whole false where earlier calls are still to be told; until {@link #setWhole} nothing is
   *     said of any call
   */
  public ProjectHistory(boolean whole) {
    calls = new Calls(whole);
  }

  /** Takes in a call that was just allowed. */
  public void add(Check call, UUID decision) {
    calls.add(call, decision);
  }

  /** Takes in what a call gave back; nothing where the call was not added. */
  public void answered(UUID decision, @Nullable Object result) {
    calls.answered(decision, result);
  }

  /**
   * Takes in a recorded call from before all others that were taken in.
   *
   * @param call with {@link Unknown#VALUE} in place of each value that redaction took
   * @param result what it gave back; null where that is not known
   */
  public void addEarlier(Check call, @Nullable Object result) {
    calls.addEarlier(call, result);
  }

  /** All earlier calls are here: from now on there is something to tell. */
  public void setWhole() {
    calls.setWhole();
  }

  Calls calls() {
    return calls;
  }
}
