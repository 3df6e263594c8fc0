package dev.saferun.auth.store;

import dev.saferun.auth.ApiKeys;
import dev.saferun.auth.keys.KeyIndex;
import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Database;
import dev.saferun.platform.LastGood;
import dev.saferun.platform.OrganizationMemory;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Fills the index at the start, before the first request, and again after each change; keeps what
 * is in it on this node's disk for a start without the database.
 */
@Context
class KeyLoader implements OrganizationMemory.Held {

  private final Database database;
  private final ChangeFeed changes;
  private final KeyRows rows;
  private final KeyIndex index;
  private final OrganizationMemory memory;

  KeyLoader(
      Database database, ChangeFeed changes, KeyRows rows, KeyIndex index, LastGood lastGood) {
    this.database = database;
    this.changes = changes;
    this.rows = rows;
    this.index = index;
    this.memory = new OrganizationMemory("keys", database, lastGood, this);
  }

  @PostConstruct
  void start() {
    memory.start(
        () ->
            changes.subscribe(
                ApiKeys.TOPIC,
                organization -> memory.request(organization).exceptionally(fault -> null)));
  }

  @PreDestroy
  void stop() {
    memory.close();
  }

  /**
   * Completes when what is committed is in force here, and on disk: a key that was said to be
   * revoked must not come back with a start from there.
   */
  CompletionStage<Void> refresh(UUID organizationId) {
    return memory.request(organizationId).thenCompose(done -> memory.onDisk());
  }

  @Override
  public CompletionStage<Void> read(UUID organizationId) {
    return database
        .inSession(organizationId, session -> rows.live(session, organizationId))
        .thenAccept(
            found -> {
              long now = System.nanoTime();
              index.swap(organizationId, found.stream().map(row -> row.entry(now)).toList());
            });
  }

  @Override
  public void retain(Set<UUID> organizationIds) {
    index.retain(organizationIds);
  }

  @Override
  public Map<String, @Nullable Object> document() {
    return KeysDocument.of(index.entries());
  }

  @Override
  public void restore(Map<String, @Nullable Object> document) {
    index.restore(KeysDocument.read(document, System.nanoTime()));
  }
}
