package dev.saferun.audit.store;

import dev.saferun.audit.AuditEvent;
import dev.saferun.platform.CanonicalJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One audited deed. */
@Entity
@Immutable
@Table(schema = "audit", name = "event")
class EventRow {

  @Id UUID id;

  @Column(name = "organization_id")
  UUID organizationId;

  @Column Instant at;

  @Column(name = "actor_kind")
  String actorKind;

  @Column(name = "actor_id")
  UUID actorId;

  @Column(name = "actor_name")
  String actorName;

  @Column(name = "request_id")
  @Nullable String requestId;

  @Column @Nullable String address;

  @Column String code;

  @Column String outcome;

  @Column String target;

  // By way of text: the driver would send a string for jsonb as a JSON string, quotes and all.
  @Column
  @ColumnTransformer(read = "before::text", write = "?::text::jsonb")
  @Nullable String before;

  @Column
  @ColumnTransformer(read = "after::text", write = "?::text::jsonb")
  @Nullable String after;

  EventRow() {}

  static EventRow of(UUID id, Instant at, AuditEvent event) {
    EventRow row = new EventRow();
    row.id = id;
    row.organizationId = event.actor().organizationId();
    row.at = at;
    row.actorKind = event.actor().kind().name().toLowerCase(Locale.ROOT);
    row.actorId = event.actor().id();
    row.actorName = event.actor().name();
    row.requestId = event.actor().requestId();
    row.address = event.actor().address();
    row.code = event.code();
    row.outcome = event.outcome().name().toLowerCase(Locale.ROOT);
    row.target = event.target();
    row.before = json(event.before());
    row.after = json(event.after());
    return row;
  }

  private static @Nullable String json(@Nullable Map<String, @Nullable Object> tree) {
    return tree == null ? null : new String(CanonicalJson.write(tree), StandardCharsets.UTF_8);
  }
}
