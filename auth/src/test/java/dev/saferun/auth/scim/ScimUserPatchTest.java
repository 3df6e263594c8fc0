package dev.saferun.auth.scim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.tenancy.Member;
import dev.saferun.tenancy.Members.Change;
import dev.saferun.tenancy.Members.NewMember;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the bodies that directories really send make of a member. */
class ScimUserPatchTest {

  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  private static final Member ANN =
      new Member(
          new UUID(7, 7),
          "ann@example.com",
          "Ann Lee",
          "ann@example.com",
          "00u1",
          NOW,
          NOW,
          null,
          3,
          List.of());

  private static Change patched(String operations) {
    String body =
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": %s}"""
            .formatted(operations);
    return UserDraft.of(ANN, ScimBody.patch(body.getBytes(UTF_8)).steps()).change();
  }

  private static Change ann(String userName, String shown, String email, String externalId) {
    return new Change(
        Optional.of(userName),
        Optional.of(shown),
        Optional.of(email),
        Optional.of(externalId),
        Optional.of(true));
  }

  private static final Change AS_BEFORE =
      ann("ann@example.com", "Ann Lee", "ann@example.com", "00u1");

  private static final Change DEACTIVATED =
      new Change(
          AS_BEFORE.userName(),
          AS_BEFORE.displayName(),
          AS_BEFORE.email(),
          AS_BEFORE.externalId(),
          Optional.of(false));

  private static Arguments patch(String from, String operations, Change becomes) {
    return Arguments.argumentSet(from, operations, becomes);
  }

  static Stream<Arguments> patches() {
    return Stream.of(
        patch(
            "Okta deactivates without a path",
            """
            [{"op": "replace", "value": {"active": false}}]""",
            DEACTIVATED),
        patch(
            "Entra deactivates by a text",
            """
            [{"op": "Replace", "path": "active", "value": "False"}]""",
            DEACTIVATED),
        patch(
            "Entra deactivates, as its flag has it",
            """
            [{"op": "replace", "path": "active", "value": false}]""",
            DEACTIVATED),
        patch(
            "a path with its schema",
            """
            [{"op": "Replace", "path": "urn:ietf:params:scim:schemas:core:2.0:User:active",
              "value": "False"}]""",
            DEACTIVATED),
        patch(
            "Entra changes several things",
            """
            [{"op": "Replace", "path": "displayName", "value": "Pvlo"},
             {"op": "Replace", "path": "emails[type eq \\"work\\"].value",
              "value": "pvlo@test.example"},
             {"op": "Replace", "path": "name.givenName", "value": "Gtfd"},
             {"op": "Replace", "path": "name.familyName", "value": "Pkqf"},
             {"op": "Replace", "path": "externalId", "value": "Eqpj"},
             {"op": "Replace", "value": "Eqpj", "path":
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber"}]""",
            ann("ann@example.com", "Pvlo", "pvlo@test.example", "Eqpj")),
        patch(
            "Entra changes several things, as its flag has it",
            """
            [{"op": "replace", "path": "emails[type eq \\"work\\"].value",
              "value": "bjfe@test.example"},
             {"op": "replace", "value": {"displayName": "Bjfe", "name.givenName": "Kkom",
              "name.familyName": "Unua",
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber": "1"}}]""",
            ann("ann@example.com", "Bjfe", "bjfe@test.example", "00u1")),
        patch(
            "Entra adds the address where it means to replace it",
            """
            [{"op": "Replace", "path": "title", "value": "tester"},
             {"op": "Add", "path": "emails[type eq \\"work\\"].value", "value": "a@joe.example"}]""",
            ann("ann@example.com", "Ann Lee", "a@joe.example", "00u1")),
        patch(
            "both halves of a name make one",
            """
            [{"op": "Replace", "path": "name.givenName", "value": "Anna"},
             {"op": "Replace", "path": "name.familyName", "value": "Li"}]""",
            ann("ann@example.com", "Anna Li", "ann@example.com", "00u1")),
        patch(
            "half a name says nothing, for halves are not kept",
            """
            [{"op": "Add", "path": "name.givenName", "value": "Anna"}]""",
            AS_BEFORE),
        patch(
            "a name as a whole",
            """
            [{"op": "replace", "path": "name",
              "value": {"formatted": "Ms Anna Li", "givenName": "Anna", "familyName": "Li"}}]""",
            ann("ann@example.com", "Ms Anna Li", "ann@example.com", "00u1")),
        patch(
            "another user name",
            """
            [{"op": "Replace", "path": "userName", "value": "anna@example.com"}]""",
            ann("anna@example.com", "Ann Lee", "ann@example.com", "00u1")),
        patch(
            "an external id is taken away",
            """
            [{"op": "Remove", "path": "externalId"}]""",
            ann("ann@example.com", "Ann Lee", "ann@example.com", "")),
        patch(
            "null takes away, too",
            """
            [{"op": "replace", "value": {"externalId": null, "emails": null, "active": null}}]""",
            ann("ann@example.com", "Ann Lee", "", "")),
        patch(
            "without a display name the user name is shown",
            """
            [{"op": "remove", "path": "displayName"}]""",
            ann("ann@example.com", "ann@example.com", "ann@example.com", "00u1")),
        patch(
            "all addresses are replaced",
            """
            [{"op": "replace", "path": "emails", "value": [
              {"value": "home@example.com", "type": "home"},
              {"value": "office@example.com", "type": "work"}]}]""",
            ann("ann@example.com", "Ann Lee", "office@example.com", "00u1")),
        patch(
            "another address is the primary one from now on",
            """
            [{"op": "add", "path": "emails", "value": [
              {"value": "new@example.com", "type": "home", "primary": true}]}]""",
            ann("ann@example.com", "Ann Lee", "new@example.com", "00u1")),
        patch(
            "one more address changes nothing",
            """
            [{"op": "add", "path": "emails[type eq \\"home\\"].value", "value": "h@example.com"}]""",
            AS_BEFORE),
        patch(
            "the primary address",
            """
            [{"op": "replace", "path": "emails[primary eq \\"True\\"].value",
              "value": "p@example.com"}]""",
            ann("ann@example.com", "Ann Lee", "p@example.com", "00u1")),
        patch(
            "addresses are removed",
            """
            [{"op": "remove", "path": "emails[type eq \\"work\\" and not (value ew \\".org\\")]"}]""",
            ann("ann@example.com", "Ann Lee", "", "00u1")),
        patch(
            "addresses are removed by their values",
            """
            [{"op": "Remove", "path": "emails", "value": [{"value": "other@example.com"}]},
             {"op": "Remove", "path": "emails", "value": []}]""",
            AS_BEFORE),
        patch(
            "what is not kept is nothing, however it is written",
            """
            [{"op": "add", "path": "nickName", "value": "Babs"},
             {"op": "Add", "path": "roles[primary eq \\"True\\"].value", "value": "Engineer"},
             {"op": "Add", "path": "addresses[type eq \\"work\\"].formatted", "value": "Here 1"},
             {"op": "Replace", "path": "phoneNumbers[type eq \\"mobile\\"].value", "value": "+1"},
             {"op": "Remove", "path": "title"},
             {"op": "Add", "path":
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
              "value": {"value": "26118915"}},
             {"op": "replace", "value": {"id": "x", "groups": [], "meta": {}, "schemas": [],
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "x"}}}]""",
            AS_BEFORE),
        patch(
            "the last word counts",
            """
            [{"op": "replace", "path": "active", "value": "False"},
             {"op": "REPLACE", "path": "ACTIVE", "value": "TRUE"}]""",
            AS_BEFORE));
  }

