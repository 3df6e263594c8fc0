package dev.saferun.auth.store;

import dev.saferun.auth.ApiKey;
import dev.saferun.auth.NewKey;
import dev.saferun.auth.keys.KeyAccess;
import dev.saferun.auth.keys.KeyEntry;
import dev.saferun.auth.keys.KeyHash;
import dev.saferun.auth.keys.KeyText;
import dev.saferun.auth.keys.KeyUse;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Scope;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept. Updates name only what changed, so that a use written behind is not undone.
 */
@Entity
@DynamicUpdate
@Table(schema = "auth", name = "api_key")
class ApiKeyRow {

  @Id UUID id;

  @Column(name = "organization_id")
  UUID organizationId;

  @Column(name = "project_id")
  @Nullable UUID projectId;

  @Column(name = "environment_id")
  @Nullable UUID environmentId;

  @Column String kind;

  @Column String name;

  @Column byte[] hash;

  @Column String hint;

  @Column boolean bootstrap;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "created_by")
  String createdBy;

  @Column(name = "expires_at")
  @Nullable Instant expiresAt;

  @Column(name = "revoked_at")
  @Nullable Instant revokedAt;

  @Column(name = "last_used_at")
  @Nullable Instant lastUsedAt;

  ApiKeyRow() {}

  ApiKeyRow(UUID id, Scope scope, Actor.Kind kind, NewKey key, Instant createdAt, Actor by) {
    this.id = id;
    this.organizationId = scope.organizationId();
    this.projectId = scope.projectId();
    this.environmentId = scope.environmentId();
    this.kind = kind.name().toLowerCase(Locale.ROOT);
    this.name = key.name();
    this.createdAt = createdAt;
    this.createdBy = by.name();
    this.expiresAt = key.expiresAt().orElse(null);
  }

  void secret(String secret, KeyHash hashed) {
    this.hash = hashed.bytes();
    this.hint = KeyText.hint(secret);
  }

  ApiKey record() {
    return new ApiKey(
        id, scope(), kind(), name, hint, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt);
  }

  KeyEntry entry(long nowNanos) {
    return new KeyEntry(
        KeyHash.of(hash),
        new Actor(kind(), id, name, scope(), KeyAccess.of(kind())),
        expiresAt,
        new KeyUse(nowNanos));
  }

  private Scope scope() {
    return new Scope(organizationId, projectId, environmentId);
  }

  Actor.Kind kind() {
    return Actor.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
  }

  String target() {
    return "key:" + id;
  }

  Map<String, @Nullable Object> audited() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", name);
    values.put("kind", kind);
    values.put("hint", hint);
    values.put("environment_id", text(environmentId));
    values.put("expires_at", text(expiresAt));
    values.put("revoked_at", text(revokedAt));
    return values;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
