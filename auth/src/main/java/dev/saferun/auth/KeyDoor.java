package dev.saferun.auth;

/** What a key opens. */
public sealed interface KeyDoor {

  /** The whole organization of the actor: an admin key. */
  record OwnOrganization() implements KeyDoor {}

  /** One environment, by the names that it has in the actor's organization: an agent key. */
  record OfEnvironment(String project, String environment) implements KeyDoor {}
}
