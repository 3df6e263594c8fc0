package dev.saferun.audit.format;

import static dev.saferun.audit.format.OcsfClass.ACCOUNT_CHANGE;
import static dev.saferun.audit.format.OcsfClass.API_ACTIVITY;
import static dev.saferun.audit.format.OcsfClass.APPLICATION_ERROR;
import static dev.saferun.audit.format.OcsfClass.APPLICATION_LIFECYCLE;
import static dev.saferun.audit.format.OcsfClass.AUTHENTICATION;
import static dev.saferun.audit.format.OcsfClass.DATASTORE_ACTIVITY;
import static dev.saferun.audit.format.OcsfClass.ENTITY_MANAGEMENT;
import static dev.saferun.audit.format.OcsfClass.GROUP_MANAGEMENT;
import static dev.saferun.audit.format.OcsfClass.USER_ACCESS;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one table of which class a code belongs to, from which OCSF and ECS both take it. A whole
 * code stands before a start, and a longer start before a shorter one; a code that is not in the
 * table is a call of our API.
 */
final class CodeClasses {

  /** What the table says of a code. */
  record Found(OcsfClass ocsf, Verb verb, String word, Severity severity) {

    OcsfActivity activity() {
      return OcsfActivity.of(ocsf, verb, word);
    }
  }

  /** A row; where it names no verb, the code's last word says it. */
  private record Row(OcsfClass ocsf, @Nullable Verb verb, Severity severity) {

    static Row of(OcsfClass ocsf) {
      return new Row(ocsf, null, Severity.INFORMATIONAL);
    }

    Row as(Verb always) {
      return new Row(ocsf, always, severity);
    }

    Row at(Severity other) {
      return new Row(ocsf, verb, other);
    }
  }

  private static final Row OTHERS = Row.of(API_ACTIVITY);

  private static final Map<String, Row> TABLE =
      Map.ofEntries(
          Map.entry("organization.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("project.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("environment.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("key.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("data-key.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("encryption-key.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("key-encryption.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("rule.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("loop-guard.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("intent-guard.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("intent-model.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("redaction.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("connection.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("destination.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("role.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("role.granted", Row.of(USER_ACCESS)),
          Map.entry("role.assigned", Row.of(USER_ACCESS)),
          Map.entry("role.revoked", Row.of(USER_ACCESS)),
          Map.entry("role.unassigned", Row.of(USER_ACCESS)),
          Map.entry("user.", Row.of(ACCOUNT_CHANGE)),
          Map.entry("member.", Row.of(ACCOUNT_CHANGE)),
          Map.entry("member.removed", Row.of(ACCOUNT_CHANGE).as(Verb.DELETE)),
          Map.entry("member.reactivated", Row.of(ACCOUNT_CHANGE).as(Verb.ENABLE)),
          Map.entry("break-glass.", Row.of(ACCOUNT_CHANGE).at(Severity.HIGH)),
          Map.entry("token.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("domain.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("sign-in.", Row.of(ENTITY_MANAGEMENT)),
          Map.entry("identity.", Row.of(ACCOUNT_CHANGE)),
          Map.entry("group.", Row.of(GROUP_MANAGEMENT)),
          Map.entry("login.", Row.of(AUTHENTICATION).as(Verb.START)),
          Map.entry("login.break_glass", Row.of(AUTHENTICATION).as(Verb.START).at(Severity.HIGH)),
          Map.entry(
              "login.break_glass_refused", Row.of(AUTHENTICATION).as(Verb.START).at(Severity.HIGH)),
          Map.entry("logout", Row.of(AUTHENTICATION).as(Verb.STOP)),
          Map.entry("logout.", Row.of(AUTHENTICATION).as(Verb.STOP)),
          Map.entry("session.", Row.of(AUTHENTICATION)),
          Map.entry("sessions.", Row.of(AUTHENTICATION)),
          Map.entry("reveal.", Row.of(DATASTORE_ACTIVITY)),
          Map.entry("reveal.refused", Row.of(DATASTORE_ACTIVITY).as(Verb.READ)),
          Map.entry("replay.", Row.of(DATASTORE_ACTIVITY)),
          Map.entry("originals.", Row.of(DATASTORE_ACTIVITY)),
          Map.entry("retention.applied", Row.of(DATASTORE_ACTIVITY).as(Verb.DELETE)),
          Map.entry("audit.", Row.of(DATASTORE_ACTIVITY)),
          Map.entry("appliance.", Row.of(APPLICATION_LIFECYCLE)),
          Map.entry("clock.", Row.of(APPLICATION_ERROR).at(Severity.MEDIUM)),
          Map.entry("proof.", Row.of(APPLICATION_ERROR).at(Severity.HIGH)),
          Map.entry("journal.", Row.of(APPLICATION_ERROR).at(Severity.MEDIUM)),
          Map.entry("journal.overflow-ended", Row.of(APPLICATION_ERROR).as(Verb.STOP)));

  private CodeClasses() {}

  static Found of(Code code) {
    Row row = row(code.key());
    Verb verb = row.verb() == null ? Verb.of(code.verb()) : row.verb();
    return new Found(row.ocsf(), verb, code.verb(), row.severity());
  }

  private static Row row(String key) {
    Row whole = TABLE.get(key);
    return whole != null ? whole : rowOfStart(key);
  }

  private static Row rowOfStart(String key) {
    for (int dot = key.lastIndexOf('.'); dot >= 0; dot = key.lastIndexOf('.', dot - 1)) {
      Row start = TABLE.get(key.substring(0, dot + 1));
      if (start != null) {
        return start;
      }
    }
    return OTHERS;
  }
}
