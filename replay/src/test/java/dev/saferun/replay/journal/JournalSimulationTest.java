package dev.saferun.replay.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Thousands of seeded lives of a journal on a disk that does its worst. */
class JournalSimulationTest {

  private static final long SEEDS = Long.getLong("saferun.simulation.seeds", 1500);
  private static final long CONTROL_SEEDS = 500;

  @Test
  void keepsEveryPromise() {
    long started = System.nanoTime();
    Long only = Long.getLong("saferun.simulation.seed");
    long first = only == null ? 1 : only;
    long last = only == null ? SEEDS : only;
    for (long seed = first; seed <= last; seed++) {
      Throwable failure = JournalSimulation.failure(seed, Mechanics.STANDARD);
      if (failure != null) {
        fail("repeat it with -Dsaferun.simulation.seed=" + seed, failure);
      }
    }
    long millis = (System.nanoTime() - started) / 1_000_000;
    System.out.printf("journal simulation: %d seeds in %d ms%n", last - first + 1, millis);
  }

  @Test
  void findsAnAnswerBeforeTheSync() {
    GroupWriter hasty =
        new GroupWriter() {
          @Override
          void sync(DiskFile file) {
            // The planted fault: durable only by luck.
          }
        };
    assertFound("answer before sync", new Mechanics(hasty, RecordFormat::new));
  }

  @Test
  void findsAMissingChecksum() {
    assertFound("no checksum", new Mechanics(new GroupWriter(), Credulous::new));
  }

  @Test
  void findsAnIgnoredShortWrite() {
    GroupWriter careless =
        new GroupWriter() {
          @Override
          void writeWhole(DiskFile file, ByteBuffer source, long offset) throws IOException {
            file.write(source, offset);
          }
        };
    assertFound("ignored short write", new Mechanics(careless, RecordFormat::new));
  }

  private static void assertFound(String fault, Mechanics mechanics) {
    long seed = 1;
    while (seed <= CONTROL_SEEDS && JournalSimulation.failure(seed, mechanics) == null) {
      seed++;
    }
    System.out.printf("journal simulation: planted '%s' found at seed %d%n", fault, seed);
    assertThat(seed).as("the simulation must find: " + fault).isLessThanOrEqualTo(CONTROL_SEEDS);
  }

  private static final class Credulous extends RecordFormat {
    @Override
    boolean intact(ByteBuffer source, int start, int length, long segment) {
      return true;
    }
  }
}
