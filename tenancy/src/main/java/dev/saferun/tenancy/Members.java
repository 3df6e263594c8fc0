package dev.saferun.tenancy;

import dev.saferun.platform.Access;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The people of an organization and what they may do. Everything happens in the caller's
 * transaction, with its audit events; what is not there fails with {@link
 * dev.saferun.platform.CommonProblem#NOT_FOUND}. Whoever is asked for by its permission asks for
 * nobody else's: the transaction sees one organization.
 */
public interface Members {

  /** Which members are meant; null leaves a field open. */
  record Filter(
      @Nullable UUID id,
      @Nullable String userName,
      @Nullable String displayName,
      @Nullable String externalId,
      @Nullable String email,
      @Nullable Boolean active) {

    public static final Filter ALL = new Filter(null, null, null, null);

    public Filter(
        @Nullable String userName,
        @Nullable String externalId,
        @Nullable String email,
        @Nullable Boolean active) {
      this(null, userName, null, externalId, email, active);
    }
  }

  /** What is told of a person who becomes a member. */
  record NewMember(
      String userName, String displayName, @Nullable String email, @Nullable String externalId) {}

  /** What a change names; the rest stays. An empty text takes an e-mail or an external id away. */
  record Change(
      Optional<String> userName,
      Optional<String> displayName,
      Optional<String> email,
      Optional<String> externalId,
      Optional<Boolean> active) {

    /** Whether somebody is a member still, and no more. */
    public static Change active(boolean active) {
      return new Change(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(active));
    }
  }

  /** In the order of their ids. */
  List<Member> page(Transaction transaction, Filter filter, @Nullable UUID after, int limit);

  /** In the same order, without the first so many. */
  List<Member> slice(Transaction transaction, Filter filter, int skipped, int limit);

  long count(Transaction transaction, Filter filter);

  Optional<Member> find(Transaction transaction, UUID id);

  Member get(Transaction transaction, UUID id);

  /**
   * Waits until nobody else changes people or groups of this organization: what is read after it
   * stays as it is until the transaction ends. Every change does the same by itself.
   */
  void awaitTurn(Transaction transaction);

  /** A person whom the directory removed comes back under the old id. */
  Member add(Transaction transaction, Actor by, NewMember member);

  Member change(Transaction transaction, Actor by, UUID id, Change change);

  /** Takes the person out for good: deactivated, and no longer told of. */
  void remove(Transaction transaction, Actor by, UUID id);

  /** What the member may do now; nothing where it was deactivated. */
  Access access(Transaction transaction, UUID id);

  Member grant(
      Transaction transaction, Actor by, UUID memberId, Role role, Optional<String> project);

  Member revoke(Transaction transaction, Actor by, UUID memberId, UUID grantId);
}
