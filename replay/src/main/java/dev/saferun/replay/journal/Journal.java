package dev.saferun.replay.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The place where an answered decision survives power loss. Any thread appends, without blocking;
 * one thread writes all that waits as one group, syncs once, and completes the stages in order.
 *
 * <p>Stages complete on the writer's thread. What hangs on one must therefore be short: hand an
 * answer to its event loop, no more. The first hand-over wakes the loop and those that follow find
 * it awake, which is cheaper than another thread in between.
 */
public final class Journal implements AutoCloseable {

  private static final String LOCK_FILE = "lock";
  private static final long SPARE_RETRY_NANOS = 1_000_000_000L;

  private final JournalSettings settings;
  private final JournalCore core;
  private final AutoCloseable lock;
  private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final Waiters waiters = new Waiters();
  private final Thread writer;
  private final Thread spareMaker;

  private volatile boolean closing;
  private volatile boolean writerIdle;

  private Journal(JournalSettings settings, JournalCore core, AutoCloseable lock) {
    this.settings = settings;
    this.core = core;
    this.lock = lock;
    this.writer = Thread.ofPlatform().name("journal-writer").daemon().unstarted(this::write);
    this.spareMaker =
        Thread.ofPlatform().name("journal-spare").daemon().unstarted(this::makeSpares);
  }

  /**
   * Opens, recovers and locks the directory.
   *
   * @throws JournalLocked when another process has the directory
   */
  public static Journal open(Disk disk, JournalSettings settings) throws IOException {
    disk.createDirectory(settings.directory());
    AutoCloseable lock = disk.lock(settings.directory().resolve(LOCK_FILE));
    try {
      JournalCore core = JournalCore.open(disk, settings, Mechanics.STANDARD, System::nanoTime);
      Journal journal = new Journal(settings, core, lock);
      journal.writer.start();
      journal.spareMaker.start();
      return journal;
    } catch (IOException | RuntimeException e) {
      unlock(lock);
      throw e;
    }
  }

  /** What opening found. */
  public Recovery recovery() {
    return core.recovery();
  }

  /** Never blocks. The body must not change afterwards: it is copied when its turn comes. */
  public CompletionStage<Appended> append(JournalRecord record) {
    return append(
        new Pending(
            record.header(),
            record.body().bytes(),
            record.body().sha256(),
            record.body().sealed()));
  }

  CompletionStage<Appended> append(Pending pending) {
    int bodyBytes = pending.contentBytes();
    if (bodyBytes > settings.recordBytesMax()) {
      return refuse(new Appended.TooLarge(bodyBytes, settings.recordBytesMax()));
    }
    if (closing) {
      return refuse(new Appended.Closed());
    }
    long waiting = queuedBytes.addAndGet(pending.paddedBytes());
    if (waiting > settings.queueBytesMax() && waiting > pending.paddedBytes()) {
      queuedBytes.addAndGet(-pending.paddedBytes());
      return refuse(new Appended.Full(Appended.Bound.QUEUE_BYTES));
    }
    queue.add(pending);
    if (closing && !writer.isAlive()) {
      refuseQueued();
    } else if (writerIdle) {
      LockSupport.unpark(writer);
    }
    return pending;
  }

  private CompletionStage<Appended> refuse(Appended outcome) {
    refused.incrementAndGet();
    return CompletableFuture.completedStage(outcome);
  }

  /** Reads from the position on, or from the first that is still held. */
  public JournalReader reader(long fromPosition) {
    return new JournalReader(core, fromPosition);
  }

  /** Completes once a record after the position is durable, or when the journal closes. */
  public CompletionStage<Void> moreAfter(long position) {
    CompletableFuture<Void> stage = waiters.add(position);
    if (core.durable() > position || closing) {
      waiters.complete(core.durable(), closing);
    }
    return stage;
  }

  /**
   * Says that all records up to and including the position are persisted elsewhere and need not be
   * kept. Blocks for two syncs: call it once a batch, not on an event loop. After a failure the
   * position before stands and the call may be repeated.
   */
  public void release(long upToPosition) throws IOException {
    core.release(upToPosition);
  }

  /** The position up to which all is released; a drain starts at the next. */
  public long released() {
    return core.released();
  }

  /** Figures for metrics and health. */
  public JournalStats stats() {
    JournalCore.GroupFigures figures = core.figures();
    long nowMicros = System.currentTimeMillis() * 1000;
    return new JournalStats(
        core.durable() - core.released(),
        core.backlog().waitingBytes(),
        core.backlog().oldestAgeMillis(nowMicros),
        core.segments().bytes(),
        queuedBytes.get(),
        figures.groups(),
        figures.records(),
        figures.lastRecords(),
        figures.lastSyncMicros(),
        figures.syncMicrosTotal(),
        refused.get(),
        core.healthy());
  }

  private void write() {
    ArrayDeque<Pending> taken = new ArrayDeque<>();
    while (!closing || !taken.isEmpty() || !queue.isEmpty()) {
      takeQueued(taken);
      if (taken.isEmpty()) {
        awaitAppend();
      } else {
        writeGroup(taken);
      }
    }
    core.close();
  }

  private void takeQueued(ArrayDeque<Pending> taken) {
    Pending next = queue.poll();
    while (next != null) {
      taken.add(next);
      next = queue.poll();
    }
  }

  private void awaitAppend() {
    writerIdle = true;
    if (queue.isEmpty() && !closing) {
      LockSupport.park(this);
    }
    writerIdle = false;
  }

  private void writeGroup(ArrayDeque<Pending> taken) {
    List<Pending> group = new ArrayList<>();
    Appended outcome = core.writeGroup(taken, group);
    if (!(outcome instanceof Appended.Durable)) {
      refused.addAndGet(group.size());
    }
    long bytes = group.stream().mapToLong(Pending::paddedBytes).sum();
    queuedBytes.addAndGet(-bytes);
    complete(group, outcome);
    waiters.complete(core.durable(), false);
    if (core.spareWanted()) {
      LockSupport.unpark(spareMaker);
    }
  }

  private static void complete(List<Pending> group, Appended outcome) {
    for (int i = 0; i < group.size(); i++) {
      group.get(i).complete(ofRecord(outcome, i));
    }
  }

  private static Appended ofRecord(Appended outcome, int index) {
    return outcome instanceof Appended.Durable first
        ? new Appended.Durable(first.position() + index)
        : outcome;
  }

  private void makeSpares() {
    while (!closing) {
      if (!core.spareWanted()) {
        LockSupport.park(this);
        continue;
      }
      try {
        core.prepareSpare();
      } catch (IOException e) {
        // Not needed yet: the writer makes its own and reports the fault when it is.
        LockSupport.parkNanos(this, SPARE_RETRY_NANOS);
      }
    }
  }

  private void refuseQueued() {
    Pending next = queue.poll();
    while (next != null) {
      queuedBytes.addAndGet(-next.paddedBytes());
      refused.incrementAndGet();
      next.complete(new Appended.Closed());
      next = queue.poll();
    }
  }

  /** Writes what waits, then closes; appends from now on end as {@link Appended.Closed}. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
    LockSupport.unpark(spareMaker);
    join(writer);
    join(spareMaker);
    refuseQueued();
    waiters.complete(core.durable(), true);
    unlock(lock);
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void unlock(AutoCloseable lock) {
    try {
      lock.close();
    } catch (Exception e) {
      throw new IllegalStateException("the journal's lock cannot be given back", e);
    }
  }
}
