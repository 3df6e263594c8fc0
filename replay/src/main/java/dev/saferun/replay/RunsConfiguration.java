package dev.saferun.replay;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * The bounds of what capture and drain hold and take.
 *
 * @param runsInMemoryMax runs whose state is kept in memory; beyond it the one that was idle
 *     longest is read from the database when it goes on. Runs with records that are not drained are
 *     kept beyond it, so this bound may stretch to as many as the journal holds
 * @param wordsInMemoryMax words of all runs' texts that the Intent Guard compares calls with, about
 *     50 bytes each; beyond it the run that was idle longest forgets its texts, which are read from
 *     the database when it goes on
 * @param windowsInMemoryMax counters of the loop guard's windows (one a window and run, agent or
 *     environment); beyond it those that are empty leave, and where there are none all begin anew
 *     and are not whole until their length has passed
 * @param decisionsInMemoryMax decisions that an outcome or a label finds without the database
 * @param idempotencyKeysInMemoryMax keys whose answers are kept in memory; older ones are asked of
 *     the database
 * @param pastRunTimeout how long a check waits for the database to tell a run's earlier state and
 *     texts; after that the state is {@code partial} and the texts are not whole
 * @param soleNode true where no other node records runs: a run that this node never saw is then new
 *     without a question to the database. With several nodes set it to false and route by run id
 * @param drainRecordsMax records in one transaction of the drain
 * @param drainBytesMax bytes in one read of the drain
 * @param drainGather how long the drain lets records gather once it has caught up
 * @param busyProcessorLoad share of the machine's processors, between 0 and 1; from it on the drain
 *     rests between batches, so that checks come first
 */
@ConfigurationProperties("saferun.runs")
public record RunsConfiguration(
    @Bindable(defaultValue = "200000") int runsInMemoryMax,
    @Bindable(defaultValue = "2000000") int wordsInMemoryMax,
    @Bindable(defaultValue = "100000") int windowsInMemoryMax,
    @Bindable(defaultValue = "200000") int decisionsInMemoryMax,
    @Bindable(defaultValue = "100000") int idempotencyKeysInMemoryMax,
    @Bindable(defaultValue = "100ms") Duration pastRunTimeout,
    @Bindable(defaultValue = "true") boolean soleNode,
    @Bindable(defaultValue = "1000") int drainRecordsMax,
    @Bindable(defaultValue = "4194304") int drainBytesMax,
    @Bindable(defaultValue = "20ms") Duration drainGather,
    @Bindable(defaultValue = "0.85") double busyProcessorLoad) {

  /** The defaults, as the annotations say them. */
  public static RunsConfiguration defaults() {
    return new RunsConfiguration(
        200_000,
        2_000_000,
        100_000,
        200_000,
        100_000,
        Duration.ofMillis(100),
        true,
        1_000,
        4 << 20,
        Duration.ofMillis(20),
        0.85);
  }
}
