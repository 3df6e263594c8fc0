package dev.saferun.tenancy.store;

import dev.saferun.platform.Scope;
import dev.saferun.tenancy.EnvironmentChange;
import dev.saferun.tenancy.EnvironmentDefaults;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import dev.saferun.tenancy.OnOverflow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An environment as it is kept. */
@Entity
@Table(schema = "tenancy", name = "environment")
class EnvironmentRow {

  @Id UUID id;

  @Column(name = "organization_id")
  UUID organizationId;

  @Column(name = "project_id")
  UUID projectId;

  @Column String name;

  @Column String mode;

  @Column(name = "on_overflow")
  String onOverflow;

  @Column(name = "on_error")
  String onError;

  @Column(name = "requests_per_second_max")
  int requestsPerSecondMax;

  @Column(name = "created_at")
  Instant createdAt;

  EnvironmentRow() {}

  EnvironmentRow(UUID id, ProjectRow project, String name, Instant createdAt) {
    this.id = id;
    this.organizationId = project.organizationId;
    this.projectId = project.id;
    this.name = name;
    this.createdAt = createdAt;
    EnvironmentDefaults defaults = EnvironmentDefaults.of(name);
    this.mode = defaults.mode().wire();
    this.onOverflow = defaults.onOverflow().wire();
    this.onError = defaults.onError().wire();
    this.requestsPerSecondMax = defaults.requestsPerSecondMax();
  }

  void apply(EnvironmentChange change) {
    change.mode().ifPresent(to -> mode = to.wire());
    change.onOverflow().ifPresent(to -> onOverflow = to.wire());
    change.onError().ifPresent(to -> onError = to.wire());
    change.requestsPerSecondMax().ifPresent(to -> requestsPerSecondMax = to);
  }

  EnvironmentSettings record(String organization, String project) {
    return new EnvironmentSettings(
        new Scope(organizationId, projectId, id),
        organization,
        project,
        name,
        Mode.valueOf(mode.toUpperCase(Locale.ROOT)),
        OnOverflow.valueOf(onOverflow.toUpperCase(Locale.ROOT)),
        OnError.valueOf(onError.toUpperCase(Locale.ROOT)),
        requestsPerSecondMax);
  }

  String target() {
    return "environment:" + id;
  }

  Map<String, @Nullable Object> audited() {
    return Map.of(
        "name", name,
        "mode", mode,
        "on_overflow", onOverflow,
        "on_error", onError,
        "requests_per_second_max", (long) requestsPerSecondMax);
  }
}
