package dev.saferun.auth.breakglass;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.auth.keys.FailureLimit;
import dev.saferun.auth.ticket.NewSession;
import dev.saferun.auth.ticket.Sessions;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Database;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import dev.saferun.platform.SealedTexts;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Member;
import dev.saferun.tenancy.Members;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and opens break-glass accounts. */
@Singleton
public class BreakGlass {

  /** A code from an authenticator stands beside it, and yet it is the key to everything. */
  public static final int PASSWORD_CHARACTERS_MIN = 15;

  public static final int PASSWORD_CHARACTERS_MAX = 200;

  private static final Logger LOG = LoggerFactory.getLogger(BreakGlass.class);
  private static final String ISSUER = "SafeRun";
  private static final Duration SOURCE_FORGOTTEN = Duration.ofSeconds(20);
  private static final int SOURCE_BURST = 5;
  private static final Duration ACCOUNT_FORGOTTEN = Duration.ofSeconds(10);
  private static final int ACCOUNT_BURST = 20;

  private static final String PUT =
      """
      insert into auth.break_glass (organization_id, member_id, password, totp, made_at, made_by)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (organization_id, member_id) do update set password = excluded.password,
        totp = excluded.totp, made_at = excluded.made_at, made_by = excluded.made_by, used_at = null,
        totp_step = 0
      """;

  private static final String FIND =
      """
      select password, totp, totp_step from auth.break_glass
      where organization_id = $1 and member_id = $2
      """;

  /** Of two who bring the same code one is first. */
  private static final String USED =
      """
      update auth.break_glass set used_at = $3, totp_step = $4
      where organization_id = $1 and member_id = $2 and totp_step < $4
      """;

  private static final String LIST =
      """
      select member_id, made_at, made_by, used_at from auth.break_glass where organization_id = $1
      order by member_id
      """;

  private static final String DELETE =
      "delete from auth.break_glass where organization_id = $1 and member_id = $2";

  private static final String ORGANIZATION = "select from tenancy.organization where id = $1";

  private static final String KNOWN_SOURCE =
      """
      select from auth.session where organization_id = $1 and member_id = $2 and address = $3
      limit 1
      """;

  private final Database database;
  private final Members members;
  private final Sessions sessions;
  private final Passwords passwords;
  private final OneTimeCodes codes;
  private final SealedTexts seals;
  private final AuditLog audit;
  private final InstantSource clock;
  private final FailureLimit sources = new FailureLimit(SOURCE_FORGOTTEN, SOURCE_BURST);
  private final FailureLimit accounts = new FailureLimit(ACCOUNT_FORGOTTEN, ACCOUNT_BURST);

  BreakGlass(
      Database database,
      Members members,
      Sessions sessions,
      Passwords passwords,
      OneTimeCodes codes,
      SealedTexts seals,
      AuditLog audit,
      InstantSource clock) {
    this.database = database;
    this.members = members;
    this.sessions = sessions;
    this.passwords = passwords;
    this.codes = codes;
    this.seals = seals;
    this.audit = audit;
    this.clock = clock;
  }

  /** An account as it is told of. */
  public record Account(UUID memberId, Instant madeAt, String madeBy, @Nullable Instant usedAt) {}

  /** A new account's second factor, at the one moment when it can be read. */
  public record Made(UUID memberId, String totpSecret, String totpAddress) {

    /** Without the secret, for logs. */
    @Override
    public String toString() {
      return "Made[" + memberId + "]";
    }
  }

  /** What somebody typed, and where. */
  public record Attempt(
      UUID organizationId,
      String userName,
      String password,
      String code,
      String requestId,
      String address,
      String userAgent) {

    /** Without what was typed. */
    @Override
    public String toString() {
      return "Attempt[" + organizationId + "]";
    }
  }

  /** What became of it. */
  public sealed interface Outcome {

    record SignedIn(Sessions.Begun session) implements Outcome {}

    /** Said alike for each reason; which it was stands in the audit log. */
    record Refused() implements Outcome {}

