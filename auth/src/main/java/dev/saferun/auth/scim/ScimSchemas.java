package dev.saferun.auth.scim;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a directory can learn of this service provider (RFC 7643, 5 to 7): what is really kept. */
@Singleton
public class ScimSchemas {

  /** Where everything of SCIM is. */
  public static final String BASE = "/scim/v2";

  static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";

  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";

  private final ScimAddresses addresses;

  ScimSchemas(ScimAddresses addresses) {
    this.addresses = addresses;
  }

  public byte[] serviceProviderConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("schemas", List.of(CORE + "ServiceProviderConfig"));
    config.put("patch", supported(true));
    config.put("bulk", Map.of("supported", false, "maxOperations", 0, "maxPayloadSize", 0));
    config.put("filter", Map.of("supported", true, "maxResults", ScimLimits.PAGE_MAX));
    config.put("changePassword", supported(false));
    config.put("sort", supported(false));
    config.put("etag", supported(true));
    config.put(
        "authenticationSchemes",
        List.of(
            Map.of(
                "type",
                "oauthbearertoken",
                "name",
                "Directory token",
                "description",
                "A token of POST /v1/sign-in/directory-tokens, as Authorization: Bearer",
                "primary",
                true)));
    config.put("meta", meta("ServiceProviderConfig", "/ServiceProviderConfig"));
    return CanonicalJson.write(config);
  }

  private static Map<String, Object> supported(boolean is) {
    return Map.of("supported", is);
  }

  private Map<String, Object> meta(String resourceType, String path) {
    return Map.of("resourceType", resourceType, "location", addresses.of(path));
  }

  public byte[] resourceTypes() {
    return list(List.of(resourceType("User", USER), resourceType("Group", GROUP)));
  }

  private static byte[] list(List<Map<String, Object>> resources) {
    return ScimResource.list(resources, resources.size(), 1);
  }

  public byte[] resourceType(String name) {
    return switch (name) {
      case "User" -> CanonicalJson.write(resourceType("User", USER));
      case "Group" -> CanonicalJson.write(resourceType("Group", GROUP));
      default -> throw absent();
    };
  }

  private static ProblemException absent() {
    return new ProblemException(CommonProblem.NOT_FOUND, "there are a User and a Group");
  }

  private Map<String, Object> resourceType(String name, String schema) {
    Map<String, Object> type = new LinkedHashMap<>();
    type.put("schemas", List.of(CORE + "ResourceType"));
    type.put("id", name);
    type.put("name", name);
    type.put("endpoint", "/" + name + "s");
    type.put("schema", schema);
    type.put("schemaExtensions", List.of());
    type.put("meta", meta("ResourceType", "/ResourceTypes/" + name));
    return type;
  }

  public byte[] schemas() {
    return list(List.of(user(), group()));
  }

  public byte[] schema(String id) {
    return switch (id) {
      case USER -> CanonicalJson.write(user());
      case GROUP -> CanonicalJson.write(group());
      default -> throw absent();
    };
  }

  private Map<String, Object> user() {
    return schema(
        USER,
        "User",
        "A member of the organization",
        List.of(
            ScimAttribute.text("userName").required().unique().json(),
            ScimAttribute.text("displayName").json(),
            ScimAttribute.complex("name", ScimAttribute.text("formatted")).json(),
            ScimAttribute.complex(
                    "emails",
                    ScimAttribute.text("value"),
                    ScimAttribute.text("type"),
                    ScimAttribute.truth("primary"))
                .several()
                .json(),
            ScimAttribute.truth("active").json(),
            ScimAttribute.complex(
                    "groups",
                    ScimAttribute.text("value").readOnly(),
                    ScimAttribute.reference("$ref", "Group").readOnly(),
                    ScimAttribute.text("display").readOnly(),
                    ScimAttribute.text("type").readOnly())
                .several()
                .readOnly()
                .json()));
  }

  private Map<String, Object> group() {
    return schema(
        GROUP,
        "Group",
        "People whom the directory keeps together",
        List.of(
            ScimAttribute.text("displayName").required().unique().json(),
            ScimAttribute.complex(
                    "members",
                    ScimAttribute.text("value").immutable(),
                    ScimAttribute.reference("$ref", "User").immutable(),
                    ScimAttribute.text("display").readOnly(),
                    ScimAttribute.text("type").immutable())
                .several()
                .json()));
  }

  private Map<String, Object> schema(
      String id, String name, String description, List<Map<String, Object>> attributes) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("schemas", List.of(CORE + "Schema"));
    schema.put("id", id);
    schema.put("name", name);
    schema.put("description", description);
    schema.put("attributes", attributes);
    schema.put("meta", meta("Schema", "/Schemas/" + id));
    return schema;
  }
}
