package dev.saferun.auth.signin;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.auth.ticket.NewSession;
import dev.saferun.auth.ticket.Sessions;
import dev.saferun.platform.Actor;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Groups;
import dev.saferun.tenancy.Member;
import dev.saferun.tenancy.Members;
import dev.saferun.tenancy.TenancyProblem;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says who a person is whom a provider vouches for, and begins the session. */
@Singleton
public class Arrivals {

  private final Members members;
  private final Groups groups;
  private final Identities identities;
  private final Connections connections;
  private final Domains domains;
  private final Sessions sessions;
  private final AuditLog audit;

  Arrivals(
      Members members,
      Groups groups,
      Identities identities,
      Connections connections,
      Domains domains,
      Sessions sessions,
      AuditLog audit) {
    this.members = members;
    this.groups = groups;
    this.identities = identities;
    this.connections = connections;
    this.domains = domains;
    this.sessions = sessions;
    this.audit = audit;
  }

  /** From where somebody came. */
  public record Browser(String requestId, String address, String userAgent) {}

  /** What became of somebody who came. */
  public sealed interface Arrival {

    record SignedIn(Sessions.Begun session, Member member) implements Arrival {}

    /** The connection works; no session began. */
    record Tried(Claims claims) implements Arrival {}

    /**
     * @param why for the person and for the audit log
     */
    record Refused(String why) implements Arrival {}
  }

  /** Only tries the connection. */
  public Arrival.Tried tried(
      Transaction transaction, Connection connection, Claims claims, Browser browser) {
    connections.proven(transaction, connection);
    audit.record(
        transaction,
        new AuditEvent(
            nobody(transaction, claims.subject(), browser),
            "connection.tried",
            connection.target(),
            null,
            told(connection, claims)));
    return new Arrival.Tried(claims);
  }

  public Arrival arrive(
      Transaction transaction, Connection connection, Claims claims, Browser browser) {
    Actor system =
        Actor.appliance(transaction.organizationId())
            .inRequest(browser.requestId(), browser.address());
    Optional<Member> member;
    try {
      member = member(transaction, system, connection, claims);
    } catch (ProblemException taken) {
      if (taken.code() != TenancyProblem.MEMBER_TAKEN) {
        throw taken;
      }
      return refused(
          transaction,
          connection,
          claims,
          browser,
          "a member of that name is there, and is not known to be you");
    }
    if (member.isEmpty()) {
      return refused(transaction, connection, claims, browser, "you are no member here");
    }
    if (!member.get().isActive()) {
      return refused(transaction, connection, claims, browser, "your membership has ended");
    }
    return signedIn(transaction, system, connection, claims, member.get(), browser);
  }

  private Arrival signedIn(
      Transaction transaction,
      Actor system,
      Connection connection,
      Claims claims,
      Member member,
      Browser browser) {
    if (claims.groups() != null) {
      groups.said(
          transaction, system, member.id(), "connection:" + connection.id(), claims.groups());
    }
    Sessions.Begun session =
        sessions.begin(
            transaction,
            new NewSession(
                member.id(),
                connection.id(),
                claims.subject(),
                claims.providerSession(),
                claims.logoutHint(),
                browser.address(),
                browser.userAgent()));
    connections.proven(transaction, connection);
    Map<String, @Nullable Object> after = told(connection, claims);
    after.put("session", session.id().toString());
    audit.record(
        transaction,
        new AuditEvent(
            person(transaction, member.id(), member.userName(), browser),
            "login.succeeded",
            "member:" + member.id(),
            null,
            after));
    return new Arrival.SignedIn(session, member);
  }

  private Optional<Member> member(
      Transaction transaction, Actor system, Connection connection, Claims claims) {
    Optional<UUID> linked = identities.member(transaction, connection.id(), claims.subject());
    if (linked.isPresent()) {
      return members.find(transaction, linked.get());
    }
    Optional<Member> known =
        byDirectory(transaction, connection, claims)
            .or(() -> byVerifiedEmail(transaction, connection, claims));
    if (known.isPresent()) {
      return known.map(member -> linked(transaction, system, connection, claims, member, "match"));
    }
    return connection.justInTime()
        ? Optional.of(made(transaction, system, connection, claims))
        : Optional.empty();
  }

  private Optional<Member> byDirectory(
      Transaction transaction, Connection connection, Claims claims) {
    return one(transaction, new Members.Filter(null, claims.subject(), null, null))
        .filter(member -> !identities.isLinked(transaction, connection.id(), member.id()));
  }

  private Optional<Member> byVerifiedEmail(
      Transaction transaction, Connection connection, Claims claims) {
    String email = claims.email();
    if (email == null || !isOwn(transaction, claims)) {
      return Optional.empty();
    }
    return one(transaction, new Members.Filter(email, null, null, null))
        .filter(member -> !identities.isLinked(transaction, connection.id(), member.id()));
  }

  /** Whether the provider vouches for the address, and the organization for its domain. */
  private boolean isOwn(Transaction transaction, Claims claims) {
    return claims.emailVerified()
        && Optional.ofNullable(claims.email())
            .flatMap(Domains::ofEmail)
            .filter(domain -> domains.isVerified(transaction, domain))
            .isPresent();
  }

  private Optional<Member> one(Transaction transaction, Members.Filter filter) {
    return members.page(transaction, filter, null, 1).stream().findFirst();
  }

  private Member linked(
      Transaction transaction,
      Actor system,
      Connection connection,
      Claims claims,
      Member member,
      String how) {
    identities.link(transaction, system, connection.id(), claims.subject(), member.id(), how);
    return member;
  }

  private Member made(Transaction transaction, Actor system, Connection connection, Claims claims) {
    String email = claims.email();
    String userName = email != null && isOwn(transaction, claims) ? email : claims.subject();
    Member member =
        members.add(
            transaction,
            system,
            new Members.NewMember(
                userName, claims.name() == null ? userName : claims.name(), email, null));
    linked(transaction, system, connection, claims, member, "just in time");
    if (connection.defaultRole() != null) {
      members.grant(transaction, system, member.id(), connection.defaultRole(), Optional.empty());
    }
    return members.get(transaction, member.id());
  }

  /** Notes a sign-in that did not come about. */
  public Arrival.Refused refused(
      Transaction transaction,
      Connection connection,
      @Nullable Claims claims,
      Browser browser,
      String why) {
    Map<String, @Nullable Object> what = new LinkedHashMap<>();
    what.put("why", why);
    what.put("connection", connection.name());
    what.put("subject", claims == null ? null : claims.subject());
    audit.record(
        transaction,
        AuditEvent.failed(
            nobody(transaction, claims == null ? "unknown" : claims.subject(), browser),
            "login.refused",
            connection.target(),
            what));
    return new Arrival.Refused(why);
  }

  private static Map<String, @Nullable Object> told(Connection connection, Claims claims) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("connection", connection.name());
    told.put("protocol", connection.protocol().wire());
    told.put("subject", claims.subject());
    return told;
  }

  private static Actor nobody(Transaction transaction, String name, Browser browser) {
    return person(transaction, new UUID(0, 0), name, browser);
  }

  private static Actor person(Transaction transaction, UUID id, String name, Browser browser) {
    return new Actor(
            Actor.Kind.PERSON, id, name, new Scope(transaction.organizationId(), null, null))
        .inRequest(browser.requestId(), browser.address());
  }
}
