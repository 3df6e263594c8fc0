package dev.saferun.auth.keys;

import dev.saferun.platform.Access;
import dev.saferun.platform.Actor;
import dev.saferun.tenancy.Permission;
import dev.saferun.tenancy.Role;
import java.util.EnumSet;
import java.util.Set;

/**
 * What each kind of key may do. That of an environment reaches no further than that. An admin key
 * may do what an owner may, for the first of an organization is there before its first owner; so
 * only owners make one.
 */
public final class KeyAccess {

  private static final Access AGENT =
      of(EnumSet.of(Permission.CHECKS_MAKE, Permission.RUNS_READ, Permission.RUNS_LABEL));

  private static final Access ADMIN = of(withChecks(Role.OWNER.permissions()));

  private static final Access OPERATOR = of(operator());

  private KeyAccess() {}

  public static Access of(Actor.Kind kind) {
    return switch (kind) {
      case AGENT -> AGENT;
      case ADMIN -> ADMIN;
      case OPERATOR -> OPERATOR;
      case PERSON, DIRECTORY, SYSTEM -> Access.NONE;
    };
  }

  /**
   * A check by a key of no environment is refused further on, where it can be told which to use.
   */
  private static Set<Permission> withChecks(Set<Permission> permissions) {
    Set<Permission> all = EnumSet.copyOf(permissions);
    all.add(Permission.CHECKS_MAKE);
    return all;
  }

  private static Set<Permission> operator() {
    Set<Permission> all = withChecks(Role.OWNER.permissions());
    all.add(Permission.APPLIANCE_OPERATE);
    return all;
  }

  private static Access of(Set<Permission> permissions) {
    return Access.everywhere(Role.names(permissions));
  }
}
