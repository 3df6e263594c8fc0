package dev.saferun.replay.capture;

import dev.saferun.platform.DataDirectory;
import dev.saferun.replay.JournalConfiguration;
import dev.saferun.replay.journal.FileDisk;
import dev.saferun.replay.journal.Journal;
import dev.saferun.replay.journal.JournalSettings;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;

/** Opens the journal of this node. */
@Factory
final class JournalBeans {

  /** Answers are made off the journal's own thread, so that it can go on writing. */
  @Singleton
  @Bean(preDestroy = "close")
  Journal journal(JournalConfiguration configuration, DataDirectory data) throws IOException {
    String chosen = configuration.directory();
    Path directory = chosen == null ? data.path().resolve("journal") : Path.of(chosen);
    JournalSettings settings =
        JournalSettings.defaults(directory)
            .withSegmentBytes(configuration.segmentBytes())
            .withTotalBytesMax(configuration.totalBytesMax());
    return Journal.open(new FileDisk(), settings, ForkJoinPool.commonPool());
  }

  @Singleton
  FrameJournal frameJournal(Journal journal) {
    return journal::append;
  }
}
