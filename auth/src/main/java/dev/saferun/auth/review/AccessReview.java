package dev.saferun.auth.review;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.auth.ticket.Sessions;
import dev.saferun.auth.ticket.TicketKind;
import dev.saferun.auth.ticket.Token;
import dev.saferun.auth.ticket.Tokens;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Grant;
import dev.saferun.tenancy.Member;
import dev.saferun.tenancy.Members;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Collects it in one transaction, so that all of it is of one moment. */
@Singleton
public class AccessReview {

  /** The columns of each line, in their order. */
  public static final List<String> COLUMNS =
      List.of(
          "kind",
          "id",
          "name",
          "active",
          "access",
          "project",
          "through",
          "given_by",
          "since",
          "expires_at",
          "last_used_at");

  private static final int PAGE = 500;

  private static final String KEYS =
      """
      select k.id, k.kind, k.name, k.created_at, k.created_by, k.expires_at, k.last_used_at,
        p.name || '/' || e.name as place
      from auth.api_key k
      left join tenancy.project p on p.organization_id = k.organization_id and p.id = k.project_id
      left join tenancy.environment e
        on e.organization_id = k.organization_id and e.id = k.environment_id
      where k.organization_id = $1 and k.revoked_at is null order by k.id
      """;

  private final Database database;
  private final Members members;
  private final Sessions sessions;
  private final Tokens tokens;
  private final AuditLog audit;

  AccessReview(
      Database database, Members members, Sessions sessions, Tokens tokens, AuditLog audit) {
    this.database = database;
    this.members = members;
    this.sessions = sessions;
    this.tokens = tokens;
    this.audit = audit;
  }

  /** The lines of the actor's organization; that it was read is audited. */
  public CompletionStage<List<Map<String, @Nullable Object>>> of(Actor actor) {
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction -> {
          List<Map<String, @Nullable Object>> lines = new ArrayList<>();
          people(transaction, lines);
          tokens(transaction, lines);
          keys(transaction, lines);
          audit.record(transaction, read(actor, lines));
          return lines;
        });
  }

  private static AuditEvent read(Actor actor, List<?> lines) {
    return new AuditEvent(
        actor,
        "access.reviewed",
        "organization:" + actor.organizationId(),
        null,
        Map.of("lines", (long) lines.size()));
  }

  private void people(Transaction transaction, List<Map<String, @Nullable Object>> lines) {
    UUID after = null;
    List<Member> page;
    do {
      page = members.page(transaction, Members.Filter.ALL, after, PAGE);
      page.forEach(member -> person(transaction, member, lines));
      after = page.isEmpty() ? null : page.getLast().id();
    } while (page.size() == PAGE);
  }

  private void person(
      Transaction transaction, Member member, List<Map<String, @Nullable Object>> lines) {
    Instant seen = sessions.lastSeen(transaction, member.id()).orElse(null);
    for (Grant grant : member.grants()) {
      Map<String, @Nullable Object> line = line("member", member.id(), member.userName());
      line.put("active", member.isActive());
      line.put("access", grant.role().wire());
      line.put("project", grant.project());
      line.put("through", grant.group());
      line.put("given_by", grant.grantedBy());
      line.put("since", grant.grantedAt().toString());
      line.put("expires_at", null);
      line.put("last_used_at", text(seen));
      lines.add(line);
    }
    if (member.grants().isEmpty()) {
      Map<String, @Nullable Object> line = line("member", member.id(), member.userName());
      line.put("active", member.isActive());
      line.put("access", "nothing");
      line.put("since", member.createdAt().toString());
      line.put("last_used_at", text(seen));
      lines.add(line);
    }
  }

  private void tokens(Transaction transaction, List<Map<String, @Nullable Object>> lines) {
    for (TicketKind kind : List.of(TicketKind.ACCESS, TicketKind.DIRECTORY)) {
      tokens.list(transaction, kind, null).stream()
          .filter(token -> token.revokedAt() == null)
          .forEach(token -> lines.add(token(token)));
    }
  }

  private static Map<String, @Nullable Object> token(Token token) {
    Map<String, @Nullable Object> line =
        line(token.kind().wire() + " token", token.id(), token.name());
    line.put("active", true);
    line.put("access", String.join(" ", token.permissions()));
    line.put("through", token.memberId() == null ? null : "member " + token.memberId());
    line.put("given_by", token.createdBy());
    line.put("since", token.createdAt().toString());
    line.put("expires_at", token.expiresAt().toString());
    line.put("last_used_at", text(token.lastUsedAt()));
    return line;
  }

  private static void keys(Transaction transaction, List<Map<String, @Nullable Object>> lines) {
    for (Row row : transaction.rows(KEYS, transaction.organizationId())) {
      Map<String, @Nullable Object> line = line("key", row.getUUID("id"), row.getString("name"));
      line.put("active", true);
      line.put("access", row.getString("kind"));
      line.put("project", row.getString("place"));
      line.put("given_by", row.getString("created_by"));
      line.put("since", text(row.getOffsetDateTime("created_at")));
      line.put("expires_at", text(row.getOffsetDateTime("expires_at")));
      line.put("last_used_at", text(row.getOffsetDateTime("last_used_at")));
      lines.add(line);
    }
  }

  private static Map<String, @Nullable Object> line(String kind, UUID id, String name) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("kind", kind);
    line.put("id", id.toString());
    line.put("name", name);
    return line;
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  private static @Nullable String text(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant().toString();
  }
}
