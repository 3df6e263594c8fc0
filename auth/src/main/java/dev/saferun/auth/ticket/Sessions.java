package dev.saferun.auth.ticket;

import dev.saferun.auth.AuthConfiguration;
import dev.saferun.auth.keys.KeyHasher;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.SealedTexts;
import dev.saferun.platform.Transaction;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sessions in the database. */
@Singleton
public class Sessions {

  private static final Duration SEEN_AGAIN_AFTER = Duration.ofMinutes(1);
  private static final int USER_AGENT_CHARACTERS_MAX = 300;
  private static final int LIST_MAX = 200;

  private static final String COLUMNS =
      """
      select id, member_id, connection_id, created_at, seen_at, expires_at, address, user_agent
      from auth.session
      """;

  /** Neither ended nor too old nor idle for too long: $3 is now, $4 the latest idle beginning. */
  private static final String ALIVE =
      " organization_id = $1 and ended_at is null and expires_at > $2 and seen_at > $3";

  private static final String BEGIN =
      """
      insert into auth.session (organization_id, id, member_id, connection_id, hash, subject,
        provider_session, logout_hint, created_at, seen_at, expires_at, address, user_agent)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12)
      """;

  private static final String FIND = COLUMNS + " where" + ALIVE + " and hash = $4";

  private static final String OF_MEMBER =
      COLUMNS + " where" + ALIVE + " and member_id = $4 order by id desc limit " + LIST_MAX;

  private static final String SEEN =
      """
      update auth.session set seen_at = $3 where organization_id = $1 and id = $2 and seen_at < $3
      """;

  private static final String END =
      """
      update auth.session set ended_at = $3
      where organization_id = $1 and id = $2 and ended_at is null and ($4::uuid is null or member_id = $4)
      returning member_id, connection_id, subject, provider_session, logout_hint
      """;

  private static final String END_ALL =
      """
      update auth.session set ended_at = $3
      where organization_id = $1 and member_id = $2 and ended_at is null
      """;

  private static final String END_OF_PROVIDER =
      """
      update auth.session set ended_at = $3
      where organization_id = $1 and connection_id = $2 and ended_at is null
        and ($4::text is null or subject = $4) and ($5::text is null or provider_session = $5)
      returning id, member_id
      """;

  private static final String LAST_SEEN =
      "select max(seen_at) from auth.session where organization_id = $1 and member_id = $2";

  private final AuthConfiguration configuration;
  private final KeyHasher hasher;
  private final SealedTexts seals;
  private final InstantSource clock;

  Sessions(
      AuthConfiguration configuration, KeyHasher hasher, SealedTexts seals, InstantSource clock) {
    this.configuration = configuration;
    this.hasher = hasher;
    this.seals = seals;
    this.clock = clock;
  }

  /** A session that ended, as its identity provider is told of it. */
  public record Ended(
      UUID memberId,
      @Nullable UUID connectionId,
      @Nullable String subject,
      @Nullable String providerSession,
      @Nullable String logoutHint) {}

  /** A session that began. */
  public record Begun(UUID id, String ticket, Instant expiresAt) {

    /** Without the ticket, for logs. */
    @Override
    public String toString() {
      return "Begun[" + id + "]";
    }
  }

  /** Begins a session under a new ticket. */
  public Begun begin(Transaction transaction, NewSession session) {
    Instant now = now();
    UUID id = Ids.next(now.toEpochMilli());
    String ticket = TicketText.random(TicketKind.SESSION, transaction.organizationId());
    Instant expires = now.plus(configuration.sessionLife());
    String logoutHint = session.logoutHint();
    byte @Nullable [] sealed =
        transaction.await(
            seals.seal(
                transaction.organizationId(),
                place(transaction, id),
                logoutHint == null ? Map.of() : Map.of("logout_hint", logoutHint)));
    transaction.change(
        BEGIN,
        transaction.organizationId(),
        id,
        session.memberId(),
        session.connectionId(),
        hash(ticket),
        session.subject(),
        session.providerSession(),
        sealed == null ? null : Buffer.buffer(sealed),
        at(now),
        at(expires),
        session.address(),
        cut(session.userAgent()));
    return new Begun(id, ticket, expires);
  }

