package dev.saferun.auth;

import dev.saferun.platform.Actor;
import dev.saferun.tenancy.Organization;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Makes, lists and changes keys within the actor's own organization. When the stage of a change
 * completes it is committed, audited and in force on this node; on the others it is within a
 * second. What is not there, or is another's, fails with {@link
 * dev.saferun.platform.CommonProblem#NOT_FOUND}.
 */
public interface ApiKeys {

  /** What the change feed calls a change of a key. */
  String TOPIC = "auth";

  /** The keys of one environment, or of the organization itself where the door is that. */
  CompletionStage<List<ApiKey>> list(Actor by, KeyDoor door);

  CompletionStage<IssuedKey> issue(Actor by, KeyDoor door, NewKey key);

  CompletionStage<ApiKey> change(Actor by, KeyDoor door, UUID id, KeyChange change);

  /** Opens another organization, in one transaction with its first admin key. */
  CompletionStage<FirstKey> openOrganization(Actor operator, String name);

  /** An organization that was just made, and the key that administers it. */
  record FirstKey(Organization organization, IssuedKey key) {}
}
