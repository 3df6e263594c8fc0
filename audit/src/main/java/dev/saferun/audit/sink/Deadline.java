package dev.saferun.audit.sink;

import java.time.Duration;

/**
 * Ends a blocking call from outside when its time is over, by what makes it fail, such as closing
 * its socket: a timeout of reads alone would let a receiver drip for ever.
 */
final class Deadline implements AutoCloseable {

  private final Thread watch;
  private volatile boolean passed;

  private Deadline(Duration time, Runnable end) {
    this.watch = Thread.ofVirtual().name("deadline").unstarted(() -> await(time, end));
  }

  static Deadline after(Duration time, Runnable end) {
    Deadline deadline = new Deadline(time, end);
    deadline.watch.start();
    return deadline;
  }

  private void await(Duration time, Runnable end) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException inTime) {
      return;
    }
    passed = true;
    end.run();
  }

  boolean hasPassed() {
    return passed;
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
