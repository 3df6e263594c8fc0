package dev.saferun.tenancy.store;

import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Database;
import dev.saferun.platform.LastGood;
import dev.saferun.platform.OrganizationMemory;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import dev.saferun.tenancy.Tenancy;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every environment in one immutable map that is swapped whole, and kept on this node's disk for a
 * start without the database. Made at the start of the context and not at the first request:
 * loading waits for the database, which a request must never do.
 */
@Context
class EnvironmentsInMemory implements Environments, OrganizationMemory.Held {

  private final Database database;
  private final ChangeFeed changes;
  private final TenancyRows rows;
  private final OrganizationMemory memory;
  private final List<Function<UUID, CompletionStage<Void>>> listeners =
      new CopyOnWriteArrayList<>();
  private volatile Map<UUID, EnvironmentSettings> byId = Map.of();

  EnvironmentsInMemory(Database database, ChangeFeed changes, TenancyRows rows, LastGood lastGood) {
    this.database = database;
    this.changes = changes;
    this.rows = rows;
    this.memory = new OrganizationMemory("environments", database, lastGood, this);
  }

  @PostConstruct
  void start() {
    memory.start(
        () ->
            changes.subscribe(
                Tenancy.TOPIC,
                organization -> memory.request(organization).exceptionally(fault -> null)));
  }

  @PreDestroy
  void stop() {
    memory.close();
  }

  @Override
  public Optional<EnvironmentSettings> find(UUID environmentId) {
    return Optional.ofNullable(byId.get(environmentId));
  }

  @Override
  public List<EnvironmentSettings> ofProject(UUID projectId) {
    return byId.values().stream()
        .filter(settings -> projectId.equals(settings.scope().projectId()))
        .toList();
  }

  @Override
  public List<EnvironmentSettings> ofOrganization(UUID organizationId) {
    return byId.values().stream()
        .filter(settings -> organizationId.equals(settings.scope().organizationId()))
        .toList();
  }

  @Override
  public void onChange(Function<UUID, CompletionStage<Void>> listener) {
    listeners.add(listener);
  }

  /** Completes when what is committed is in force here, and on disk for a start from there. */
  CompletionStage<Void> refresh(UUID organizationId) {
    return memory.request(organizationId).thenCompose(done -> memory.onDisk());
  }

  @Override
  public CompletionStage<Void> read(UUID organizationId) {
    return database
        .inSession(organizationId, session -> rows.settings(session, organizationId))
        .thenCompose(
            settings -> {
              swap(organizationId, settings);
              return told(organizationId);
            });
  }

  /**
   * A listener that fails sees to itself: the settings are read, and reading them again is no help.
   */
  private CompletionStage<Void> told(UUID organizationId) {
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (Function<UUID, CompletionStage<Void>> listener : listeners) {
      CompletionStage<Void> one = listener.apply(organizationId).exceptionally(fault -> null);
      all = all.thenCombine(one, (before, done) -> null);
    }
    return all;
  }

  private synchronized void swap(UUID organizationId, List<EnvironmentSettings> settings) {
    Map<UUID, EnvironmentSettings> next = new HashMap<>(byId);
    next.values().removeIf(old -> old.scope().organizationId().equals(organizationId));
    settings.forEach(one -> next.put(one.scope().requireEnvironment(), one));
    byId = Map.copyOf(next);
  }

  @Override
  public synchronized void retain(Set<UUID> organizationIds) {
    Map<UUID, EnvironmentSettings> next = new HashMap<>(byId);
    next.values().removeIf(one -> !organizationIds.contains(one.scope().organizationId()));
    byId = Map.copyOf(next);
  }

  @Override
  public Map<String, @Nullable Object> document() {
    return EnvironmentsDocument.of(byId.values());
  }

  @Override
  public synchronized void restore(Map<String, @Nullable Object> document) {
    Map<UUID, EnvironmentSettings> restored = new HashMap<>();
    EnvironmentsDocument.read(document)
        .forEach(one -> restored.put(one.scope().requireEnvironment(), one));
    byId = Map.copyOf(restored);
  }
}
