package dev.saferun.auth.signin;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Transaction;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Which subject of which connection is which member. */
@Singleton
class Identities {

  private static final String FIND =
      """
      update auth.identity set signed_in_at = $4
      where organization_id = $1 and connection_id = $2 and subject = $3
      returning member_id
      """;

  private static final String LINK =
      """
      insert into auth.identity (organization_id, connection_id, subject, member_id, linked_at,
        linked_by, signed_in_at)
      values ($1, $2, $3, $4, $5, $6, $5)
      """;

  private static final String HAS =
      """
      select from auth.identity where organization_id = $1 and connection_id = $2 and member_id = $3
      """;

  private final AuditLog audit;
  private final InstantSource clock;

  Identities(AuditLog audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  Optional<UUID> member(Transaction transaction, UUID connectionId, String subject) {
    return transaction
        .row(FIND, transaction.organizationId(), connectionId, subject, now())
        .map(row -> row.getUUID("member_id"));
  }

  /** Whether the member is linked to some subject of the connection already. */
  boolean isLinked(Transaction transaction, UUID connectionId, UUID memberId) {
    return transaction.row(HAS, transaction.organizationId(), connectionId, memberId).isPresent();
  }

  void link(
      Transaction transaction,
      Actor by,
      UUID connectionId,
      String subject,
      UUID memberId,
      String how) {
    transaction.change(
        LINK, transaction.organizationId(), connectionId, subject, memberId, now(), how);
    audit.record(
        transaction,
        new AuditEvent(
            by,
            "identity.linked",
            "member:" + memberId,
            null,
            Map.of("connection", connectionId.toString(), "subject", subject, "by", how)));
  }

  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