  private static String cut(String userAgent) {
    return userAgent.substring(0, Math.min(userAgent.length(), USER_AGENT_CHARACTERS_MAX));
  }

  /** The session of a ticket, where it is alive; that it was seen is noted. */
  public Optional<Session> find(Transaction transaction, String ticket) {
    Optional<Session> found =
        transaction
            .row(FIND, transaction.organizationId(), at(now()), idleSince(), hash(ticket))
            .map(Sessions::session);
    found
        .filter(one -> one.seenAt().plus(SEEN_AGAIN_AFTER).isBefore(now()))
        .ifPresent(
            one -> transaction.change(SEEN, transaction.organizationId(), one.id(), at(now())));
    return found;
  }

  /** The newest first. */
  public List<Session> ofMember(Transaction transaction, UUID memberId) {
    return transaction
        .rows(OF_MEMBER, transaction.organizationId(), at(now()), idleSince(), memberId)
        .stream()
        .map(Sessions::session)
        .toList();
  }

  public Optional<Instant> lastSeen(Transaction transaction, UUID memberId) {
    return transaction
        .row(LAST_SEEN, transaction.organizationId(), memberId)
        .map(row -> row.getOffsetDateTime(0))
        .map(OffsetDateTime::toInstant);
  }

  /**
   * Ends a session; the next request in it is refused, on every node.
   *
   * @param memberId whose it must be; null for anybody's
   */
  public Ended end(Transaction transaction, UUID id, @Nullable UUID memberId) {
    Row row =
        transaction
            .row(END, transaction.organizationId(), id, at(now()), memberId)
            .orElseThrow(
                () -> new ProblemException(CommonProblem.NOT_FOUND, "there is no such session"));
    Buffer sealed = row.getBuffer("logout_hint");
    Map<String, String> texts =
        transaction.await(
            seals.open(
                transaction.organizationId(),
                place(transaction, id),
                sealed == null ? null : sealed.getBytes()));
    return new Ended(
        row.getUUID("member_id"),
        row.getUUID("connection_id"),
        row.getString("subject"),
        row.getString("provider_session"),
        texts.get("logout_hint"));
  }

  /** How many of the member's sessions it ended. */
  public int endAll(Transaction transaction, UUID memberId) {
    return transaction.change(END_ALL, transaction.organizationId(), memberId, at(now()));
  }

  /**
   * Ends what an identity provider says has ended; the members whose sessions those were, by
   * session.
   */
  public Map<UUID, UUID> endOfProvider(
      Transaction transaction,
      UUID connectionId,
      @Nullable String subject,
      @Nullable String providerSession) {
    if (subject == null && providerSession == null) {
      throw new IllegalArgumentException("a logout names a subject or a session");
    }
    Map<UUID, UUID> ended = new LinkedHashMap<>();
    transaction
        .rows(
            END_OF_PROVIDER,
            transaction.organizationId(),
            connectionId,
            at(now()),
            subject,
            providerSession)
        .forEach(row -> ended.put(row.getUUID("id"), row.getUUID("member_id")));
    return ended;
  }

  private static Session session(Row row) {
    return new Session(
        row.getUUID("id"),
        row.getUUID("member_id"),
        row.getUUID("connection_id"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("seen_at").toInstant(),
        row.getOffsetDateTime("expires_at").toInstant(),
        row.getString("address"),
        row.getString("user_agent"));
  }

  private Buffer hash(String ticket) {
    return Buffer.buffer(hasher.hash(ticket).bytes());
  }

  private OffsetDateTime idleSince() {
    return at(now().minus(configuration.sessionIdle()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static String place(Transaction transaction, UUID id) {
    return "auth.session/" + transaction.organizationId() + "/" + id;
  }
}
