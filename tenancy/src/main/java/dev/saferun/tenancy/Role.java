package dev.saferun.tenancy;

import static dev.saferun.tenancy.Permission.APPLIANCE_OPERATE;
import static dev.saferun.tenancy.Permission.APPROVALS_DECIDE;
import static dev.saferun.tenancy.Permission.APPROVALS_READ;
import static dev.saferun.tenancy.Permission.AUDIT_EXPORT;
import static dev.saferun.tenancy.Permission.AUDIT_READ;
import static dev.saferun.tenancy.Permission.BACKTESTS_RUN;
import static dev.saferun.tenancy.Permission.CHECKS_MAKE;
import static dev.saferun.tenancy.Permission.DIRECTORY_PROVISION;
import static dev.saferun.tenancy.Permission.EVIDENCE_VERIFY;
import static dev.saferun.tenancy.Permission.OWNERS_WRITE;
import static dev.saferun.tenancy.Permission.REDACTION_READ;
import static dev.saferun.tenancy.Permission.RULES_ACTIVATE;
import static dev.saferun.tenancy.Permission.RULES_READ;
import static dev.saferun.tenancy.Permission.RULES_WRITE;
import static dev.saferun.tenancy.Permission.RUNS_LABEL;
import static dev.saferun.tenancy.Permission.RUNS_READ;
import static dev.saferun.tenancy.Permission.RUNS_REVEAL;
import static dev.saferun.tenancy.Permission.SETTINGS_READ;
import static dev.saferun.tenancy.Permission.SIGN_IN_WRITE;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a member is in an organization, or in one project of it. This is the one table of who may do
 * what: the API answers with it and {@code docs/roles.md} is written from it.
 */
public enum Role {
  OWNER("everything in the organization", everyPersonal()),
  /** Whoever says which identity provider is believed says who is who, owners included. */
  ADMIN(
      "everything in the organization but its owners, its admin keys and how people sign in",
      without(everyPersonal(), OWNERS_WRITE, SIGN_IN_WRITE)),
  ENGINEER(
      "reads runs, writes rules, proves them and puts them in force",
      EnumSet.of(
          RUNS_READ,
          RUNS_LABEL,
          RULES_READ,
          RULES_WRITE,
          RULES_ACTIVATE,
          BACKTESTS_RUN,
          APPROVALS_READ,
          REDACTION_READ,
          SETTINGS_READ,
          EVIDENCE_VERIFY)),
  REVIEWER(
      "approves calls that wait, and sees sealed originals",
      EnumSet.of(
          RUNS_READ,
          RUNS_LABEL,
          RUNS_REVEAL,
          RULES_READ,
          APPROVALS_READ,
          APPROVALS_DECIDE,
          SETTINGS_READ)),
  AUDITOR("reads the audit log, and nothing else", EnumSet.of(AUDIT_READ, AUDIT_EXPORT)),
  VIEWER(
      "looks, and changes nothing",
      EnumSet.of(RUNS_READ, RULES_READ, APPROVALS_READ, REDACTION_READ, SETTINGS_READ));

  private final String does;

  // An unmodifiable copy.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Permission> permissions;

  Role(String does, Set<Permission> permissions) {
    this.does = does;
    this.permissions = Set.copyOf(permissions);
  }

  /** All that a person can be allowed; the rest is for keys. */
  private static Set<Permission> everyPersonal() {
    return without(
        EnumSet.allOf(Permission.class), CHECKS_MAKE, DIRECTORY_PROVISION, APPLIANCE_OPERATE);
  }

  private static Set<Permission> without(Set<Permission> permissions, Permission... gone) {
    Set<Permission> rest = EnumSet.copyOf(permissions);
    List.of(gone).forEach(rest::remove);
    return rest;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String does() {
    return does;
  }

  public Set<Permission> permissions() {
    return permissions;
  }

  /** The names of what it may do. */
  public Set<String> permissionNames() {
    return names(permissions);
  }

  public static Set<String> names(Set<Permission> permissions) {
    return permissions.stream().map(Permission::wire).collect(Collectors.toUnmodifiableSet());
  }

  /** The roles that would do where this permission is missing. */
  public static List<Role> with(Permission permission) {
    return Arrays.stream(values()).filter(role -> role.permissions.contains(permission)).toList();
  }
}
