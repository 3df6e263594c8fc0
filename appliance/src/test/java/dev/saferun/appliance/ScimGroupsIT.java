package dev.saferun.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.serve.Appliance;
import dev.saferun.appliance.serve.OwnerOf;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Groups;
import java.net.URLEncoder;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The groups that Okta and Microsoft Entra keep, over HTTP. */
class ScimGroupsIT {

  private final ScimIT.Tenant tenant = ScimIT.Tenant.made();
  private final Api directory = tenant.directory();

  private static List<String> members(JsonNode group) {
    return StreamSupport.stream(group.get("members").spliterator(), false)
        .map(member -> member.get("value").asText())
        .toList();
  }

  @Test
  void oktaKeepsAGroup() {
    List<String> ids =
        List.of("ann", "bob", "eve").stream()
            .map(name -> ScimIT.named(directory, name).get("id").asText())
            .toList();
    Api.Answer made =
        ScimIT.send(
            directory,
            "POST",
            ScimIT.GROUPS,
            """
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
             "displayName": "Example Group", "members": [
              {"value": "%s", "display": "ann"}, {"value": "%s", "display": "bob"}]}"""
                .formatted(ids.get(0), ids.get(1)));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String path = ScimIT.GROUPS + "/" + made.body().get("id").asText();
    assertThat(ScimIT.header(made, "Location")).endsWith(path);
    assertThat(members(made.body())).containsExactly(ids.get(0), ids.get(1));
    assertThat(made.body().at("/members/0/$ref").asText())
        .endsWith(ScimIT.USERS + "/" + ids.get(0));
    assertThat(directory.get(ScimIT.GROUPS + "?startIndex=1&count=100").body().at("/Resources/0"))
        .isEqualTo(made.body());

    Api.Answer renamed =
        ScimIT.patch(
            directory,
            path,
            """
            [{"op": "replace", "value": {"id": "%s", "displayName": "New Group Name"}}]"""
                .formatted(made.body().get("id").asText()));
    assertThat(renamed.status()).isEqualTo(204);
    assertThat(ScimIT.header(renamed, "ETag"))
        .startsWith("W/")
        .isNotEqualTo(ScimIT.header(made, "ETag"));
    Api.Answer moved =
        ScimIT.patch(
            directory,
            path,
            """
            [{"op": "remove", "path": "members[value eq \\"%s\\"]"},
             {"op": "add", "path": "members", "value": [{"value": "%s", "display": "eve"}]}]"""
                .formatted(ids.get(0), ids.get(2)));
    assertThat(moved.status()).as(moved.text()).isEqualTo(204);
    JsonNode group = directory.get(path).body();
    assertThat(group.get("displayName").asText()).isEqualTo("New Group Name");
    assertThat(members(group)).containsExactly(ids.get(1), ids.get(2));

    Api.Answer all =
        ScimIT.patch(
            directory,
            path,
            """
            [{"op": "replace", "path": "members", "value": [{"value": "%s", "display": "ann"}]}]"""
                .formatted(ids.get(0)));
    assertThat(all.status()).isEqualTo(204);
    assertThat(members(directory.get(path).body())).containsExactly(ids.get(0));

    Api.Answer put =
        ScimIT.send(
            directory,
            "PUT",
            path,
            """
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "id": "x",
             "displayName": "SCIM_test1", "members": [{"value": "%s", "display": "bob"}]}"""
                .formatted(ids.get(1)));
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(members(put.body())).containsExactly(ids.get(1));
    assertThat(directory.raw("DELETE", path).status()).isEqualTo(204);
    assertThat(directory.get(path).status()).isEqualTo(404);
    assertThat(tenant.codes("group.*"))
        .containsExactly(
            "group.created",
            "group.members_changed",
            "group.changed",
            "group.members_changed",
            "group.members_changed",
            "group.changed",
            "group.members_changed",
            "group.deleted");
  }

  @Test
  void entraKeepsAGroup() {
    String ann = ScimIT.named(directory, "ann").get("id").asText();
    String bob = ScimIT.named(directory, "bob").get("id").asText();
    JsonNode made =
        ScimIT.send(
                directory,
                "POST",
                ScimIT.GROUPS,
                """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group",
                  "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
                 "externalId": "8aa1a0c0-c4c3", "displayName": "displayName", "members": [],
                 "meta": {"resourceType": "Group"}}""")
            .body();
    String path = ScimIT.GROUPS + "/" + made.get("id").asText();
    assertThat(directory.get(path + "?excludedAttributes=members").body().has("members")).isFalse();
    JsonNode looked =
        directory
            .get(
                ScimIT.GROUPS
                    + "?excludedAttributes=members&filter="
                    + URLEncoder.encode("displayName eq \"DisplayName\"", UTF_8))
            .body();
    assertThat(looked.at("/Resources/0/id")).isEqualTo(made.get("id"));
    assertThat(looked.at("/Resources/0").has("members")).isFalse();

    Consumer<String> done =
        operations -> assertThat(ScimIT.patch(directory, path, operations).status()).isEqualTo(204);
    done.accept(
        """
        [{"op": "Add", "path": "members", "value": [
          {"$ref": null, "value": "%s"}, {"$ref": null, "value": "%s"}]}]"""
            .formatted(ann, bob));
    assertThat(ScimIT.found(directory, ScimIT.GROUPS, "members.value eq \"" + ann + "\""))
        .hasSize(1);
    assertThat(ScimIT.found(directory, ScimIT.GROUPS, "members[value eq \"" + ann + "\"]"))
        .hasSize(1);
    assertThat(
            ScimIT.found(
                directory,
                ScimIT.GROUPS,
                "id eq \"%s\" and members eq \"%s\"".formatted(made.get("id").asText(), bob)))
        .hasSize(1);
    assertThat(ScimIT.found(directory, ScimIT.GROUPS, "externalId eq \"8aa1a0c0-c4c3\""))
        .hasSize(1);
    assertThat(directory.get(ScimIT.USERS + "/" + ann).body().at("/groups/0/value"))
        .isEqualTo(made.get("id"));

    done.accept(
        """
        [{"op": "Remove", "path": "members", "value": [{"$ref": null, "value": "%s"}]}]"""
            .formatted(ann));
    done.accept(
        """
        [{"op": "remove", "path": "members[value eq \\"%s\\"]"}]"""
            .formatted(bob));
    assertThat(members(directory.get(path).body())).isEmpty();
    assertThat(ScimIT.found(directory, ScimIT.GROUPS, "members.value eq \"" + ann + "\""))
        .isEmpty();

    done.accept(
        """
        [{"op": "Replace", "path": "displayName", "value": "updatedDisplayName"}]""");
    Api.Answer asked =
        ScimIT.send(
            directory,
            "PATCH",
            path + "?attributes=displayName",
            "{\"Operations\":[{\"op\":\"Remove\",\"path\":\"externalId\"}]}");
    assertThat(asked.status()).as("who asks for attributes gets them").isEqualTo(200);
    assertThat(asked.body().get("displayName").asText()).isEqualTo("updatedDisplayName");
    assertThat(asked.body().has("members")).isFalse();
    assertThat(asked.body().has("id")).isTrue();
    assertThat(directory.get(path).body().has("externalId")).isFalse();
  }

