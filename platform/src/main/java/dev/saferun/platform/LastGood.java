package dev.saferun.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was last in force, on this node's own disk: named documents from which a start goes on while
 * the database is away. The database wins wherever it can be read; a document is only ever what it
 * said before.
 *
 * <p>A document is replaced whole or not at all, carries a number that only grows, and is checked
 * by its hash when it is read: one that is damaged, foreign or readable by others is reported and
 * never used. Writing happens on threads of its own. Changes that come faster than they can be
 * written are written as one: a document is written at most four times a second, since its sync
 * holds up others on the same disk, and making it takes at most a tenth of one processor.
 */
public final class LastGood implements AutoCloseable {

  /** A larger document is not written, and is reported as one that lags. */
  public static final int BYTES_MAX = 64 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);
  private static final String ENDING = ".last-good";
  private static final int RESTS_FOR_EACH_WORK = 9;
  private static final long REST_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long AGAIN_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long CLOSE_SECONDS_MAX = 10;

  private final Path directory;
  private final InstantSource clock;
  private final Map<String, Line> lines = new ConcurrentHashMap<>();
  private final ExecutorService writers;

  private LastGood(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
    // Two, so that a large document does not hold up a small one.
    this.writers =
        Executors.newFixedThreadPool(
            2, Thread.ofPlatform().daemon().name("last-good-", 0).factory());
  }

  public static LastGood in(DataDirectory data, InstantSource clock) {
    return new LastGood(data.directory("last-good"), clock);
  }

  /** A document as it was found whole on disk. */
  public record Document(long number, Instant writtenAt, byte[] content) {}

  /** Whether there is no document at all, damaged ones included: a first start. */
  public boolean isEmpty() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.noneMatch(file -> file.toString().endsWith(ENDING));
    } catch (IOException fault) {
      throw new UncheckedIOException("cannot look into " + directory, fault);
    }
  }

  /** Blocks. Empty where there is none that can be used; the log says why. */
  public Optional<Document> read(String name) {
    return readFile(name)
        .map(file -> new Document(file.number(), file.writtenAt(), file.content()));
  }

  private Optional<LastGoodFile> readFile(String name) {
    try {
      return LastGoodFile.read(file(name), name);
    } catch (IOException | LastGoodFile.Unusable fault) {
      LOG.atError()
          .addKeyValue("file", file(name))
          .addKeyValue("why", fault.getMessage())
          .log("a last good document cannot be used");
      return Optional.empty();
    }
  }

  /**
   * Writes the document soon; does not wait. The content is made on the writing thread, when its
   * turn comes, so it must be what is in force <em>then</em>. The stage completes when a content
   * that was made after this call is durable; it fails where that one could not be written, which
   * is tried again until it can.
   */
  public CompletionStage<Void> write(String name, Supplier<byte[]> content) {
    return lines.computeIfAbsent(name, Line::new).want(content);
  }

  /** The documents on disk that are older than what is in force, because they cannot be written. */
  public Set<String> lagging() {
    Set<String> names = new TreeSet<>();
    lines.forEach(
        (name, line) -> {
          if (line.failing) {
            names.add(name);
          }
        });
    return names;
  }

  /** Writes what is still to be written. */
  @Override
  public void close() {
    writers.shutdown();
    try {
      if (!writers.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.warn("a last good document is still being written");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    lines.values().forEach(Line::finish);
  }

  private Path file(String name) {
    return directory.resolve(name + ENDING);
  }

  /** One document: what is to be written of it, one writing at a time. */
  private final class Line {

    private final String name;
    private @Nullable Supplier<byte[]> next;
    private CompletableFuture<Void> nextDone = new CompletableFuture<>();
    private boolean busy;
    private volatile boolean failing;
    // Only the writing that is under way touches these.
    private @Nullable String written;
    private long number;

    Line(String name) {
      this.name = name;
    }

    CompletionStage<Void> want(Supplier<byte[]> content) {
      synchronized (this) {
        next = content;
        if (busy) {
          return nextDone;
        }
        if (writers.isShutdown()) {
          return CompletableFuture.failedFuture(new IllegalStateException("closed"));
        }
        busy = true;
        // The writing may be over before this returns, and another promise in its place.
        CompletableFuture<Void> done = nextDone;
        writers.execute(this::turn);
        return done;
      }
    }

    private void turn() {
      Supplier<byte[]> content;
      CompletableFuture<Void> done;
      synchronized (this) {
        content = next;
        if (content == null) {
          busy = false;
          return;
        }
        done = nextDone;
        next = null;
        nextDone = new CompletableFuture<>();
      }
      long restNanos = write(content, done);
      synchronized (this) {
        if (writers.isShutdown()) {
          busy = false;
        } else {
          CompletableFuture.delayedExecutor(restNanos, TimeUnit.NANOSECONDS, writers)
              .execute(this::turn);
        }
      }
    }

    /** Writes one content and returns how long to rest after it. */
    private long write(Supplier<byte[]> content, CompletableFuture<Void> done) {
      long begun = System.nanoTime();
      try {
        byte[] bytes = content.get();
        long worked = System.nanoTime() - begun;
        put(bytes);
        failing = false;
        done.complete(null);
        return Math.max(worked * RESTS_FOR_EACH_WORK, REST_MIN_NANOS);
      } catch (IOException | RuntimeException fault) {
        failed(content, fault);
        done.completeExceptionally(fault);
        return AGAIN_AFTER_NANOS;
      }
    }

    private void put(byte[] content) throws IOException {
      if (content.length > BYTES_MAX) {
        throw new IOException("it has " + content.length + " bytes, more than " + BYTES_MAX);
      }
      String hash = LastGoodFile.hash(new byte[0], content);
      if (hash.equals(written)) {
        return;
      }
      if (written == null) {
        number = readFile(name).map(LastGoodFile::number).orElse(0L);
      }
      Instant now = clock.instant();
      // By the clock, so that it grows even where the document before it was lost.
      number = Math.max(number + 1, now.toEpochMilli());
      new LastGoodFile(name, number, now, content).write(file(name));
      written = hash;
    }

    private void failed(Supplier<byte[]> content, Exception fault) {
      synchronized (this) {
        if (next == null) {
          next = content;
        }
      }
      if (!failing) {
        failing = true;
        LOG.atError()
            .addKeyValue("document", name)
            .setCause(fault)
            .log("what is in force cannot be kept on disk; it is tried again");
      }
    }

    private void finish() {
      Supplier<byte[]> content;
      CompletableFuture<Void> done;
      synchronized (this) {
        content = next;
        done = nextDone;
        next = null;
      }
      if (content != null) {
        write(content, done);
      }
    }
  }
}
