package dev.saferun.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.serve.Appliance;
import dev.saferun.appliance.serve.OwnerOf;
import dev.saferun.auth.ticket.TicketKind;
import dev.saferun.auth.ticket.Tokens;
import dev.saferun.auth.ticket.Tokens.NewToken;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.Transaction;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The conversations that Okta and Microsoft Entra have with the appliance, over HTTP. */
class ScimIT {

  static final String USERS = "/scim/v2/Users";
  static final String GROUPS = "/scim/v2/Groups";
  static final Map<String, String> SCIM =
      Map.of(
          "Content-Type", "application/scim+json; charset=utf-8",
          "Accept", "application/scim+json");

  private final Tenant tenant = Tenant.made();
  private final Api directory = tenant.directory();

  /** A new organization with its administrator's key and its directory's token. */
  record Tenant(UUID id, Api admin, Api directory) {

    static Tenant made() {
      Api admin = RunningAppliance.get().otherOrganization();
      UUID id = UUID.fromString(admin.get("/v1/session").body().get("organization_id").asText());
      return new Tenant(id, admin, admin.with(token(id)));
    }

    /** What an owner would ask for; a new organization has none yet. */
    private static String token(UUID organization) {
      Appliance appliance = RunningAppliance.get().appliance();
      NewToken wanted =
          new NewToken(
              TicketKind.DIRECTORY,
              null,
              "directory",
              List.of("directory.provision"),
              Instant.now().plus(Duration.ofDays(1)));
      return Transaction.join(
              Transaction.in(
                  OwnerOf.bean(appliance, Database.class),
                  organization,
                  transaction ->
                      OwnerOf.bean(appliance, Tokens.class)
                          .issue(transaction, Actor.appliance(organization), wanted)))
          .secret();
    }

    /** What was written of the directory's deeds, the oldest first; nobody else did such things. */
    List<String> codes(String code) {
      List<String> codes = new ArrayList<>();
      for (JsonNode event :
          admin.get("/v1/audit/events?limit=500&code=" + code).body().get("events")) {
        assertThat(event.at("/actor/kind").asText()).as(event.toString()).isEqualTo("directory");
        assertThat(event.at("/actor/name").asText()).isEqualTo("directory");
        assertThat(event.get("outcome").asText()).isEqualTo("success");
        codes.addFirst(event.get("code").asText());
      }
      return codes;
    }
  }

  static Api.Answer send(Api directory, String method, String path, String body) {
    return directory.call(method, path, body, SCIM);
  }

  static JsonNode user(Api directory, String body) {
    Api.Answer made = send(directory, "POST", USERS, body);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.body();
  }

  static JsonNode named(Api directory, String userName) {
    return user(directory, "{\"userName\":\"" + userName + "\"}");
  }

  static Api.Answer patch(Api directory, String path, String operations) {
    return send(
        directory,
        "PATCH",
        path,
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": %s}"""
            .formatted(operations));
  }

  static JsonNode found(Api directory, String path, String filter) {
    Api.Answer found = directory.get(path + "?filter=" + URLEncoder.encode(filter, UTF_8));
    assertThat(found.status()).as(found.text()).isEqualTo(200);
    assertThat(found.body().at("/schemas/0").asText())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    assertThat(found.body().get("totalResults").asInt())
        .isEqualTo(found.body().get("Resources").size());
    return found.body().get("Resources");
  }

  static String header(Api.Answer answer, String name) {
    return answer.raw().headers().firstValue(name).orElse("");
  }

  @Test
  void oktaBringsSomebodyInAndOutAndInAgain() {
    Api.Answer tried = directory.get(USERS + "?startIndex=1&count=2");
    assertThat(tried.body().get("totalResults").asInt()).isZero();
    assertThat(tried.body().get("Resources")).isEmpty();
    assertThat(header(tried, "Content-Type")).startsWith("application/scim+json");
    assertThat(found(directory, USERS, "userName eq \"jane.doe@example.com\"")).isEmpty();

    Api.Answer made =
        send(
            directory,
            "POST",
            USERS,
            """
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
             "userName": "jane.doe@example.com",
             "name": {"givenName": "Jane", "familyName": "Doe"},
             "emails": [{"primary": true, "value": "jane.doe@example.com", "type": "work"}],
             "displayName": "Jane Doe", "locale": "en-US", "externalId": "00uv931EiyRsnwOGa0g3",
             "groups": [], "password": "4a9XuKkx", "active": true}""");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text()).doesNotContain("4a9XuKkx");
    JsonNode jane = made.body();
    String path = USERS + "/" + jane.get("id").asText();
    assertThat(header(made, "Location")).endsWith(path);
    assertThat(header(made, "ETag")).isEqualTo("W/\"1\"");
    assertThat(jane.at("/meta/location").asText()).isEqualTo(header(made, "Location"));
    assertThat(jane.at("/meta/version").asText()).isEqualTo("W/\"1\"");
    assertThat(jane.at("/meta/resourceType").asText()).isEqualTo("User");
    assertThat(jane.at("/emails/0/value").asText()).isEqualTo("jane.doe@example.com");
    assertThat(found(directory, USERS, "userName eq \"JANE.Doe@example.com\"").get(0))
        .isEqualTo(directory.get(path).body())
        .isEqualTo(jane);

