package dev.saferun.evaluator.rules;

import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A version of a guard's settings in a project as it is kept: as their canonical JSON. */
@Entity
@Immutable
@Table(schema = "evaluator", name = "guard_version")
class GuardVersionRow {

  @Id UUID id;

  @Column(name = "organization_id")
  UUID organizationId;

  @Column(name = "project_id")
  UUID projectId;

  @Column String guard;

  @Column int version;

  @Column String settings;

  @Column(name = "author_id")
  UUID authorId;

  @Column(name = "author_name")
  String authorName;

  @Column(name = "created_at")
  Instant createdAt;

  GuardVersionRow() {}

  GuardVersionRow(
      UUID id,
      UUID projectId,
      String guard,
      int version,
      Map<String, @Nullable Object> settings,
      Actor author,
      Instant createdAt) {
    this.id = id;
    this.organizationId = author.organizationId();
    this.projectId = projectId;
    this.guard = guard;
    this.version = version;
    this.settings = new String(CanonicalJson.write(settings), StandardCharsets.UTF_8);
    this.authorId = author.id();
    this.authorName = author.name();
    this.createdAt = createdAt;
  }

  Map<String, @Nullable Object> tree() {
    return StrictJson.parseObject(settings.getBytes(StandardCharsets.UTF_8));
  }
}
