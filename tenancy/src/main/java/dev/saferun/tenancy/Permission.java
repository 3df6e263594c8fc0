package dev.saferun.tenancy;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a caller can be allowed to do. Every endpoint names one of these; the {@link Role}s and the
 * keys have them.
 */
public enum Permission {
  CHECKS_MAKE("checks.make", "ask for decisions and record frames (keys only)"),
  RUNS_READ("runs.read", "read runs, frames and decisions, redacted"),
  RUNS_LABEL("runs.label", "say whether a decision was right"),
  RUNS_REVEAL("runs.reveal", "see sealed originals, with a reason"),
  RUNS_SHRED("runs.shred", "destroy sealed originals for good"),
  RULES_READ("rules.read", "read rules, guards, activations and backtests"),
  RULES_WRITE("rules.write", "write rules and guards"),
  RULES_ACTIVATE("rules.activate", "put rules in force"),
  BACKTESTS_RUN("backtests.run", "try rules on recorded runs"),
  APPROVALS_READ("approvals.read", "see the calls that wait for a person"),
  APPROVALS_DECIDE("approvals.decide", "approve or deny a call that waits"),
  REDACTION_READ("redaction.read", "read redaction policies"),
  REDACTION_WRITE("redaction.write", "write redaction policies"),
  SETTINGS_READ("settings.read", "read projects and environments"),
  SETTINGS_WRITE("settings.write", "write projects and environments, modes included"),
  KEYS_READ("keys.read", "see which API keys there are"),
  KEYS_WRITE("keys.write", "make and revoke API keys of environments"),
  MEMBERS_READ("members.read", "see members, groups and who may do what"),
  MEMBERS_WRITE("members.write", "invite and deactivate members, make groups, give roles"),
  OWNERS_WRITE(
      "owners.write",
      "make and unmake owners, and the keys and accounts that may do what they may"),
  SIGN_IN_READ("sign-in.read", "read how people sign in"),
  SIGN_IN_WRITE("sign-in.write", "write how people sign in: connections, domains, provisioning"),
  DIRECTORY_PROVISION("directory.provision", "tell of people and groups (SCIM tokens only)"),
  AUDIT_READ("audit.read", "read the audit log and prove it"),
  AUDIT_EXPORT("audit.export", "export the audit log"),
  DESTINATIONS_READ("destinations.read", "see where events are streamed to"),
  DESTINATIONS_WRITE("destinations.write", "stream events to a SIEM"),
  EVIDENCE_VERIFY("evidence.verify", "have recorded decisions proven"),
  ENCRYPTION_ROTATE("encryption.rotate", "have the organization's data key made anew"),
  APPLIANCE_OPERATE(
      "appliance.operate", "open organizations, rotate the appliance's key (operator)");

  private final String wire;
  private final String does;

  Permission(String wire, String does) {
    this.wire = wire;
    this.does = does;
  }

  /** Its name, where an endpoint or an answer names it. */
  public String wire() {
    return wire;
  }

  /** What it allows, as the end of "may ...". */
  public String does() {
    return does;
  }

  public static Optional<Permission> ofWire(String wire) {
    return Arrays.stream(values()).filter(one -> one.wire.equals(wire)).findFirst();
  }
}