  @Test
  void theRolesOfAGroupComeWithIt() {
    String ann = ScimIT.named(directory, "ann").get("id").asText();
    String group =
        ScimIT.send(directory, "POST", ScimIT.GROUPS, "{\"displayName\":\"Auditors\"}")
            .body()
            .get("id")
            .asText();
    Api.Answer granted =
        tenant.admin().post("/v1/groups/" + group + "/grants", "{\"role\":\"auditor\"}");
    assertThat(granted.status()).as(granted.text()).isEqualTo(201);

    ScimIT.patch(
        directory,
        ScimIT.GROUPS + "/" + group,
        "[{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"value\":\"" + ann + "\"}]}]");
    assertThat(tenant.admin().get("/v1/members/" + ann).body().at("/grants/0/role").asText())
        .isEqualTo("auditor");

    ScimIT.patch(
        directory, ScimIT.GROUPS + "/" + group, "[{\"op\":\"Remove\",\"path\":\"members\"}]");
    assertThat(tenant.admin().get("/v1/members/" + ann).body().get("grants")).isEmpty();
  }

  @Test
  void aPatchIsDoneAsAWholeOrNotAtAll() {
    String ann = ScimIT.named(directory, "ann").get("id").asText();
    JsonNode group =
        ScimIT.send(directory, "POST", ScimIT.GROUPS, "{\"displayName\":\"Engineers\"}").body();
    String path = ScimIT.GROUPS + "/" + group.get("id").asText();

    Api.Answer refused =
        ScimIT.patch(
            directory,
            path,
            """
            [{"op": "replace", "path": "displayName", "value": "Builders"},
             {"op": "add", "path": "members", "value": [{"value": "%s"}]},
             {"op": "add", "path": "members", "value": [{"value": "%s"}]}]"""
                .formatted(ann, UUID.randomUUID()));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().get("scimType").asText()).isEqualTo("invalidValue");
    assertThat(directory.get(path).body()).isEqualTo(group);
    assertThat(tenant.codes("group.*"))
        .as("of what was undone no word is left")
        .containsExactly("group.created");
  }

  /** Each keeps its own word: a sign-in, and the directory. */
  @Test
  void whoASignInPutThereIsNotTheDirectorysToSeeOrToTakeOut() {
    String ann = ScimIT.named(directory, "ann").get("id").asText();
    String bob = ScimIT.named(directory, "bob").get("id").asText();
    String id =
        ScimIT.send(directory, "POST", ScimIT.GROUPS, "{\"displayName\":\"Engineers\"}")
            .body()
            .get("id")
            .asText();
    String path = ScimIT.GROUPS + "/" + id;
    signedIn(id, ann);
    ScimIT.patch(
        directory,
        path,
        "[{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + bob + "\"}]}]");

    assertThat(members(directory.get(path).body())).containsExactly(bob);
    assertThat(ScimIT.found(directory, ScimIT.GROUPS, "members.value eq \"" + ann + "\""))
        .isEmpty();
    assertThat(directory.get(ScimIT.USERS + "/" + ann).body().get("groups")).isEmpty();
    assertThat(inTheGroup(id)).containsExactly(ann, bob);

    ScimIT.patch(
        directory,
        path,
        "[{\"op\":\"remove\",\"path\":\"members\"},"
            + "{\"op\":\"remove\",\"path\":\"members[value eq \\\""
            + ann
            + "\\\"]\"}]");

    assertThat(members(directory.get(path).body())).isEmpty();
    assertThat(inTheGroup(id)).containsExactly(ann);
  }

  private void signedIn(String group, String member) {
    Appliance appliance = RunningAppliance.get().appliance();
    Transaction.join(
        Transaction.in(
            OwnerOf.bean(appliance, Database.class),
            tenant.id(),
            transaction ->
                OwnerOf.bean(appliance, Groups.class)
                    .membership(
                        transaction,
                        Actor.appliance(tenant.id()),
                        UUID.fromString(group),
                        "connection",
                        List.of(UUID.fromString(member)),
                        List.of())));
  }

  private List<String> inTheGroup(String id) {
    return StreamSupport.stream(
            tenant.admin().get("/v1/groups/" + id).body().get("members").spliterator(), false)
        .map(member -> member.get("id").asText())
        .toList();
  }
}
