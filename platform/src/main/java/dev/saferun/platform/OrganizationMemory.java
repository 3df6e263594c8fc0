package dev.saferun.platform;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a module holds in memory of every organization, so that no request waits for the database.
 *
 * <p>A start first puts back what was last in force from this node's disk, then reads all of it
 * from the database, which wins. Where the database is away the start goes on with what the disk
 * had and reads the database when it comes; where the disk had nothing either, it fails. After each
 * change what is in force goes to the disk again, and not before the database was read once: what
 * is on disk is then never less than what was.
 */
public final class OrganizationMemory implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OrganizationMemory.class);

  private static final long FIRST_LOAD_SECONDS_MAX = 300;
  private static final long LOAD_SECONDS_MAX = 20;
  private static final long AGAIN_AFTER_MILLIS = 500;
  private static final CompletionStage<Void> NOTHING_TO_WRITE =
      CompletableFuture.completedStage(null);

  /** The module's side. */
  public interface Held {

    /** Reads the organization and puts it in the place of what was held of it. */
    CompletionStage<Void> read(UUID organizationId);

    /** Forgets what is held of any other organization. */
    void retain(Set<UUID> organizationIds);

    /** All that is held, as a document. Called on a thread that may take its time. */
    Map<String, @Nullable Object> document();

    /** Puts back what {@link #document} gave. Called before anything is read. */
    void restore(Map<String, @Nullable Object> document);
  }

  private final String name;
  private final Database database;
  private final LastGood lastGood;
  private final Held held;
  private final OrganizationRefresh refresh;
  private final Set<UUID> asked = ConcurrentHashMap.newKeySet();
  private volatile CompletionStage<Void> onDisk = NOTHING_TO_WRITE;
  private volatile @Nullable Instant fromDisk;
  private volatile boolean loaded;
  private volatile boolean closed;

  /**
   * @param name of the module, and of its document on disk
   */
  public OrganizationMemory(String name, Database database, LastGood lastGood, Held held) {
    this.name = name;
    this.database = database;
    this.lastGood = lastGood;
    this.held = held;
    this.refresh = new OrganizationRefresh(this::read);
  }

  /**
   * Blocks until there is something to go on with; fails where there is nothing.
   *
   * @param subscribe to changes: after the disk was read, so that no older state replaces what a
   *     notice brought, and before the database is, so that no change falls between the two
   */
  public void start(Runnable subscribe) {
    restore();
    subscribe.run();
    try {
      load()
          .toCompletableFuture()
          .orTimeout(fromDisk == null ? FIRST_LOAD_SECONDS_MAX : LOAD_SECONDS_MAX, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException fault) {
      if (fromDisk == null) {
        throw new IllegalStateException(
            "the database cannot be read, and there is no last good document '"
                + name
                + "' in the data directory to start from; make the database reachable",
            fault.getCause());
      }
      LOG.atWarn()
          .addKeyValue("document", name)
          .addKeyValue("written_at", fromDisk)
          .log("the database cannot be read; what was last in force is taken from disk");
      loadLater();
    }
  }

  private void restore() {
    Optional<LastGood.Document> found = lastGood.read(name);
    if (found.isEmpty()) {
      return;
    }
    LastGood.Document document = found.get();
    try {
      held.restore(StrictJson.parseObject(document.content()));
      fromDisk = document.writtenAt();
    } catch (RuntimeException fault) {
      LOG.atError()
          .addKeyValue("document", name)
          .setCause(fault)
          .log("a last good document cannot be understood");
    }
  }

  private CompletionStage<Void> load() {
    return database
        .organizationIds()
        .thenCompose(ids -> CompletableFuture.allOf(reads(ids)).thenAccept(done -> loaded()));
  }

  private CompletableFuture<?>[] reads(List<UUID> ids) {
    return ids.stream()
        .map(id -> refresh.request(id).toCompletableFuture())
        .toArray(CompletableFuture<?>[]::new);
  }

  /** Everything that is there was asked for; what the disk had beyond it is of another database. */
  private synchronized void loaded() {
    if (!loaded) {
      held.retain(Set.copyOf(asked));
      loaded = true;
      fromDisk = null;
      onDisk = write();
    }
  }

  private CompletionStage<Void> read(UUID organizationId) {
    if (!loaded) {
      asked.add(organizationId);
    }
    return held.read(organizationId).thenAccept(done -> onDisk = write());
  }

  private CompletionStage<Void> write() {
    return loaded && !closed
        ? lastGood
            .write(name, () -> CanonicalJson.write(held.document()))
            .exceptionally(fault -> null)
        : NOTHING_TO_WRITE;
  }

  private void loadLater() {
    CompletableFuture.delayedExecutor(AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              if (!closed && !loaded) {
                load().exceptionally(fault -> null).thenRun(this::loadLater);
              }
            });
  }

  /**
   * Completes when a read that began after this call is in force; fails when that one fails, and is
   * then repeated.
   */
  public CompletionStage<Void> request(UUID organizationId) {
    return refresh.request(organizationId);
  }

  /**
   * Completes when what was read last is on disk too, or could not be put there: that is reported
   * and tried again, and undoes nothing.
   */
  public CompletionStage<Void> onDisk() {
    return onDisk;
  }

  /** When that which is in force was written to disk; empty once the database was read. */
  public Optional<Instant> fromDisk() {
    return Optional.ofNullable(fromDisk);
  }

  /** Ends the waiting for the database. */
  @Override
  public void close() {
    closed = true;
  }
}
