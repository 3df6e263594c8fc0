package dev.saferun.replay.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole journal on a real disk: its outcomes, and a process killed while it appends. */
class JournalIT {

  private static final int ROUNDS = 6;
  private static final int LINES_BEFORE_THE_KILL = 2000;

  @TempDir Path directory;

  private final Random random = new Random(7);

  @Test
  void nothingAcknowledgedIsLost() throws IOException, InterruptedException {
    Map<Long, Integer> acknowledged = new HashMap<>();
    long cut = 0;
    for (int round = 0; round < ROUNDS; round++) {
      appendUntilKilled(round, acknowledged);
      try (Journal journal = Journal.open(new FileDisk(), settings())) {
        cut += journal.recovery().recordsCut();
        assertThat(journal.recovery().damaged()).isEmpty();
        assertThat(lost(journal, acknowledged)).isZero();
      }
    }
    System.out.printf(
        "journal kill -9: %d rounds, %d acknowledged, 0 lost, %d unacknowledged cut%n",
        ROUNDS, acknowledged.size(), cut);
  }

  @Test
  void aSecondProcessIsRefused() throws IOException, InterruptedException {
    Process process = start(1);
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).isNotNull();
      assertThatThrownBy(() -> Journal.open(new FileDisk(), settings()))
          .isInstanceOf(JournalLocked.class)
          .hasMessageContaining("another process");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void outcomesOfTheThreadedJournal() throws IOException {
    Journal journal = Journal.open(new FileDisk(), small());
    CompletableFuture<Void> more = journal.moreAfter(0).toCompletableFuture();
    assertThat(append(journal, 100)).isEqualTo(new Appended.Durable(1));
    more.join();
    assertThat(append(journal, 2001)).isEqualTo(new Appended.TooLarge(2001, 2000));
    assertThat(journal.stats().depthRecords()).isEqualTo(1);
    assertThatThrownBy(() -> Journal.open(new FileDisk(), small()))
        .isInstanceOf(JournalLocked.class);
    CompletableFuture<Void> never = journal.moreAfter(1).toCompletableFuture();
    journal.close();
    never.join();
    assertThat(append(journal, 100)).isEqualTo(new Appended.Closed());
  }

  @Test
  void aFullQueueRefusesAtOnce() throws IOException {
    Semaphore gate = new Semaphore(1);
    try (Journal journal = Journal.open(disk(gate), small())) {
      gate.acquireUninterruptibly();
      List<CompletableFuture<Appended>> stages = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        stages.add(journal.append(TestRecords.record(random, 2000)).toCompletableFuture());
      }
      assertThat(stages.getLast().getNow(new Appended.Closed()))
          .isEqualTo(new Appended.Full(Appended.Bound.QUEUE_BYTES));
      gate.release();
      assertThat(stages.getFirst().join()).isEqualTo(new Appended.Durable(1));
    }
  }

  private Appended append(Journal journal, int bytes) {
    return journal.append(TestRecords.record(random, bytes)).toCompletableFuture().join();
  }

  private JournalSettings small() {
    return TestRecords.small(directory);
  }

  private JournalSettings settings() {
    return JournalSettings.defaults(directory).withSegmentBytes(16 << 20);
  }

  private void appendUntilKilled(int round, Map<Long, Integer> acknowledged)
      throws IOException, InterruptedException {
    Process process = start(round);
    int killAt = LINES_BEFORE_THE_KILL + 137 * round;
    try (BufferedReader lines = process.inputReader()) {
      int read = 0;
      String line = lines.readLine();
      while (line != null) {
        note(line, acknowledged);
        if (++read == killAt) {
          process.toHandle().destroyForcibly();
        }
        line = lines.readLine();
      }
      assertThat(read).isGreaterThanOrEqualTo(killAt);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** The last line may be cut by the kill: then nobody was told. */
  private static void note(String line, Map<Long, Integer> acknowledged) {
    if (line.matches("\\d+ -?\\d+ ;")) {
      String[] parts = line.split(" ", 3);
      acknowledged.put(Long.valueOf(parts[0]), Integer.valueOf(parts[1]));
    }
  }

  private Process start(int seed) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            AppendingProcess.class.getName(),
            directory.toString(),
            Integer.toString(seed))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static long lost(Journal journal, Map<Long, Integer> acknowledged) throws IOException {
    Map<Long, Integer> left = new HashMap<>(acknowledged);
    try (JournalReader reader = journal.reader(1)) {
      JournalBatch batch = reader.read(1000, 1 << 20);
      while (!batch.isEmpty()) {
        for (JournalEntry entry : batch.entries()) {
          left.remove(entry.position(), Arrays.hashCode(entry.body()));
        }
        batch = reader.read(1000, 1 << 20);
      }
    }
    return left.size();
  }

  /** The real disk, whose syncs wait at the gate. */
  private static Disk disk(Semaphore gate) {
    return before(Disk.class, new FileDisk(), method -> {}, file -> file(file, gate));
  }

  private static Object file(Object result, Semaphore gate) {
    return result instanceof DiskFile file
        ? before(
            DiskFile.class,
            file,
            method -> {
              if (method.equals("force")) {
                gate.acquireUninterruptibly();
                gate.release();
              }
            },
            same -> same)
        : result;
  }

  private static <T> T before(
      Class<T> type, T real, Consumer<String> first, UnaryOperator<@Nullable Object> last) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              first.accept(method.getName());
              return last.apply(method.invoke(real, arguments));
            }));
  }
}
