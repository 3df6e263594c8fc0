package dev.saferun.evaluator;

import dev.saferun.evaluator.texts.Work;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long the measurement of one call may take.
 *
 * @param limit null where it may take as long as it needs
 * @param nanoTime a clock that only goes forward
 */
public record IntentDeadline(@Nullable Duration limit, LongSupplier nanoTime) {

  /** As long as it needs: what is measured then does not depend on the machine. */
  public static final IntentDeadline NONE = new IntentDeadline(null, System::nanoTime);

  /** A measurement begins now. */
  Work.Clock begin() {
    if (limit == null) {
      return Work.Clock.STOPPED;
    }
    long nanosMax = limit.toNanos();
    long begun = nanoTime.getAsLong();
    return () -> nanoTime.getAsLong() - begun >= nanosMax;
  }
}
