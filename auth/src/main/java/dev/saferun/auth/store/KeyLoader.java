package dev.saferun.auth.store;

import dev.saferun.auth.ApiKeys;
import dev.saferun.auth.keys.KeyIndex;
import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Database;
import dev.saferun.platform.OrganizationRefresh;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Fills the index at the start, before the first request, and again after each change. */
@Context
class KeyLoader {

  private static final long LOAD_SECONDS_MAX = 60;

  private final Database database;
  private final ChangeFeed changes;
  private final KeyRows rows;
  private final KeyIndex index;
  private final OrganizationRefresh refresh = new OrganizationRefresh(this::read);

  KeyLoader(Database database, ChangeFeed changes, KeyRows rows, KeyIndex index) {
    this.database = database;
    this.changes = changes;
    this.rows = rows;
    this.index = index;
  }

  /** Subscribes before it loads, so that no change falls between the two. */
  @PostConstruct
  void start() {
    changes.subscribe(
        ApiKeys.TOPIC, organization -> refresh.request(organization).exceptionally(fault -> null));
    database
        .organizationIds()
        .thenCompose(
            ids ->
                CompletableFuture.allOf(
                    ids.stream()
                        .map(id -> refresh.request(id).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new)))
        .toCompletableFuture()
        .orTimeout(LOAD_SECONDS_MAX, TimeUnit.SECONDS)
        .join();
  }

  CompletionStage<Void> refresh(UUID organizationId) {
    return refresh.request(organizationId);
  }

  private CompletionStage<Void> read(UUID organizationId) {
    return database
        .inSession(organizationId, session -> rows.live(session, organizationId))
        .thenAccept(
            found -> {
              long now = System.nanoTime();
              index.swap(organizationId, found.stream().map(row -> row.entry(now)).toList());
            });
  }
}
