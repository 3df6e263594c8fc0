package dev.saferun.auth.store;

import dev.saferun.auth.keys.KeyAccess;
import dev.saferun.auth.keys.KeyEntry;
import dev.saferun.auth.keys.KeyHash;
import dev.saferun.auth.keys.KeyUse;
import dev.saferun.platform.Actor;
import dev.saferun.platform.OwnDocument;
import dev.saferun.platform.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All keys that open something as the document that lies on this node's disk. A revoked key is not
 * among them; of the others there is the keyed hash and never the key.
 */
final class KeysDocument {

  private KeysDocument() {}

  static Map<String, @Nullable Object> of(Collection<KeyEntry> entries) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("keys", entries.stream().map(KeysDocument::of).toList());
    return document;
  }

  private static Map<String, @Nullable Object> of(KeyEntry entry) {
    Actor actor = entry.actor();
    Scope scope = actor.scope();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("hash", HexFormat.of().formatHex(entry.hash().bytes()));
    json.put("id", actor.id().toString());
    json.put("kind", actor.kind().name().toLowerCase(Locale.ROOT));
    json.put("name", actor.name());
    json.put("organization_id", scope.organizationId().toString());
    json.put("project_id", text(scope.projectId()));
    json.put("environment_id", text(scope.environmentId()));
    json.put("expires_at", text(entry.expiresAt()));
    return json;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  static List<KeyEntry> read(Map<String, @Nullable Object> document, long nowNanos) {
    return new OwnDocument(document)
        .objects("keys").stream().map(json -> entry(json, nowNanos)).toList();
  }

  private static KeyEntry entry(OwnDocument json, long nowNanos) {
    UUID organization = json.id("organization_id");
    Scope scope =
        new Scope(organization, json.idIfAny("project_id"), json.idIfAny("environment_id"));
    Actor.Kind kind = json.choice("kind", Actor.Kind.class);
    return new KeyEntry(
        KeyHash.of(HexFormat.of().parseHex(json.text("hash"))),
        new Actor(kind, json.id("id"), json.text("name"), scope, KeyAccess.of(kind)),
        json.has("expires_at") ? Instant.parse(json.text("expires_at")) : null,
        new KeyUse(nowNanos));
  }
}
