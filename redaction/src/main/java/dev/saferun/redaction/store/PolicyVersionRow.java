package dev.saferun.redaction.store;

import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.Ids;
import dev.saferun.platform.StrictJson;
import dev.saferun.redaction.PolicyOwner;
import dev.saferun.redaction.PolicyVersion;
import dev.saferun.redaction.RedactionRules;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A version of a layer as it is kept. */
@Entity
@Table(schema = "redaction", name = "policy_version")
class PolicyVersionRow {

  @Id UUID id;

  @Column(name = "organization_id")
  UUID organizationId;

  @Column(name = "project_id")
  @Nullable UUID projectId;

  @Column(name = "environment_id")
  @Nullable UUID environmentId;

  @Column int version;

  @Column String content;

  @Column(name = "actor_id")
  UUID actorId;

  @Column(name = "actor_name")
  String actorName;

  @Column Instant at;

  PolicyVersionRow() {}

  PolicyVersionRow(PolicyOwner owner, int version, RedactionRules rules, Actor by, Instant at) {
    this.id = Ids.next(at.toEpochMilli());
    this.organizationId = owner.organizationId();
    this.projectId = owner.projectId();
    this.environmentId = owner.environmentId();
    this.version = version;
    this.content = new String(CanonicalJson.write(rules.toJson()), StandardCharsets.UTF_8);
    this.actorId = by.id();
    this.actorName = by.name();
    this.at = at;
  }

  PolicyVersion record() {
    return new PolicyVersion(version, rules(), actorName, at);
  }

  RedactionRules rules() {
    return RedactionRules.read(StrictJson.parseObject(content.getBytes(StandardCharsets.UTF_8)));
  }
}
