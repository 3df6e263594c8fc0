package dev.saferun.appliance.serve;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.ProblemException;
import dev.saferun.replay.OverflowListener;
import dev.saferun.tenancy.EnvironmentSettings;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the audit log when an environment begins to lose records, and when it keeps them
 * again.
 */
@Singleton
final class OverflowAudit implements OverflowListener {

  private static final Logger LOG = LoggerFactory.getLogger(OverflowAudit.class);
  private static final UUID APPLIANCE = new UUID(0, 0);

  private final Database database;
  private final AuditLog audit;

  OverflowAudit(Database database, AuditLog audit) {
    this.database = database;
    this.audit = audit;
  }

  @Override
  public void changed(EnvironmentSettings environment, boolean began, Kind kind) {
    String code = began ? "journal.overflow-began" : "journal.overflow-ended";
    LOG.atWarn()
        .addKeyValue("environment", environment.scope().environmentId())
        .addKeyValue("kind", kind)
        .log(began ? "records cannot be kept" : "records are kept again");
    Map<String, Object> what =
        began
            ? Map.of(
                "kind",
                ProblemException.kebab(kind),
                "on_overflow",
                environment.onOverflow().wire())
            : Map.of("on_overflow", environment.onOverflow().wire());
    AuditEvent event =
        new AuditEvent(
            new Actor(Actor.Kind.SYSTEM, APPLIANCE, "appliance", environment.scope()),
            code,
            "environment:" + environment.scope().environmentId(),
            null,
            Map.copyOf(what));
    database
        .inSession(environment.scope().organizationId(), session -> audit.record(session, event))
        .whenComplete(
            (recorded, fault) -> {
              if (fault != null) {
                LOG.atError().addKeyValue("code", code).log("the audit log could not be written");
              }
            });
  }
}
