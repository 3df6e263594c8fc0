package dev.saferun.replay.drain;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.replay.journal.JournalEntry;
import dev.saferun.replay.store.FrameStore;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a batch of one organization, whatever is in it: a batch that the database refuses is
 * halved until the refused records stand alone, and those go to quarantine. Blocks; the drain's own
 * thread calls it.
 */
final class BatchWriter {

  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

  /** SQL states by class that say something about the server and nothing about the rows. */
  private static final List<String> OF_THE_SERVER =
      List.of("08", "25", "28", "3D", "40", "53", "55", "57", "58");

  private final FrameStore store;
  private long quarantined;

  BatchWriter(FrameStore store) {
    this.store = store;
  }

  /** The records that were put aside since the start. */
  long quarantined() {
    return quarantined;
  }

  /**
   * Returns when every record is in the database, in its table or in quarantine.
   *
   * @throws DatabaseAway when the database takes nothing now; what was written stays, and writing
   *     it again does no harm
   */
  void write(UUID organizationId, List<JournalEntry> entries) throws DatabaseAway {
    try {
      await(store.write(organizationId, entries));
    } catch (Refused refused) {
      if (entries.size() > 1) {
        int half = entries.size() / 2;
        write(organizationId, entries.subList(0, half));
        write(organizationId, entries.subList(half, entries.size()));
      } else {
        quarantine(organizationId, entries.getFirst(), refused.code);
      }
    }
  }

  private void quarantine(UUID organizationId, JournalEntry entry, String code)
      throws DatabaseAway {
    LOG.atError()
        .addKeyValue("record", entry.header().recordId())
        .addKeyValue("code", code)
        .log("the database refused a record; it is in quarantine");
    try {
      await(store.quarantine(organizationId, entry, code));
      quarantined++;
    } catch (Refused refused) {
      // The quarantine takes every row of an organization that there is. To drop the record would
      // lose it, so the drain stands still and the lag shows it.
      throw new DatabaseAway(refused);
    }
  }

  private static void await(CompletionStage<Void> stage) throws DatabaseAway, Refused {
    try {
      stage.toCompletableFuture().join();
    } catch (CompletionException failed) {
      Throwable fault = failed.getCause() == null ? failed : failed.getCause();
      String code = refusal(fault);
      if (code.isEmpty()) {
        throw new DatabaseAway(fault);
      }
      throw new Refused(code);
    }
  }

  /** What says that the rows are at fault; empty where it is the server. */
  private static String refusal(Throwable fault) {
    return switch (fault) {
      case PgException refused -> {
        String state = String.valueOf(refused.getSqlState());
        yield OF_THE_SERVER.stream().anyMatch(state::startsWith) ? "" : state;
      }
      case ProblemException problem ->
          problem.code() == CommonProblem.DATABASE_UNAVAILABLE ? "" : problem.code().code();
      case IllegalArgumentException unreadable -> "unreadable";
      default -> "";
    };
  }

  /** The database takes nothing now. */
  static final class DatabaseAway extends Exception {
    private static final long serialVersionUID = 1L;

    DatabaseAway(Throwable cause) {
      super(cause);
    }
  }

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    Refused(String code) {
      super(code, null, false, false);
      this.code = code;
    }
  }
}