    Api.Answer changed =
        send(
            directory,
            "PUT",
            path,
            """
            {"id": "%s", "externalId": "00uq2kqg7YTkFo3cY0g3", "meta": {"resourceType": "User",
              "created": "04-12-2018 00:00:00", "lastModified": "04-12-2018 00:00:00",
              "version": "v1.0"}, "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
             "userName": "jane.roe@example.com", "displayName": "Jane Roe", "locale": "en_US",
             "active": true, "password": "TkdFNVdIVkxhM2c9", "emails": [
              {"value": "jane.roe@example.com", "type": "work", "primary": true}],
             "name": {"familyName": "Roe", "givenName": "Jane"}, "groups": []}"""
                .formatted(jane.get("id").asText()));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.body().get("displayName").asText()).isEqualTo("Jane Roe");
    assertThat(changed.body().get("externalId").asText()).isEqualTo("00uq2kqg7YTkFo3cY0g3");

    Api.Answer left =
        patch(directory, path, "[{\"op\": \"replace\", \"value\": {\"active\": false}}]");
    assertThat(left.status()).as(left.text()).isEqualTo(200);
    assertThat(left.body().get("active").asBoolean()).isFalse();
    assertThat(directory.get(path).body().get("active").asBoolean()).isFalse();
    assertThat(found(directory, USERS, "active eq false")).hasSize(1);

    Api.Answer back =
        patch(directory, path, "[{\"op\": \"replace\", \"value\": {\"active\": true}}]");
    assertThat(back.body().get("active").asBoolean()).isTrue();
    assertThat(codes("member.*"))
        .containsExactly(
            "member.created", "member.changed", "member.deactivated", "member.reactivated");
  }

  private List<String> codes(String code) {
    return tenant.codes(code);
  }

  @Test
  void entraBringsSomebodyInAndOut() {
    assertThat(found(directory, USERS, "externalId eq \"0a21f0f2\"")).isEmpty();
    JsonNode made =
        user(
            directory,
            """
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
             "externalId": "0a21f0f2", "userName": "Test_User_ab6490ee", "active": true,
             "emails": [{"primary": true, "type": "work", "value": "test@testuser.example"}],
             "meta": {"resourceType": "User"},
             "name": {"formatted": "given family", "familyName": "family", "givenName": "given"},
             "roles": [], "title": "tester",
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
              {"employeeNumber": "1", "department": "x", "manager": {"value": "2"}}}""");
    String path = USERS + "/" + made.get("id").asText();
    assertThat(made.get("displayName").asText()).isEqualTo("given family");
    for (String filter :
        List.of(
            "externalId eq \"0a21f0f2\"",
            "userName eq \"test_user_AB6490EE\"",
            "emails[type eq \"work\"].value eq \"TEST@testuser.example\"",
            "emails[type eq \"work\" and value eq \"test@testuser.example\"]",
            "emails.value eq \"test@testuser.example\" and active eq true",
            "id eq \"" + made.get("id").asText() + "\"",
            "displayName eq \"Given Family\"",
            "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"Test_User_ab6490ee\"")) {
      assertThat(found(directory, USERS, filter)).as(filter).hasSize(1);
    }
    for (String filter :
        List.of(
            "externalId eq \"0A21F0F2\"",
            "emails[type eq \"home\"].value eq \"test@testuser.example\"",
            "userName eq \"Test_User_ab6490ee\" and active eq false",
            "id eq \"" + UUID.randomUUID() + "\"",
            "id eq \"1\"")) {
      assertThat(found(directory, USERS, filter)).as(filter).isEmpty();
    }

    Api.Answer changed =
        patch(
            directory,
            path,
            """
            [{"op": "Replace", "path": "emails[type eq \\"work\\"].value",
              "value": "updated@microsoft.example"},
             {"op": "Add", "path": "name.givenName", "value": "Updated"},
             {"op": "Replace", "path": "name.familyName", "value": "Family"},
             {"op": "Replace", "path": "externalId", "value": "Eqpj"},
             {"op": "Add", "path": "phoneNumbers[type eq \\"mobile\\"].value", "value": "+1 555"},
             {"op": "Replace", "value": "2", "path":
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber"}]""");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.body().get("displayName").asText()).isEqualTo("Updated Family");
    assertThat(changed.body().at("/emails/0/value").asText())
        .isEqualTo("updated@microsoft.example");
    assertThat(changed.body().get("externalId").asText()).isEqualTo("Eqpj");

    assertThat(
            patch(
                    directory,
                    path,
                    "[{\"op\": \"Replace\", \"path\": \"active\", \"value\": \"False\"}]")
                .body()
                .get("active")
                .asBoolean())
        .isFalse();
    assertThat(directory.raw("DELETE", path).status()).isEqualTo(204);
    assertThat(directory.get(path).status()).isEqualTo(404);
    assertThat(directory.raw("DELETE", path).status()).isEqualTo(404);
    assertThat(found(directory, USERS, "externalId eq \"Eqpj\"")).isEmpty();
    assertThat(codes("member.*"))
        .containsExactly(
            "member.created", "member.changed", "member.deactivated", "member.removed");
  }

  @Test
  void whoWasRemovedComesBackUnderTheOldId() {
    JsonNode ann = named(directory, "ann@example.com");
    String path = USERS + "/" + ann.get("id").asText();
    JsonNode group =
        send(
                directory,
                "POST",
                GROUPS,
                "{\"displayName\":\"Engineers\",\"members\":[{\"value\":\"%s\"}]}"
                    .formatted(ann.get("id").asText()))
            .body();
    String version = group.at("/meta/version").asText();
    assertThat(directory.raw("DELETE", path).status()).isEqualTo(204);

    Api.Answer without = directory.get(GROUPS + "/" + group.get("id").asText());
    assertThat(without.body().get("members")).isEmpty();
    assertThat(header(without, "ETag")).as("the group is another one now").isNotEqualTo(version);

    JsonNode back = user(directory, "{\"userName\":\"ANN@example.com\",\"displayName\":\"Ann\"}");
    assertThat(back.get("id")).isEqualTo(ann.get("id"));
    assertThat(back.get("active").asBoolean()).isTrue();
    assertThat(back.get("groups")).as("and has to be put into groups again").isEmpty();
    assertThat(directory.get(path).body().get("displayName").asText()).isEqualTo("Ann");
  }

  @Test
  void somebodyCanBeToldOfWhoMayNotComeInYet() {
    JsonNode made = user(directory, "{\"userName\":\"later\",\"active\":\"False\"}");
    assertThat(made.get("active").asBoolean()).isFalse();
    assertThat(codes("member.*")).containsExactly("member.created", "member.deactivated");
  }

  @Test
  void namesAndExternalIdsAreTakenOnce() {
    user(directory, "{\"userName\":\"ann\",\"externalId\":\"1\"}");
    JsonNode bob = user(directory, "{\"userName\":\"bob\",\"externalId\":\"2\"}");
    String path = USERS + "/" + bob.get("id").asText();
    send(directory, "POST", GROUPS, "{\"displayName\":\"Engineers\"}");
    for (Api.Answer taken :
        List.of(
            send(directory, "POST", USERS, "{\"userName\":\"Ann\"}"),
            send(directory, "POST", USERS, "{\"userName\":\"eve\",\"externalId\":\"1\"}"),
            send(directory, "PUT", path, "{\"userName\":\"ANN\"}"),
            patch(
                directory, path, "[{\"op\":\"replace\",\"path\":\"externalId\",\"value\":\"1\"}]"),
            send(directory, "POST", GROUPS, "{\"displayName\":\"ENGINEERS\"}"))) {
      assertThat(taken.status()).as(taken.text()).isEqualTo(409);
      assertThat(taken.body().get("scimType").asText()).isEqualTo("uniqueness");
      assertThat(taken.body().get("status").asText()).isEqualTo("409");
    }
    assertThat(directory.get(path).body()).isEqualTo(bob);
  }

  @Test
  void versionsKeepChangesFromGettingLost() {
    JsonNode ann = named(directory, "ann");
    String path = USERS + "/" + ann.get("id").asText();
    Api.Answer seen = directory.get(path);
    String version = header(seen, "ETag");
    Api.Answer again = directory.call("GET", path, "", Map.of("If-None-Match", version));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.raw().body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(version);

    String rename = "[{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Ann\"}]";
    String body = "{\"Operations\":" + rename + "}";
    Api.Answer changed = directory.call("PATCH", path, body, Map.of("If-Match", version));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(header(changed, "ETag")).isNotEqualTo(version);
    assertThat(directory.call("GET", path, "", Map.of("If-None-Match", version)).status())
        .isEqualTo(200);

    for (Api.Answer late :
        List.of(
            directory.call("PATCH", path, body, Map.of("If-Match", version)),
            directory.call("PUT", path, "{\"userName\":\"x\"}", Map.of("If-Match", version)),
            directory.call("DELETE", path, "", Map.of("If-Match", version)))) {
      assertThat(late.status()).isEqualTo(412);
      assertThat(late.body().get("status").asText()).isEqualTo("412");
    }
    Api.Answer same = directory.call("PATCH", path, body, Map.of("If-Match", "*"));
    assertThat(same.status()).isEqualTo(200);
    assertThat(header(same, "ETag"))
        .as("what is there already makes no version and no event")
        .isEqualTo(header(changed, "ETag"));
    assertThat(codes("member.*")).containsExactly("member.created", "member.changed");
  }

  @Test
  void ofManyWhoHaveSeenAVersionOneChangesIt() throws Exception {
    JsonNode ann = named(directory, "ann");
    String path = USERS + "/" + ann.get("id").asText();
    String version = ann.at("/meta/version").asText();
    List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () ->
                                statuses.add(
                                    directory
                                        .call(
                                            "PATCH",
                                            path,
                                            """
                                            {"Operations": [{"op": "replace",
                                              "path": "displayName", "value": "Ann %d"}]}"""
                                                .formatted(i),
                                            Map.of("If-Match", version))
                                        .status())))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(statuses).containsExactlyInAnyOrder(200, 412, 412, 412, 412, 412, 412, 412);
  }

  @Test
  void pagesOfManyUsers() {
    int many = 450;
    for (int i = 0; i < many; i++) {
      named(directory, "user-%03d@example.com".formatted(i));
    }
    Set<String> seen = new TreeSet<>();
    for (int start = 1; start <= many; start += 200) {
      JsonNode page = directory.get(USERS + "?count=1000&startIndex=" + start).body();
      assertThat(page.get("totalResults").asInt()).isEqualTo(many);
      assertThat(page.get("startIndex").asInt()).isEqualTo(start);
      assertThat(page.get("itemsPerPage").asInt()).isEqualTo(Math.min(200, many - start + 1));
      assertThat(page.get("Resources")).hasSize(page.get("itemsPerPage").asInt());
      page.get("Resources").forEach(user -> seen.add(user.get("userName").asText()));
    }
    assertThat(seen).hasSize(many);
    assertThat(directory.get(USERS).body().get("itemsPerPage").asInt()).isEqualTo(100);
    JsonNode beyond = directory.get(USERS + "?startIndex=451&count=10").body();
    assertThat(beyond.get("totalResults").asInt()).isEqualTo(many);
    assertThat(beyond.get("Resources")).isEmpty();
    JsonNode none = directory.get(USERS + "?count=0").body();
    assertThat(none.get("totalResults").asInt()).isEqualTo(many);
    assertThat(none.get("Resources")).isEmpty();
    JsonNode lowest = directory.get(USERS + "?startIndex=-5&count=-1").body();
    assertThat(lowest.get("startIndex").asInt()).isEqualTo(1);
    assertThat(lowest.get("Resources")).isEmpty();
    assertThat(found(directory, USERS, "userName eq \"USER-449@example.com\"")).hasSize(1);
    assertThat(directory.get(USERS + "?attributes=userName&count=1").body().at("/Resources/0"))
        .hasSize(3);
  }

  @Test
  void whatIsServedCanBeLookedUp() {
    JsonNode config = directory.get("/scim/v2/ServiceProviderConfig").body();
    assertThat(config.at("/patch/supported").asBoolean()).isTrue();
    assertThat(config.at("/bulk/supported").asBoolean()).isFalse();
    assertThat(config.at("/filter/maxResults").asInt()).isEqualTo(200);
    assertThat(config.at("/etag/supported").asBoolean()).isTrue();
    assertThat(config.at("/authenticationSchemes/0/type").asText()).isEqualTo("oauthbearertoken");
    JsonNode types = directory.get("/scim/v2/ResourceTypes").body();
    assertThat(types.get("totalResults").asInt()).isEqualTo(2);
    assertThat(directory.get("/scim/v2/ResourceTypes/Group").body())
        .isEqualTo(types.at("/Resources/1"));
    JsonNode schemas = directory.get("/scim/v2/Schemas").body();
    String user = "urn:ietf:params:scim:schemas:core:2.0:User";
    assertThat(directory.get("/scim/v2/Schemas/" + user).body())
        .isEqualTo(schemas.at("/Resources/0"));
    assertThat(schemas.findValuesAsText("name")).contains("userName", "active", "members");
    assertThat(directory.get("/scim/v2/Schemas/urn:none").status()).isEqualTo(404);
    assertThat(directory.get("/scim/v2/ResourceTypes/Device").status()).isEqualTo(404);
  }
}
