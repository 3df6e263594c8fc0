package dev.saferun.auth.scim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.tenancy.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the bodies that directories really send make of a group. */
class ScimGroupPatchTest {

  private static final UUID ANN = UUID.fromString("6f1c0a4e-0000-7000-8000-000000000001");
  private static final UUID BOB = UUID.fromString("6f1c0a4e-0000-7000-8000-000000000002");
  private static final UUID EVE = UUID.fromString("6f1c0a4e-0000-7000-8000-000000000003");

  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  /** Ann and Bob are in it. */
  private static final Group ENGINEERS =
      new Group(new UUID(8, 8), "Engineers", "g1", NOW, NOW, 3, List.of(), List.of());

  private static GroupDraft patched(String operations) {
    String body =
        ("{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"], \"Operations\": "
                + operations
                + "}")
            .replace("ANN", ANN.toString())
            .replace("BOB", BOB.toString())
            .replace("EVE", EVE.toString());
    return GroupDraft.of(
        ENGINEERS, List.of(ANN, BOB), ScimBody.patch(body.getBytes(UTF_8)).steps());
  }

  private static Arguments patch(String from, String operations, UUID... members) {
    return Arguments.argumentSet(from, operations, Set.of(members));
  }

  static Stream<Arguments> patches() {
    return Stream.of(
        patch(
            "Entra adds",
            """
            [{"op": "Add", "path": "members", "value": [{"$ref": null, "value": "EVE"}]}]""",
            ANN,
            BOB,
            EVE),
        patch(
            "Entra removes by a list of values",
            """
            [{"op": "Remove", "path": "members", "value": [{"$ref": null, "value": "ANN"}]}]""",
            BOB),
        patch(
            "Entra removes by the path, as its flag has it",
            """
            [{"op": "remove", "path": "members[value eq \\"ANN\\"]"}]""",
            BOB),
        patch(
            "Okta removes and adds",
            """
            [{"op": "remove", "path": "members[value eq \\"ANN\\"]"},
             {"op": "remove", "path": "members[value eq \\"BOB\\"]"},
             {"op": "add", "path": "members",
              "value": [{"value": "EVE", "display": "eve@example.com"}]}]""",
            EVE),
        patch(
            "Okta replaces all",
            """
            [{"op": "replace", "path": "members", "value": [
              {"value": "EVE", "display": "eve@example.com"},
              {"value": "ANN", "display": "ann@example.com"}]}]""",
            ANN,
            EVE),
        patch(
            "members without a path",
            """
            [{"op": "add", "value": {"members": [{"value": "EVE", "type": "User"}]}}]""",
            ANN,
            BOB,
            EVE),
        patch(
            "one member without its array",
            """
            [{"op": "add", "path": "members", "value": {"Value": "EVE"}}]""",
            ANN,
            BOB,
            EVE),
        patch(
            "several are chosen",
            """
            [{"op": "remove", "path": "members[value eq \\"ANN\\" or value eq \\"BOB\\"]"}]"""),
        patch(
            "all are removed",
            """
            [{"op": "remove", "path": "members"}]"""),
        patch(
            "nobody is put in their place",
            """
            [{"op": "replace", "path": "members", "value": []}]"""),
        patch(
            "who is not in it cannot be removed, and that is no fault",
            """
            [{"op": "remove", "path": "members[value eq \\"EVE\\"]"},
             {"op": "remove", "path": "members[value eq \\"nobody\\"]"},
             {"op": "Remove", "path": "members", "value": []},
             {"op": "Remove", "path": "members", "value": [{"value": "nobody"}, {}, "x", null]}]""",
            ANN,
            BOB),
        patch(
            "who is in it is not added twice",
            """
            [{"op": "Add", "path": "members", "value": [{"value": "ANN"}, {"value": "ANN"}]}]""",
            ANN,
            BOB),
        patch(
            "labels are not kept",
            """
            [{"op": "replace", "path": "members.display", "value": "x"},
             {"op": "replace", "path": "members[value eq \\"ANN\\"].display", "value": "x"},
             {"op": "add", "path":
              "urn:ietf:params:scim:schemas:extension:foo:2.0:Group:bar", "value": "x"}]""",
            ANN,
            BOB));
  }

  @ParameterizedTest
  @MethodSource("patches")
  void aPatchMakes(String operations, Set<UUID> members) {
    GroupDraft group = patched(operations);

    assertThat(group.members()).containsExactlyInAnyOrderElementsOf(members);
    assertThat(group.displayName()).isEqualTo("Engineers");
    assertThat(group.externalId()).hasValue("g1");
  }

  @Test
  void aGroupIsRenamed() {
    GroupDraft entra =
        patched("[{\"op\": \"Replace\", \"path\": \"displayName\", \"value\": \"Builders\"}]");
    assertThat(entra.displayName()).isEqualTo("Builders");
    GroupDraft okta =
        patched(
            """
            [{"op": "replace", "value": {"id": "abf4dd94", "displayName": "Makers"}}]""");
    assertThat(okta.displayName()).isEqualTo("Makers");
    assertThat(okta.members()).containsExactlyInAnyOrder(ANN, BOB);
    assertThat(patched("[{\"op\": \"remove\", \"path\": \"externalId\"}]").externalId()).isEmpty();
  }

  private static Arguments refusal(String code, String operations) {
    return Arguments.argumentSet(code + " " + operations, code, operations);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal("invalid-value", "[{\"op\":\"add\",\"path\":\"members\",\"value\":[{}]}]"),
        refusal(
            "invalid-value",
            "[{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"x\"}]}]"),
        refusal("invalid-value", "[{\"op\":\"add\",\"path\":\"members\",\"value\":[null]}]"),
        refusal("invalid-value", "[{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"\"}]"),
        refusal("mutability", "[{\"op\":\"remove\",\"path\":\"displayName\"}]"),
        refusal("mutability", "[{\"op\":\"replace\",\"path\":\"id\",\"value\":\"x\"}]"),
        refusal("mutability", "[{\"op\":\"replace\",\"path\":\"members.value\",\"value\":\"x\"}]"),
        refusal(
            "mutability",
            "[{\"op\":\"replace\",\"path\":\"members[value eq \\\"ANN\\\"].value\","
                + "\"value\":\"EVE\"}]"),
        refusal(
            "no-target",
            "[{\"op\":\"replace\",\"path\":\"members[value eq \\\"EVE\\\"]\",\"value\":{}}]"),
        refusal(
            "invalid-filter", "[{\"op\":\"remove\",\"path\":\"members[value ne \\\"ANN\\\"]\"}]"),
        refusal(
            "invalid-filter",
            "[{\"op\":\"remove\",\"path\":\"members[not (value eq \\\"ANN\\\")]\"}]"),
        refusal("invalid-filter", "[{\"op\":\"remove\",\"path\":\"members[value pr]\"}]"),
        refusal("invalid-filter", "[{\"op\":\"remove\",\"path\":\"members[\"}]"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aPatchIsRefused(String code, String operations) {
    assertThat(Refusals.codeOf(() -> patched(operations))).isEqualTo(code);
  }

  @Test
  void whatOktaAndEntraMakeAGroupFrom() {
    GroupDraft entra =
        GroupDraft.ofNothing(
            ScimBody.resource(
                    """
                    {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group",
                      "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
                     "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
                     "displayName": "Engineers", "members": [], "meta": {"resourceType": "Group"}}"""
                        .getBytes(UTF_8))
                .steps());
    assertThat(entra.displayName()).isEqualTo("Engineers");
    assertThat(entra.externalId()).hasValue("8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159");
    assertThat(entra.members()).isEmpty();
    assertThat(
            Refusals.codeOf(
                () ->
                    GroupDraft.ofNothing(ScimBody.resource("{}".getBytes(UTF_8)).steps())
                        .displayName()))
        .isEqualTo("invalid-value");
  }

  /** The most that one request can ask for. */
  @Test
  void aLargePatchOfALargeGroupIsSoonWorkedOut() {
    List<UUID> there = IntStream.range(0, 100_000).mapToObj(i -> new UUID(1, i)).toList();
    String operations =
        IntStream.range(0, 1_000)
            .mapToObj(
                i ->
                    "{\"op\":\"remove\",\"path\":\"members[value eq \\\"%s\\\"]\"}"
                        .formatted(new UUID(1, i)))
            .collect(Collectors.joining(","));
    byte[] body = ("{\"Operations\":[" + operations + "]}").getBytes(UTF_8);
    Assertions.assertTimeout(
        Duration.ofSeconds(10),
        () ->
            assertThat(GroupDraft.of(ENGINEERS, there, ScimBody.patch(body).steps()).members())
                .hasSize(99_000));
  }
}
