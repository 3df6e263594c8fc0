package dev.saferun.platform.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** An entity such as a module keeps in its store. */
@Entity
@Table(schema = "sample", name = "note")
class Note {

  @Id UUID id;

  @Column(name = "organization_id")
  UUID organizationId;

  @Column String text;

  Note() {}

  Note(UUID id, UUID organizationId, String text) {
    this.id = id;
    this.organizationId = organizationId;
    this.text = text;
  }
}
