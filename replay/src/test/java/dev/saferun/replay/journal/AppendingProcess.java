package dev.saferun.replay.journal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** A process that appends until it is killed, and prints each position once it is durable. */
final class AppendingProcess {

  private AppendingProcess() {}

  public static void main(String[] arguments) throws IOException {
    Random random = new Random(Long.parseLong(arguments[1]));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    JournalSettings settings =
        JournalSettings.defaults(Path.of(arguments[0])).withSegmentBytes(16 << 20);
    Journal journal = Journal.open(new FileDisk(), settings);
    while (true) {
      Pending record = TestRecords.record(random, random.nextInt(4000));
      int hash = Arrays.hashCode(record.body());
      journal
          .append(record)
          .thenAccept(
              outcome -> {
                if (outcome instanceof Appended.Durable durable) {
                  out.println(durable.position() + " " + hash + " ;");
                }
              });
      if (random.nextInt(16) == 0) {
        record.join();
      }
    }
  }
}
