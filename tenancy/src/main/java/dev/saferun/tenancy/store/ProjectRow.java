package dev.saferun.tenancy.store;

import dev.saferun.tenancy.Project;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A project as it is kept. */
@Entity
@Table(schema = "tenancy", name = "project")
class ProjectRow {

  @Id UUID id;

  @Column(name = "organization_id")
  UUID organizationId;

  @Column String name;

  @Column(name = "display_name")
  String displayName;

  @Column(name = "created_at")
  Instant createdAt;

  ProjectRow() {}

  ProjectRow(UUID id, UUID organizationId, String name, String displayName, Instant createdAt) {
    this.id = id;
    this.organizationId = organizationId;
    this.name = name;
    this.displayName = displayName;
    this.createdAt = createdAt;
  }

  Project record() {
    return new Project(id, name, displayName, createdAt);
  }

  String target() {
    return "project:" + id;
  }

  Map<String, @Nullable Object> audited() {
    return Map.of("name", name, "display_name", displayName);
  }
}
