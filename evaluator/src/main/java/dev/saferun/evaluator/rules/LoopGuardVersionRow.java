package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A version of a project's loop guard as it is kept: the settings as their canonical JSON. */
@Entity
@Immutable
@Table(schema = "evaluator", name = "loop_guard_version")
class LoopGuardVersionRow {

  @Id UUID id;

  @Column(name = "organization_id")
  UUID organizationId;

  @Column(name = "project_id")
  UUID projectId;

  @Column int version;

  @Column String settings;

  @Column(name = "author_id")
  UUID authorId;

  @Column(name = "author_name")
  String authorName;

  @Column(name = "created_at")
  Instant createdAt;

  LoopGuardVersionRow() {}

  LoopGuardVersionRow(
      UUID id,
      UUID projectId,
      int version,
      LoopGuardSettings settings,
      Actor author,
      Instant createdAt) {
    this.id = id;
    this.organizationId = author.organizationId();
    this.projectId = projectId;
    this.version = version;
    this.settings = new String(CanonicalJson.write(settings.toJson()), StandardCharsets.UTF_8);
    this.authorId = author.id();
    this.authorName = author.name();
    this.createdAt = createdAt;
  }

  LoopGuardSettings record() {
    return LoopGuardSettings.fromJson(
        StrictJson.parseObject(settings.getBytes(StandardCharsets.UTF_8)));
  }
}
