package dev.saferun.redaction.store;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Actor;
import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Database;
import dev.saferun.redaction.PolicyOwner;
import dev.saferun.redaction.PolicyVersion;
import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.RedactionRules;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The layers in the database; each new version is one transaction with its audit event and its
 * notice, and in force here when its stage completes.
 */
@Singleton
public class StoredPolicies {

  private final Database database;
  private final ChangeFeed changes;
  private final AuditLog audit;
  private final PolicyRows rows;
  private final PoliciesInMemory memory;
  private final InstantSource clock;

  StoredPolicies(
      Database database,
      ChangeFeed changes,
      AuditLog audit,
      PolicyRows rows,
      PoliciesInMemory memory,
      InstantSource clock) {
    this.database = database;
    this.changes = changes;
    this.audit = audit;
    this.rows = rows;
    this.memory = memory;
    this.clock = clock;
  }

  /** The versions of an owner's layer, the newest first. */
  public CompletionStage<List<PolicyVersion>> versions(PolicyOwner owner) {
    return database.inSession(
        owner.organizationId(),
        session ->
            rows.versions(session, owner, Integer.MAX_VALUE)
                .thenApply(found -> found.stream().map(PolicyVersionRow::record).toList()));
  }

  /** Puts a layer in force; what is in force already makes no version. */
  public CompletionStage<PolicyVersion> put(Actor by, PolicyOwner owner, RedactionRules rules) {
    RedactionPolicy.of(List.of(rules));
    return database
        .inSession(
            owner.organizationId(),
            session ->
                rows.takeTurn(session, owner.organizationId())
                    .thenCompose(turn -> rows.versions(session, owner, 1))
                    .thenCompose(
                        found -> put(session, by, owner, rules, found.stream().findFirst())))
        .thenCompose(
            version ->
                memory.refresh(owner.organizationId()).handle((refreshed, fault) -> version));
  }

  private CompletionStage<PolicyVersion> put(
      Stage.Session session,
      Actor by,
      PolicyOwner owner,
      RedactionRules rules,
      Optional<PolicyVersionRow> before) {
    if (before.isPresent() && before.get().rules().equals(rules)) {
      return CompletableFuture.completedStage(before.get().record());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    int version = before.map(row -> row.version).orElse(0) + 1;
    PolicyVersionRow row = new PolicyVersionRow(owner, version, rules, by, now);
    AuditEvent event =
        new AuditEvent(
            by,
            "redaction.changed",
            owner.target(),
            before.map(StoredPolicies::audited).orElse(null),
            audited(row));
    return session
        .persist(row)
        .thenCompose(persisted -> audit.record(session, event))
        .thenCompose(
            recorded -> changes.publish(session, owner.organizationId(), PoliciesInMemory.TOPIC))
        .thenApply(published -> row.record());
  }

  private static Map<String, @Nullable Object> audited(PolicyVersionRow row) {
    return Map.of("version", (long) row.version, "rules", row.rules().toJson());
  }
}
