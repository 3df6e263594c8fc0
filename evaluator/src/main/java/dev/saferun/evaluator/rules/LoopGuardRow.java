package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.JsonBody;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A version of a project's loop guard as it is kept. */
@Entity
@Immutable
@IdClass(LoopGuardRow.Key.class)
@Table(schema = "evaluator", name = "loop_guard_version")
class LoopGuardRow {

  record Key(UUID projectId, int version) implements Serializable {}

  @Id
  @Column(name = "project_id")
  UUID projectId;

  @Id @Column int version;

  @Column(name = "organization_id")
  UUID organizationId;

  @Column String settings;

  @Column(name = "author_id")
  UUID authorId;

  @Column(name = "author_name")
  String authorName;

  @Column(name = "created_at")
  Instant createdAt;

  LoopGuardRow() {}

  LoopGuardRow(
      UUID organizationId,
      UUID projectId,
      int version,
      LoopGuardSettings settings,
      Actor author,
      Instant now) {
    this.organizationId = organizationId;
    this.projectId = projectId;
    this.version = version;
    this.settings = new String(CanonicalJson.write(settings.toJson()), StandardCharsets.UTF_8);
    this.authorId = author.id();
    this.authorName = author.name();
    this.createdAt = now;
  }

  LoopGuardSettings record() {
    return JsonBody.read(settings.getBytes(StandardCharsets.UTF_8), LoopGuardDocument.class)
        .settings();
  }
}
