package dev.saferun.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a directory is refused: in the protocol's form, and nothing is changed. */
class ScimRefusalsIT {

  private static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

  private final ScimIT.Tenant tenant = ScimIT.Tenant.made();
  private final Api directory = tenant.directory();
  private final JsonNode ann = ScimIT.named(directory, "ann@example.com");
  private final String annPath = ScimIT.USERS + "/" + ann.get("id").asText();
  private final JsonNode group =
      ScimIT.send(
              directory,
              "POST",
              ScimIT.GROUPS,
              "{\"displayName\":\"Engineers\",\"members\":[{\"value\":\"%s\"}]}"
                  .formatted(ann.get("id").asText()))
          .body();
  private final String groupPath = ScimIT.GROUPS + "/" + group.get("id").asText();

  private static void requireError(Api.Answer answer, int status, String scimType) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.raw().headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/scim+json");
    assertThat(answer.raw().headers().firstValue("X-Request-Id")).isPresent();
    assertThat(answer.body().at("/schemas/0").asText()).isEqualTo(ERROR);
    assertThat(answer.body().get("status").asText()).isEqualTo(String.valueOf(status));
    assertThat(answer.body().get("detail").asText()).hasSizeGreaterThan(10);
    assertThat(answer.body().path("scimType").asText()).isEqualTo(scimType);
  }

  private void requireUnchanged() {
    assertThat(directory.get(groupPath).body()).isEqualTo(group);
    JsonNode users = directory.get(ScimIT.USERS).body();
    assertThat(users.get("totalResults").asInt()).isEqualTo(1);
    assertThat(users.at("/Resources/0/userName").asText()).isEqualTo("ann@example.com");
    assertThat(users.at("/Resources/0/meta/lastModified")).isEqualTo(ann.at("/meta/lastModified"));
    assertThat(directory.get(ScimIT.GROUPS).body().get("totalResults").asInt()).isEqualTo(1);
    assertThat(tenant.admin().get("/v1/audit/events?code=member.*").body().get("events"))
        .hasSize(1);
  }

  @Test
  void malformedBodiesChangeNothing() {
    Map<String, String> bodies =
        Map.of(
            "",
            "invalidSyntax",
            "{",
            "invalidSyntax",
            "[]",
            "invalidSyntax",
            "null",
            "invalidSyntax",
            "{\"userName\":\"a\",\"userName\":\"b\"}",
            "invalidSyntax",
            "{\"a\":".repeat(40) + "1" + "}".repeat(40),
            "invalidSyntax",
            "{\"userName\":\"\\ud800\"}",
            "invalidSyntax",
            "{}",
            "invalidValue",
            "{\"userName\":{}}",
            "invalidValue",
            "{\"userName\":\"a\\u0000b\",\"displayName\":\"\\u0000\"}",
            "invalidValue");
    bodies.forEach(
        (body, type) -> {
          requireError(ScimIT.send(directory, "POST", ScimIT.USERS, body), 400, type);
          requireError(ScimIT.send(directory, "PUT", annPath, body), 400, type);
          requireError(ScimIT.send(directory, "POST", ScimIT.GROUPS, body), 400, type);
          requireError(ScimIT.send(directory, "PATCH", annPath, body), 400, "invalidSyntax");
          requireError(ScimIT.send(directory, "PATCH", groupPath, body), 400, "invalidSyntax");
        });
    requireUnchanged();
  }

  @Test
  void malformedOperationsChangeNothing() {
    String rename = "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Changed\"},";
    Map<String, String> operations =
        Map.of(
            "{\"op\":\"move\",\"path\":\"active\",\"value\":true}", "invalidSyntax",
            "{\"op\":\"replace\",\"path\":\"a.b.c\",\"value\":true}", "invalidPath",
            "{\"op\":\"replace\",\"path\":\"emails[type\",\"value\":true}", "invalidFilter",
            "{\"op\":\"replace\",\"path\":\"id\",\"value\":\"x\"}", "mutability",
            "{\"op\":\"remove\"}", "noTarget");
    operations.forEach(
        (operation, type) -> {
          for (String path : List.of(annPath, groupPath)) {
            requireError(ScimIT.patch(directory, path, "[" + rename + operation + "]"), 400, type);
          }
        });
    requireError(
        ScimIT.patch(directory, annPath, "[" + rename.repeat(1_001).replaceAll(",$", "") + "]"),
        400,
        "tooMany");
    requireUnchanged();
  }

  @Test
  void filtersThatAreNotAnsweredAreRefusedInWords() {
    for (String filter :
        List.of(
            "userName",
            "userName co \"a\"",
            "userName pr",
            "userName eq \"a\" or userName eq \"b\"",
            "not (active eq true)",
            "title eq \"x\"",
            "meta.lastModified gt \"2011-05-13T04:42:34Z\"",
            "userName eq \"' or '1'='1",
            "active eq \"perhaps\"",
            "emails[type eq \"work\"]",
            "(".repeat(300),
            "x".repeat(1_001))) {
      requireError(look(ScimIT.USERS, filter), 400, "invalidFilter");
    }
    requireError(look(ScimIT.USERS, "userName eq \"a\u0000b\""), 400, "invalidValue");
    requireError(look(ScimIT.GROUPS, "userName eq \"a\""), 400, "invalidFilter");
    requireError(directory.get(ScimIT.USERS + "?startIndex=one"), 400, "invalidValue");
    requireError(directory.get(ScimIT.USERS + "?count=99999999999"), 400, "invalidValue");
  }

  private Api.Answer look(String path, String filter) {
    return directory.get(path + "?filter=" + URLEncoder.encode(filter, UTF_8));
  }

  /** A value is a value, whatever it looks like. */
  @Test
  void nothingOfAFilterIsSql() {
    for (String value :
        List.of(
            "' or '1'='1",
            "ann@example.com' --",
            "'; delete from tenancy.member; --",
            "%",
            "ann%",
            "_nn@example.com",
            "\\\\",
            "$1",
            "\\u0027 or true or \\u0027")) {
      assertThat(ScimIT.found(directory, ScimIT.USERS, "userName eq \"" + value + "\""))
          .as(value)
          .isEmpty();
      assertThat(ScimIT.found(directory, ScimIT.GROUPS, "displayName eq \"" + value + "\""))
          .as(value)
          .isEmpty();
    }
    requireUnchanged();
  }

  @Test
  void whoeverRefusesTheFormIsTheSame() {
    requireError(directory.with("").get(ScimIT.USERS), 401, "");
    requireError(directory.with("srt_directory_x").get(ScimIT.USERS), 401, "");
    requireError(directory.with(directory.key() + "x").get(annPath), 401, "");
    assertThat(directory.with("").get(ScimIT.USERS).raw().headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer");
    for (String absent : List.of("/nothing", "/Users/1", "/Users/" + UUID.randomUUID(), "/Me")) {
      requireError(directory.get("/scim/v2" + absent), 404, "");
    }
    requireError(directory.get("/scim"), 404, "");
    requireError(ScimIT.send(directory, "POST", "/scim/v2/Bulk", "{}"), 404, "");
    requireError(ScimIT.send(directory, "PATCH", ScimIT.USERS, "{}"), 405, "");
    requireError(
        directory.call("POST", ScimIT.USERS, "<x/>", Map.of("Content-Type", "text/xml")), 415, "");
    requireError(
        directory.post(ScimIT.USERS, "{\"userName\":\"" + "x".repeat(2 << 20) + "\"}"), 413, "");
    requireUnchanged();
  }

  /** Who tells of people is told by an owner's token and by nothing else, an owner included. */
  @Test
  void anAdministratorIsNoDirectory() {
    Api operator = RunningAppliance.get().admin();
    for (Api stranger : List.of(tenant.admin(), operator)) {
      for (String path :
          List.of(
              ScimIT.USERS,
              annPath,
              ScimIT.GROUPS,
              groupPath,
              "/scim/v2/ServiceProviderConfig",
              "/scim/v2/ResourceTypes",
              "/scim/v2/Schemas")) {
        requireError(stranger.get(path), 403, "");
      }
      requireError(ScimIT.send(stranger, "POST", ScimIT.USERS, "{\"userName\":\"x\"}"), 403, "");
      requireError(stranger.raw("DELETE", annPath), 403, "");
    }
    requireUnchanged();
  }

  @Test
  void anotherOrganizationsDirectoryFindsNothing() {
    Api other = ScimIT.Tenant.made().directory();
    String id = ann.get("id").asText();

    for (String path : List.of(annPath, groupPath)) {
      requireError(other.get(path), 404, "");
      requireError(other.raw("DELETE", path), 404, "");
      requireError(
          ScimIT.patch(other, path, "[{\"op\":\"replace\",\"value\":{\"displayName\":\"x\"}}]"),
          404,
          "");
    }
    requireError(ScimIT.send(other, "PUT", annPath, "{\"userName\":\"x\"}"), 404, "");
    requireError(ScimIT.send(other, "PUT", groupPath, "{\"displayName\":\"x\"}"), 404, "");
    for (String filter : List.of("userName eq \"ann@example.com\"", "id eq \"" + id + "\"")) {
      assertThat(ScimIT.found(other, ScimIT.USERS, filter)).isEmpty();
    }
    assertThat(ScimIT.found(other, ScimIT.GROUPS, "members.value eq \"" + id + "\"")).isEmpty();
    assertThat(other.get(ScimIT.USERS).body().get("totalResults").asInt()).isZero();
    assertThat(other.get(ScimIT.GROUPS).body().get("totalResults").asInt()).isZero();
    requireError(
        ScimIT.send(
            other,
            "POST",
            ScimIT.GROUPS,
            "{\"displayName\":\"Mine\",\"members\":[{\"value\":\"" + id + "\"}]}"),
        400,
        "invalidValue");
    assertThat(ScimIT.named(other, "ann@example.com").get("id").asText())
        .as("the same name is another person there")
        .isNotEqualTo(id);
    requireUnchanged();
  }
}
