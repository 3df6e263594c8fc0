package dev.saferun.tenancy.store;

import dev.saferun.platform.OwnDocument;
import dev.saferun.platform.Scope;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import dev.saferun.tenancy.OnOverflow;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All environments as the document that lies on this node's disk. */
final class EnvironmentsDocument {

  private EnvironmentsDocument() {}

  static Map<String, @Nullable Object> of(Collection<EnvironmentSettings> environments) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("environments", environments.stream().map(EnvironmentsDocument::of).toList());
    return document;
  }

  private static Map<String, Object> of(EnvironmentSettings settings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("organization_id", settings.scope().organizationId().toString());
    json.put("project_id", settings.scope().requireProject().toString());
    json.put("environment_id", settings.scope().requireEnvironment().toString());
    json.put("organization", settings.organization());
    json.put("project", settings.project());
    json.put("environment", settings.environment());
    json.put("mode", settings.mode().wire());
    json.put("on_overflow", settings.onOverflow().wire());
    json.put("on_error", settings.onError().wire());
    json.put("requests_per_second_max", (long) settings.requestsPerSecondMax());
    return json;
  }

  static List<EnvironmentSettings> read(Map<String, @Nullable Object> document) {
    return new OwnDocument(document)
        .objects("environments").stream().map(EnvironmentsDocument::settings).toList();
  }

  private static EnvironmentSettings settings(OwnDocument json) {
    return new EnvironmentSettings(
        new Scope(json.id("organization_id"), json.id("project_id"), json.id("environment_id")),
        json.text("organization"),
        json.text("project"),
        json.text("environment"),
        json.choice("mode", Mode.class),
        json.choice("on_overflow", OnOverflow.class),
        json.choice("on_error", OnError.class),
        json.number("requests_per_second_max"));
  }
}
