package dev.saferun.replay.capture;

import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.RequestThreads;
import dev.saferun.replay.JournalConfiguration;
import dev.saferun.replay.journal.FileDisk;
import dev.saferun.replay.journal.Journal;
import dev.saferun.replay.journal.JournalSettings;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the journal of this node. */
@Factory
final class JournalBeans {

  @Singleton
  @Bean(preDestroy = "close")
  Journal journal(JournalConfiguration configuration, DataDirectory data) throws IOException {
    String chosen = configuration.directory();
    Path directory = chosen == null ? data.path().resolve("journal") : Path.of(chosen);
    JournalSettings settings =
        JournalSettings.defaults(directory)
            .withSegmentBytes(configuration.segmentBytes())
            .withTotalBytesMax(configuration.totalBytesMax());
    return Journal.open(new FileDisk(), settings);
  }

  /**
   * Answers are made where their requests came in, so that the journal's thread can go on writing.
   */
  @Singleton
  FrameJournal frameJournal(Journal journal, RequestThreads threads) {
    return record -> journal.append(record).thenApplyAsync(outcome -> outcome, threads.here());
  }
}
