package dev.saferun.replay.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prints what an append costs beside what the disk's sync alone costs. Arguments: a directory on
 * the disk to measure, seconds for each figure, bytes of a body.
 */
final class JournalBenchmark {

  private static final int SYNCS = 300;
  private static final int SAMPLES_MAX = 1 << 20;

  private final Path directory;
  private final long seconds;
  private final int bodyBytes;

  private JournalBenchmark(Path directory, long seconds, int bodyBytes) {
    this.directory = directory;
    this.seconds = seconds;
    this.bodyBytes = bodyBytes;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(Path.of(arguments[0]), "journal-benchmark");
    JournalBenchmark benchmark =
        new JournalBenchmark(
            directory, Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]));
    for (int appenders : new int[] {1, 16, 64}) {
      benchmark.rawSync();
      benchmark.appends(appenders, 1);
    }
    benchmark.appends(64, 64);
  }

  /** Overwrites pages of an allocated file, one sync each. */
  private void rawSync() throws IOException {
    Path path = directory.resolve("raw");
    long[] nanos = new long[SYNCS];
    try (DiskFile file = new FileDisk().create(path)) {
      file.write(ByteBuffer.allocateDirect(8 << 20), 0);
      file.force();
      ByteBuffer page = ByteBuffer.allocateDirect(8192);
      for (int i = 0; i < SYNCS; i++) {
        long started = System.nanoTime();
        file.write(page.clear(), 8192L * i);
        file.force();
        nanos[i] = System.nanoTime() - started;
      }
    }
    Files.delete(path);
    Arrays.sort(nanos);
    System.out.printf(
        "raw write + fdatasync of 8 kB: p50 %d us, p99 %d us%n",
        nanos[SYNCS / 2] / 1000, nanos[SYNCS * 99 / 100] / 1000);
  }

  /** Threads that each keep so many appends in flight, and a drain that reads and releases all. */
  private void appends(int appenders, int inFlight) throws IOException, InterruptedException {
    Path path = directory.resolve("journal-" + appenders + "-" + inFlight);
    try (Journal journal = Journal.open(new FileDisk(), JournalSettings.defaults(path))) {
      AtomicLong durable = new AtomicLong();
      List<long[]> samples = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      for (int i = 0; i < appenders; i++) {
        long[] latencies = new long[SAMPLES_MAX / appenders];
        samples.add(latencies);
        threads.add(
            Thread.ofPlatform().start(() -> append(journal, inFlight, end, durable, latencies)));
      }
      threads.add(Thread.ofPlatform().start(() -> drain(journal, end)));
      for (Thread thread : threads) {
        thread.join();
      }
      print(journal, appenders, inFlight, durable.get(), samples);
    }
  }

  private void append(
      Journal journal, int inFlight, long end, AtomicLong durable, long[] latencies) {
    Pending sample = TestRecords.record(new Random(1), bodyBytes);
    int count = 0;
    while (System.nanoTime() < end) {
      long started = System.nanoTime();
      Pending last = sample;
      for (int i = 0; i < inFlight; i++) {
        last = new Pending(sample.header(), sample.body(), sample.bodySha256(), sample.sealed());
        journal.append(last);
      }
      if (last.join() instanceof Appended.Durable) {
        durable.addAndGet(inFlight);
        latencies[count++ % latencies.length] = System.nanoTime() - started;
      }
    }
  }

  private static void drain(Journal journal, long end) {
    try (JournalReader reader = journal.reader(1)) {
      while (System.nanoTime() < end) {
        JournalBatch batch = reader.read(10_000, 16 << 20);
        if (!batch.isEmpty()) {
          journal.release(batch.nextPosition() - 1);
        }
        journal
            .moreAfter(batch.nextPosition() + 5_000)
            .toCompletableFuture()
            .orTimeout(200, TimeUnit.MILLISECONDS)
            .exceptionally(timeout -> null)
            .join();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void print(
      Journal journal, int appenders, int inFlight, long durable, List<long[]> samples) {
    long[] nanos =
        samples.stream()
            .flatMapToLong(Arrays::stream)
            .filter(value -> value > 0)
            .sorted()
            .toArray();
    JournalStats stats = journal.stats();
    System.out.printf(
        "%d appenders x %d in flight, %d B: %d appends/s, p50 %d us, p99 %d us, group %.1f, sync %d us%n",
        appenders,
        inFlight,
        bodyBytes,
        durable / seconds,
        nanos[nanos.length / 2] / 1000,
        nanos[(int) (nanos.length * 0.99)] / 1000,
        (double) stats.records() / Math.max(1, stats.groups()),
        stats.syncMicrosTotal() / Math.max(1, stats.groups()));
  }
}
