package dev.saferun.auth.store;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.auth.ApiKeys;
import dev.saferun.auth.IssuedKey;
import dev.saferun.auth.NewKey;
import dev.saferun.auth.keys.KeyHasher;
import dev.saferun.auth.keys.KeyText;
import dev.saferun.platform.Actor;
import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Ids;
import dev.saferun.platform.Scope;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Makes and changes keys within a transaction of the caller's, with audit event and notice. */
@Singleton
class KeyMaker {

  private final KeyHasher hasher;
  private final AuditLog audit;
  private final ChangeFeed changes;
  private final InstantSource clock;

  KeyMaker(KeyHasher hasher, AuditLog audit, ChangeFeed changes, InstantSource clock) {
    this.hasher = hasher;
    this.audit = audit;
    this.changes = changes;
    this.clock = clock;
  }

  CompletionStage<IssuedKey> make(
      Stage.Session session,
      Scope scope,
      Actor.Kind kind,
      NewKey key,
      boolean bootstrap,
      Actor by) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    ApiKeyRow row = new ApiKeyRow(Ids.next(now.toEpochMilli()), scope, kind, key, now, by);
    String secret = KeyText.random(kind == Actor.Kind.AGENT ? KeyText.AGENT : KeyText.ADMIN);
    row.secret(secret, hasher.hash(secret));
    row.bootstrap = bootstrap;
    return session
        .persist(row)
        .thenCompose(
            made -> written(session, row, new Change("key.created", null, row.audited()), by))
        .thenApply(done -> new IssuedKey(row.record(), secret));
  }

  CompletionStage<Void> revoke(Stage.Session session, ApiKeyRow row, Actor by) {
    Map<String, @Nullable Object> before = row.audited();
    row.revokedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return written(session, row, new Change("key.revoked", before, row.audited()), by);
  }

  CompletionStage<Void> written(Stage.Session session, ApiKeyRow row, Change change, Actor by) {
    return audit
        .record(
            session,
            new AuditEvent(by, change.code(), row.target(), change.before(), change.after()))
        .thenCompose(recorded -> changes.publish(session, row.organizationId, ApiKeys.TOPIC));
  }

  /** What the audit log is told of a key. */
  record Change(
      String code,
      @Nullable Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after) {}
}
