package dev.saferun.auth.store;

import dev.saferun.auth.Bootstrap;
import dev.saferun.auth.IssuedKey;
import dev.saferun.auth.NewKey;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.Tenancy;
import dev.saferun.tenancy.TenancyProblem;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/** The first start, and the start after a first start that died too early. */
@Singleton
class StoredBootstrap implements Bootstrap {

  private static final String DEFAULT = "default";
  private static final NewKey KEY = new NewKey("bootstrap", Optional.empty());

  private final Database database;
  private final Tenancy tenancy;
  private final KeyRows rows;
  private final KeyMaker maker;
  private final KeyLoader loader;
  private final InstantSource clock;

  StoredBootstrap(
      Database database,
      Tenancy tenancy,
      KeyRows rows,
      KeyMaker maker,
      KeyLoader loader,
      InstantSource clock) {
    this.database = database;
    this.tenancy = tenancy;
    this.rows = rows;
    this.maker = maker;
    this.loader = loader;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Optional<IssuedKey>> firstStart(boolean delivered) {
    return database
        .organizationIds()
        .thenCompose(
            ids -> {
              if (ids.isEmpty()) {
                return open();
              }
              // The oldest is the one that a first start made.
              return delivered
                  ? CompletableFuture.completedStage(Optional.<IssuedKey>empty())
                  : replace(ids.getFirst());
            });
  }

  private CompletionStage<Optional<IssuedKey>> open() {
    UUID organizationId = Ids.next(clock.millis());
    Actor by = Actor.appliance(organizationId);
    return database
        .inSession(
            organizationId,
            session ->
                tenancy
                    .createOrganization(session, organizationId, DEFAULT, by)
                    .thenCompose(
                        made -> tenancy.createProject(session, organizationId, DEFAULT, by))
                    .thenCompose(made -> key(session, by)))
        .thenCompose(key -> inForce(organizationId, key))
        .exceptionallyCompose(StoredBootstrap::anotherNodeWasFirst);
  }

  private static CompletionStage<Optional<IssuedKey>> anotherNodeWasFirst(Throwable fault) {
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    if (cause instanceof ProblemException problem
        && problem.code() == TenancyProblem.ORGANIZATION_NAME_TAKEN) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return CompletableFuture.failedStage(fault);
  }

  private CompletionStage<Optional<IssuedKey>> replace(UUID organizationId) {
    Actor by = Actor.appliance(organizationId);
    return database
        .inSession(
            organizationId,
            session ->
                rows.live(session, organizationId)
                    .thenCompose(live -> replaceUndelivered(session, live, by)))
        .thenCompose(
            key ->
                key.isPresent()
                    ? inForce(organizationId, key.get())
                    : CompletableFuture.completedStage(key));
  }

  private CompletionStage<Optional<IssuedKey>> replaceUndelivered(
      Stage.Session session, List<ApiKeyRow> live, Actor by) {
    Optional<ApiKeyRow> undelivered =
        live.stream().filter(row -> row.bootstrap && row.lastUsedAt == null).findFirst();
    if (undelivered.isEmpty()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return maker
        .revoke(session, undelivered.get(), by)
        .thenCompose(revoked -> key(session, by))
        .thenApply(Optional::of);
  }

  private CompletionStage<IssuedKey> key(Stage.Session session, Actor by) {
    return maker.make(session, by.scope(), Actor.Kind.OPERATOR, KEY, true, by);
  }

  private CompletionStage<Optional<IssuedKey>> inForce(UUID organizationId, IssuedKey key) {
    return loader
        .refresh(organizationId)
        .thenCompose(loaded -> tenancy.changed(organizationId))
        .handle((done, fault) -> Optional.of(key));
  }
}
