package dev.saferun.auth.signin;

import dev.saferun.tenancy.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One client at one identity provider.
 *
 * @param settings what its protocol needs and everybody may read
 * @param secrets sealed; null where there are none
 * @param justInTime whether somebody unknown becomes a member
 * @param defaultRole what such a member is at first; null for nothing
 * @param provenAt when somebody last signed in by it as it is now; null where nobody did
 */
public record Connection(
    UUID organizationId,
    UUID id,
    String name,
    Protocol protocol,
    Map<String, @Nullable Object> settings,
    byte @Nullable [] secrets,
    boolean enabled,
    boolean justInTime,
    @Nullable Role defaultRole,
    Instant createdAt,
    Instant changedAt,
    @Nullable Instant provenAt) {

  /** All of it that is no secret. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("protocol", protocol.wire());
    json.put("settings", settings);
    json.put("enabled", enabled);
    json.put("just_in_time", justInTime);
    json.put("default_role", defaultRole == null ? null : defaultRole.wire());
    return json;
  }

  String sealedPlace() {
    return "auth.connection/" + organizationId + "/" + id;
  }

  String target() {
    return "connection:" + id;
  }
}