    record TooMany(long waitNanos) implements Outcome {}
  }

  /** Gives a member a break-glass account, or another password and secret. Blocks. */
  public Made make(Actor by, UUID memberId, String password) {
    requireGood(password);
    String hash = passwords.hash(password);
    String secret = OneTimeCodes.secret();
    return Transaction.join(
        Transaction.in(
            database,
            by.organizationId(),
            transaction -> {
              Member member = members.get(transaction, memberId);
              byte[] sealed = sealed(transaction, memberId, secret);
              transaction.change(
                  PUT,
                  transaction.organizationId(),
                  memberId,
                  hash,
                  Buffer.buffer(sealed),
                  now(),
                  by.name());
              audit.record(
                  transaction,
                  new AuditEvent(by, "break-glass.made", target(memberId), null, null));
              return new Made(
                  memberId, secret, OneTimeCodes.address(ISSUER, member.userName(), secret));
            }));
  }

  private static void requireGood(String password) {
    if (password.length() < PASSWORD_CHARACTERS_MIN
        || password.length() > PASSWORD_CHARACTERS_MAX
        || password.chars().distinct().count() < PASSWORD_CHARACTERS_MIN / 2) {
      throw new ProblemException(
          CommonProblem.INVALID_FIELD,
          "must have 15 to 200 characters, at least seven of them different",
          "/password");
    }
  }

  private byte[] sealed(Transaction transaction, UUID memberId, String secret) {
    byte[] sealed =
        transaction.await(
            seals.seal(
                transaction.organizationId(),
                place(transaction, memberId),
                Map.of("secret", secret)));
    if (sealed == null) {
      throw new IllegalStateException("a secret was not sealed");
    }
    return sealed;
  }

  /**
   * Signs in, or does not. Blocks; the work on the password holds no connection to the database.
   */
  public Outcome signIn(Attempt attempt) {
    String account = attempt.organizationId() + "/" + attempt.userName().toLowerCase(Locale.ROOT);
    Known known =
        Transaction.join(
            Transaction.in(
                database, attempt.organizationId(), transaction -> known(transaction, attempt)));
    long wait =
        Math.max(
            sources.wait(attempt.address(), System.nanoTime()),
            known.isKnownSource() ? 0 : accounts.wait(account, System.nanoTime()));
    if (wait > 0) {
      return new Outcome.TooMany(wait);
    }
    Optional<String> fault = fault(known, attempt.password());
    Outcome outcome =
        Transaction.join(
            Transaction.in(
                database,
                attempt.organizationId(),
                transaction -> concluded(transaction, known, attempt, fault)));
    if (outcome instanceof Outcome.Refused) {
      sources.failed(attempt.address(), System.nanoTime());
      accounts.failed(account, System.nanoTime());
    }
    return outcome;
  }

  /** What there is under the name that was typed. */
  private record Known(
      boolean isOrganization,
      Optional<Member> member,
      Optional<String> password,
      Optional<String> totpSecret,
      boolean isKnownSource) {

    UUID memberId() {
      return member.map(Member::id).orElse(new UUID(0, 0));
    }
  }

  private Known known(Transaction transaction, Attempt attempt) {
    UUID organization = transaction.organizationId();
    Optional<Member> member =
        members
            .page(transaction, new Members.Filter(attempt.userName(), null, null, null), null, 1)
            .stream()
            .findFirst();
    Optional<Row> account = member.flatMap(one -> transaction.row(FIND, organization, one.id()));
    return new Known(
        transaction.row(ORGANIZATION, organization).isPresent(),
        member,
        account.map(row -> row.getString("password")),
        account.map(row -> secret(transaction, member.orElseThrow().id(), row)),
        member.isPresent()
            && transaction
                .row(KNOWN_SOURCE, organization, member.get().id(), attempt.address())
                .isPresent());
  }

