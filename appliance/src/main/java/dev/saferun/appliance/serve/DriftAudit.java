package dev.saferun.appliance.serve;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.Scope;
import dev.saferun.replay.DriftListener;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes into the audit log when a kept decision is not what was decided. */
@Singleton
final class DriftAudit implements DriftListener {

  private static final Logger LOG = LoggerFactory.getLogger(DriftAudit.class);
  private static final UUID APPLIANCE = new UUID(0, 0);
  private static final String CODE = "proof.drift";

  private final Database database;
  private final AuditLog audit;

  DriftAudit(Database database, AuditLog audit) {
    this.database = database;
    this.audit = audit;
  }

  @Override
  public void drifted(Scope environment, UUID decisionId, String result, String detail) {
    AuditEvent event =
        new AuditEvent(
            new Actor(Actor.Kind.SYSTEM, APPLIANCE, "appliance", environment),
            CODE,
            "decision:" + decisionId,
            null,
            Map.of("result", result, "detail", detail));
    database
        .inSession(environment.organizationId(), session -> audit.record(session, event))
        .whenComplete(
            (recorded, fault) -> {
              if (fault != null) {
                LOG.atError().addKeyValue("code", CODE).log("the audit log could not be written");
              }
            });
  }
}
