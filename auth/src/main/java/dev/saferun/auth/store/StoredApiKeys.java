package dev.saferun.auth.store;

import dev.saferun.auth.ApiKey;
import dev.saferun.auth.ApiKeys;
import dev.saferun.auth.AuthProblem;
import dev.saferun.auth.IssuedKey;
import dev.saferun.auth.KeyChange;
import dev.saferun.auth.KeyDoor;
import dev.saferun.auth.NewKey;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Tenancy;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Keys in the database; each change is one transaction, and in force here when it is answered. */
@Singleton
class StoredApiKeys implements ApiKeys {

  private static final String FIRST_KEY = "first admin key";

  private final Database database;
  private final Tenancy tenancy;
  private final KeyRows rows;
  private final KeyMaker maker;
  private final KeyLoader loader;
  private final InstantSource clock;

  StoredApiKeys(
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
  public CompletionStage<List<ApiKey>> list(Actor by, KeyDoor door) {
    return scope(by, door)
        .thenCompose(
            scope ->
                database.inSession(
                    by.organizationId(),
                    session ->
                        rows.of(session, scope)
                            .thenApply(found -> found.stream().map(ApiKeyRow::record).toList())));
  }

  @Override
  public CompletionStage<IssuedKey> issue(Actor by, KeyDoor door, NewKey key) {
    Actor.Kind kind =
        switch (door) {
          case KeyDoor.OwnOrganization own -> Actor.Kind.ADMIN;
          case KeyDoor.OfEnvironment environment -> Actor.Kind.AGENT;
        };
    return scope(by, door)
        .thenCompose(
            scope ->
                inForce(
                    by.organizationId(),
                    session -> maker.make(session, scope, kind, key, false, by)));
  }

  @Override
  public CompletionStage<ApiKey> change(Actor by, KeyDoor door, UUID id, KeyChange change) {
    refuseLockingOneselfOut(by, id, change);
    return scope(by, door)
        .thenCompose(
            scope ->
                inForce(
                    by.organizationId(),
                    session ->
                        rows.one(session, scope, id)
                            .thenCompose(row -> apply(session, row, change, by))));
  }

  private static void refuseLockingOneselfOut(Actor by, UUID id, KeyChange change) {
    if (by.id().equals(id) && (change.revoked() || change.expiresAt().isPresent())) {
      throw new ProblemException(
          AuthProblem.OWN_KEY, "use another admin key, so that one is left that is known to work");
    }
  }

  private CompletionStage<ApiKey> apply(
      Stage.Session session, ApiKeyRow row, KeyChange change, Actor by) {
    Map<String, @Nullable Object> before = row.audited();
    change.name().ifPresent(name -> row.name = name);
    change.expiresAt().ifPresent(at -> row.expiresAt = at);
    if (change.revoked() && row.revokedAt == null) {
      row.revokedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
    Map<String, @Nullable Object> after = row.audited();
    if (before.equals(after)) {
      return CompletableFuture.completedStage(row.record());
    }
    String code =
        before.get("revoked_at") == null && row.revokedAt != null ? "key.revoked" : "key.changed";
    return maker
        .written(session, row, new KeyMaker.Change(code, before, after), by)
        .thenApply(done -> row.record());
  }

  @Override
  public CompletionStage<FirstKey> openOrganization(Actor operator, String name) {
    UUID organizationId = Ids.next(clock.millis());
    // The audit event belongs to the new organization, and so must the actor be seen from there.
    Actor by = operator.within(new Scope(organizationId, null, null));
    return inForce(
            organizationId,
            session ->
                tenancy
                    .createOrganization(session, organizationId, name, by)
                    .thenCompose(
                        made ->
                            maker
                                .make(
                                    session,
                                    by.scope(),
                                    Actor.Kind.ADMIN,
                                    new NewKey(FIRST_KEY, Optional.empty()),
                                    false,
                                    by)
                                .thenApply(key -> new FirstKey(made, key))))
        .thenCompose(made -> tenancy.changed(organizationId).handle((done, fault) -> made));
  }

  private CompletionStage<Scope> scope(Actor by, KeyDoor door) {
    return switch (door) {
      case KeyDoor.OwnOrganization own ->
          CompletableFuture.completedStage(new Scope(by.organizationId(), null, null));
      case KeyDoor.OfEnvironment of ->
          tenancy
              .environment(by.organizationId(), of.project(), of.environment())
              .thenApply(EnvironmentSettings::scope);
    };
  }

  private <T> CompletionStage<T> inForce(
      UUID organizationId, Function<Stage.Session, CompletionStage<T>> work) {
    return database
        .inSession(organizationId, work)
        .thenCompose(
            result ->
                // The commit stands even where the reading after it fails; that one is repeated.
                loader.refresh(organizationId).handle((refreshed, fault) -> result));
  }
}