  private String secret(Transaction transaction, UUID memberId, Row account) {
    Map<String, String> texts =
        transaction.await(
            seals.open(
                transaction.organizationId(),
                place(transaction, memberId),
                account.getBuffer("totp").getBytes()));
    return texts.getOrDefault("secret", "");
  }

  /** Why not, for the audit log; empty where the password is right. Always the same work. */
  private Optional<String> fault(Known known, String password) {
    if (known.password().isEmpty()) {
      passwords.matchesNobody(password);
      return Optional.of("no such account");
    }
    if (!passwords.matches(password, known.password().get())) {
      return Optional.of("wrong password");
    }
    return known.member().filter(Member::isActive).isPresent()
        ? Optional.empty()
        : Optional.of("the member is deactivated");
  }

  private Outcome concluded(
      Transaction transaction, Known known, Attempt attempt, Optional<String> fault) {
    if (fault.isEmpty() && isFreshCode(transaction, known, attempt.code())) {
      return opened(transaction, known.member().orElseThrow(), attempt);
    }
    if (known.isOrganization()) {
      refused(transaction, known.memberId(), attempt, fault.orElse("wrong or used code"));
    }
    return new Outcome.Refused();
  }

  private boolean isFreshCode(Transaction transaction, Known known, String code) {
    OptionalLong step = codes.step(known.totpSecret().orElseThrow(), code, clock.instant());
    return step.isPresent()
        && transaction.change(
                USED, transaction.organizationId(), known.memberId(), now(), step.getAsLong())
            > 0;
  }

  private Outcome opened(Transaction transaction, Member member, Attempt attempt) {
    Sessions.Begun session =
        sessions.begin(
            transaction,
            new NewSession(
                member.id(), null, null, null, null, attempt.address(), attempt.userAgent()));
    audit.record(
        transaction,
        new AuditEvent(
            actor(transaction, member.id(), member.userName(), attempt),
            "login.break_glass",
            target(member.id()),
            null,
            Map.of("session", session.id().toString())));
    LOG.atWarn()
        .addKeyValue("organization", transaction.organizationId())
        .addKeyValue("member", member.id())
        .addKeyValue("address", attempt.address())
        .log("the break-glass account was used");
    return new Outcome.SignedIn(session);
  }

  private void refused(Transaction transaction, UUID id, Attempt attempt, String fault) {
    audit.record(
        transaction,
        AuditEvent.failed(
            actor(transaction, id, attempt.userName(), attempt),
            "login.break_glass_refused",
            target(id),
            Map.of("why", fault)));
    LOG.atWarn()
        .addKeyValue("organization", transaction.organizationId())
        .addKeyValue("address", attempt.address())
        .addKeyValue("why", fault)
        .log("somebody tried the break-glass account");
  }

  private static Actor actor(Transaction transaction, UUID id, String name, Attempt attempt) {
    return new Actor(
            Actor.Kind.PERSON, id, name, new Scope(transaction.organizationId(), null, null))
        .inRequest(attempt.requestId(), attempt.address());
  }

  public List<Account> list(Transaction transaction) {
    return transaction.rows(LIST, transaction.organizationId()).stream()
        .map(
            row -> {
              OffsetDateTime used = row.getOffsetDateTime("used_at");
              return new Account(
                  row.getUUID("member_id"),
                  row.getOffsetDateTime("made_at").toInstant(),
                  row.getString("made_by"),
                  used == null ? null : used.toInstant());
            })
        .toList();
  }

  public void delete(Transaction transaction, Actor by, UUID memberId) {
    int deleted = transaction.change(DELETE, transaction.organizationId(), memberId);
    if (deleted == 0) {
      throw new ProblemException(CommonProblem.NOT_FOUND, "this member has no break-glass account");
    }
    audit.record(
        transaction, new AuditEvent(by, "break-glass.deleted", target(memberId), null, null));
  }

  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private static String target(UUID memberId) {
    return "member:" + memberId;
  }

  private static String place(Transaction transaction, UUID memberId) {
    return "auth.break_glass/" + transaction.organizationId() + "/" + memberId;
  }
}
