package dev.saferun.tenancy.store;

import dev.saferun.tenancy.Organization;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** An organization as it is kept. */
@Entity
@Table(schema = "tenancy", name = "organization")
class OrganizationRow {

  @Id UUID id;

  @Column String name;

  @Column(name = "created_at")
  Instant createdAt;

  OrganizationRow() {}

  OrganizationRow(UUID id, String name, Instant createdAt) {
    this.id = id;
    this.name = name;
    this.createdAt = createdAt;
  }

  Organization record() {
    return new Organization(id, name, createdAt);
  }
}