  @ParameterizedTest
  @MethodSource("patches")
  void aPatchMakes(String operations, Change becomes) {
    assertThat(patched(operations)).isEqualTo(becomes);
  }

  private static Arguments refusal(String code, String operations) {
    return Arguments.argumentSet(code + " " + operations, code, operations);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal("invalid-syntax", "[]"),
        refusal("invalid-syntax", "{}"),
        refusal("invalid-syntax", "null"),
        refusal("invalid-syntax", "[1]"),
        refusal("invalid-syntax", "[{\"path\": \"active\", \"value\": true}]"),
        refusal("invalid-syntax", "[{\"op\": \"test\", \"path\": \"active\", \"value\": true}]"),
        refusal("invalid-syntax", "[{\"op\": \"replace\", \"value\": \"x\"}]"),
        refusal("invalid-syntax", "[{\"op\": \"replace\", \"value\": [{\"active\": false}]}]"),
        refusal("invalid-value", "[{\"op\": \"replace\", \"path\": \"active\"}]"),
        refusal(
            "invalid-value", "[{\"op\": \"replace\", \"path\": \"active\", \"value\": \"no\"}]"),
        refusal("invalid-value", "[{\"op\": \"replace\", \"path\": \"active\", \"value\": 0}]"),
        refusal("invalid-value", "[{\"op\": \"replace\", \"path\": \"userName\", \"value\": 1}]"),
        refusal(
            "invalid-value", "[{\"op\": \"replace\", \"path\": \"userName\", \"value\": \" \"}]"),
        refusal(
            "invalid-value", "[{\"op\": \"replace\", \"path\": \"userName\", \"value\": null}]"),
        refusal(
            "invalid-value",
            "[{\"op\": \"replace\", \"path\": \"userName\", \"value\": \"a\\u0000\"}]"),
        refusal(
            "invalid-value",
            "[{\"op\": \"replace\", \"path\": \"displayName\", \"value\": \""
                + "x".repeat(321)
                + "\"}]"),
        refusal("invalid-value", "[{\"op\": \"add\", \"path\": \"emails\", \"value\": [\"a@b\"]}]"),
        refusal("invalid-value", "[{\"op\": \"add\", \"path\": \"emails\", \"value\": [null]}]"),
        refusal("invalid-value", "[{\"op\": \"add\", \"path\": \"name\", \"value\": \"Ann\"}]"),
        refusal("mutability", "[{\"op\": \"remove\", \"path\": \"userName\"}]"),
        refusal("mutability", "[{\"op\": \"remove\", \"path\": \"active\"}]"),
        refusal("mutability", "[{\"op\": \"replace\", \"path\": \"id\", \"value\": \"1\"}]"),
        refusal("mutability", "[{\"op\": \"add\", \"path\": \"groups\", \"value\": []}]"),
        refusal("mutability", "[{\"op\": \"add\", \"path\": \"meta.version\", \"value\": \"1\"}]"),
        refusal("no-target", "[{\"op\": \"remove\", \"value\": {\"active\": false}}]"),
        refusal(
            "no-target",
            "[{\"op\": \"replace\", \"path\": \"emails[value eq \\\"x\\\"].value\","
                + " \"value\": \"y\"}]"),
        refusal("invalid-path", "[{\"op\": \"replace\", \"path\": 7, \"value\": \"1\"}]"),
        refusal("invalid-path", "[{\"op\": \"replace\", \"path\": \"a.b.c\", \"value\": \"1\"}]"),
        refusal("invalid-path", "[{\"op\": \"replace\", \"value\": {\"a b\": 1}}]"),
        refusal(
            "invalid-filter",
            "[{\"op\": \"replace\", \"path\": \"emails[type is 1].value\", \"value\": \"1\"}]"),
        refusal(
            "invalid-filter",
            "[{\"op\": \"replace\", \"path\": \"emails[type gt 1].value\", \"value\": \"1\"}]"),
        refusal(
            "too-many",
            "["
                + "{\"op\": \"replace\", \"path\": \"active\", \"value\": true},".repeat(1_000)
                + "{\"op\": \"replace\", \"path\": \"active\", \"value\": true}]"),
        refusal(
            "too-many",
            "[{\"op\": \"add\", \"path\": \"emails\", \"value\": ["
                + Stream.iterate(0, i -> i < 50, i -> i + 1)
                    .map(i -> "{\"value\": \"" + i + "@example.com\"}")
                    .collect(Collectors.joining(","))
                + "]}]"),
        refusal("invalid-json", "[{\"op\": \"replace\", \"value\": " + deep(40) + "}]"));
  }

  private static String deep(int levels) {
    return "{\"x\":".repeat(levels) + "1" + "}".repeat(levels);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aPatchIsRefused(String code, String operations) {
    assertThat(Refusals.codeOf(() -> patched(operations))).isEqualTo(code);
  }

  @Test
  void whatOktaMakesAUserFrom() {
    assertThat(
            made(
                """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                 "userName": "jane.doe@example.com",
                 "name": {"givenName": "Jane", "familyName": "Doe"},
                 "emails": [{"primary": true, "value": "jane.doe@example.com", "type": "work"}],
                 "displayName": "Jane Doe", "locale": "en-US", "externalId": "00uv931EiyRsnwOGa0g3",
                 "groups": [], "password": "4a9XuKkx", "active": true}"""))
        .isEqualTo(
            new NewMember(
                "jane.doe@example.com",
                "Jane Doe",
                "jane.doe@example.com",
                "00uv931EiyRsnwOGa0g3"));
  }

  @Test
  void whatEntraMakesAUserFrom() {
    assertThat(
            made(
                """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                 "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
                 "userName": "Test_User_ab6490ee", "active": true,
                 "emails": [{"primary": true, "type": "work", "value": "test@testuser.example"}],
                 "meta": {"resourceType": "User"},
                 "name": {"formatted": "givenName familyName", "familyName": "familyName",
                  "givenName": "givenName"}, "roles": [], "title": "tester",
                 "phoneNumbers": [{"type": "work", "value": "555"}],
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                  {"employeeNumber": "1", "manager": {"value": "2"}}}"""))
        .isEqualTo(
            new NewMember(
                "Test_User_ab6490ee",
                "givenName familyName",
                "test@testuser.example",
                "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"));
  }

  @Test
  void aUserNameIsEnough() {
    assertThat(made("{\"USERNAME\": \" ann \", \"no attribute at all\": 1}"))
        .isEqualTo(new NewMember("ann", "ann", null, null));
    assertThat(Refusals.codeOf(() -> made("{\"displayName\": \"Ann\"}")))
        .isEqualTo("invalid-value");
    assertThat(Refusals.codeOf(() -> made("{\"userName\": \"\"}"))).isEqualTo("invalid-value");
    assertThat(Refusals.codeOf(() -> made("[]"))).isEqualTo("invalid-syntax");
    assertThat(Refusals.codeOf(() -> made("{"))).isEqualTo("invalid-json");
  }

  private static NewMember made(String body) {
    return UserDraft.ofNothing(ScimBody.resource(body.getBytes(UTF_8)).steps()).added();
  }

  @Test
  void aReplacementTakesAwayWhatItDoesNotSayButNotWhetherSomebodyIsActive() {
    Change change =
        UserDraft.ofNothing(
                ScimBody.resource("{\"userName\": \"ann\", \"id\": \"x\"}".getBytes(UTF_8)).steps())
            .change();
    assertThat(change)
        .isEqualTo(
            new Change(
                Optional.of("ann"),
                Optional.of("ann"),
                Optional.of(""),
                Optional.of(""),
                Optional.empty()));
  }
}
