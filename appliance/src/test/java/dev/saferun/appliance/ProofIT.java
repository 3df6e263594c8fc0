package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.serve.OwnerOf;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions are proven through the API, from an exported file, and by the appliance itself. */
class ProofIT {

  private static final String CARD = "4242 4242 4242 4242";

  private final RunningAppliance appliance = RunningAppliance.get();
  private final Api admin = appliance.otherOrganization();
  private final String run = CheckActionIT.newRun();

  @TempDir Path directory;
  private Api agent = admin;

  @BeforeEach
  void putRulesInForce() {
    assertThat(admin.put("/v1/projects/billing", "{}").status()).isEqualTo(201);
    rule("large-refund", "action.arguments.amount > 100");
    rule("test-card", "has(action.arguments.card) && action.arguments.card.startsWith('4242')");
    agent = RunningAppliance.agent(admin, "billing", "production");
  }

  private void rule(String name, String condition) {
    String rule =
        "{\"condition\": \"%s\", \"verdict\": \"deny\", \"message\": \"No.\"}".formatted(condition);
    assertThat(admin.put("/v1/projects/billing/rules/" + name, rule).status()).isLessThan(300);
    assertThat(admin.activate("billing", "production", name).status()).isEqualTo(201);
  }

  @Test
  void aDecisionIsProvenWhateverCameAfterIt() {
    JsonNode decision = check("{\"amount\": 4500}");
    rule("large-refund", "action.arguments.amount > 9000");

    Api.Answer answer = verify(agent, decision);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.body().get("result").asText()).isEqualTo("proven");
    assertThat(answer.body().get("decision_id")).isEqualTo(decision.get("decision_id"));
    assertThat(answer.body().get("policy_snapshot")).isEqualTo(decision.get("policy_snapshot"));
    assertThat(answer.body().get("evidence_sha256").asText()).hasSize(64);
    assertThat(answer.body().at("/evaluator/version")).isEqualTo(decision.at("/evaluator/version"));
    assertThat(verify(admin, decision).body()).isEqualTo(answer.body());
  }

  @Test
  void whoMayNotReadADecisionMayNotVerifyIt() {
    JsonNode decision = check("{\"amount\": 4500}");
    Api elsewhere = RunningAppliance.agent(admin, "billing", "staging");

    assertThat(verify(elsewhere, decision).status()).isEqualTo(404);
    assertThat(verify(appliance.otherOrganization(), decision).status()).isEqualTo(404);
    assertThat(agent.post("/v1/decisions/" + UUID.randomUUID() + "/verify", "").status())
        .isEqualTo(404);
    assertThat(agent.post("/v1/self-audits", "").status()).isEqualTo(403);
  }

  @Test
  void aRuleThatNeedsWhatWasTakenIsNamed() {
    JsonNode decision = check("{\"amount\": 4500, \"card\": \"" + CARD + "\"}");

    JsonNode answer = verify(agent, decision).body();

    assertThat(answer.get("result").asText()).isEqualTo("undecidable");
    assertThat(answer.at("/undecidable/sources").toString())
        .isEqualTo("[{\"source\":\"test-card\",\"version\":1}]");
    assertThat(answer.at("/undecidable/effect_is_certain").asBoolean()).isTrue();
    assertThat(answer.at("/undecidable/redacted").toString())
        .isEqualTo("[\"/action/arguments/card\"]");
  }

  @Test
  void anExplanationNamesWhatDecidedAndWhatWasRead() throws Exception {
    JsonNode decision = check("{\"amount\": 4500, \"card\": \"" + CARD + "\"}");
    String id = decision.get("decision_id").asText();

    Api.Answer answer = admin.get("/v1/decisions/" + id + "/explain");
    SaferunCommand.Ended shown = SaferunCommand.as(admin).run("explain", id);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.body().at("/proof/result").asText()).isEqualTo("undecidable");
    assertThat(answer.body().get("asked").asInt()).isEqualTo(2);
    JsonNode refund = rule(answer, "large-refund");
    assertThat(refund.at("/condition/value").asText()).isEqualTo("true");
    assertThat(refund.at("/condition/reads/0").toString())
        .isEqualTo("{\"path\":\"action.arguments.amount\",\"value\":4500}");
    JsonNode card = rule(answer, "test-card");
    assertThat(card.at("/condition/parts/0/value").asText()).isEqualTo("true");
    assertThat(card.at("/condition/parts/1/error").asText()).isEqualTo("unknown_value");
    assertThat(answer.text()).doesNotContain("4242 4242");
    assertThat(shown.code()).as(shown.errors()).isZero();
    assertThat(shown.output())
        .contains("large-refund v1", "> true", "action.arguments.amount = 4500", "unknown_value");
  }

  @Test
  void anExplanationOfOneRuleOrOfNone() {
    String id = check("{\"amount\": 4}").get("decision_id").asText();
    String path = "/v1/decisions/" + id + "/explain";

    JsonNode one = admin.get(path + "?rule=large-refund").body();

    assertThat(one.get("rules")).hasSize(1);
    assertThat(one.at("/rules/0/condition/value").asText()).isEqualTo("false");
    assertThat(admin.get(path + "?rule=nobody").status()).isEqualTo(404);
    assertThat(agent.get(path).status()).isEqualTo(403);
    assertThat(admin.get("/v1/decisions/" + UUID.randomUUID() + "/explain").status())
        .isEqualTo(404);
  }

  private static JsonNode rule(Api.Answer answer, String name) {
    for (JsonNode rule : answer.body().get("rules")) {
      if (rule.get("rule").asText().equals(name)) {
        return rule;
      }
    }
    throw new AssertionError("no rule " + name + " in " + answer.text());
  }

  @Test
  void anExportedRunIsProvenWithoutTheServer() throws Exception {
    agent.post(
        "/v1/runs/" + run + "/frames",
        "{\"frames\": [{\"kind\": \"input\", \"content\": \"refund me\"}]}");
    check("{\"amount\": 4500}");
    check("{\"amount\": 4}");
    Path file = directory.resolve("run.jsonl");

    SaferunCommand.Ended exported =
        SaferunCommand.as(admin)
            .run(
                "runs",
                "export",
                run,
                "--environment",
                "billing/production",
                "-o",
                file.toString());
    SaferunCommand nobody = SaferunCommand.as(new Api(URI.create("http://127.0.0.1:1"), ""));
    SaferunCommand.Ended verified = nobody.run("verify", file.toString());
    SaferunCommand.Ended asJson = nobody.run("verify", file.toString(), "--json");

    assertThat(exported.code()).as(exported.errors()).isZero();
    assertThat(verified.code()).as(verified.output() + verified.errors()).isZero();
    assertThat(verified.output()).contains("payments.refund", "2 proven, 1 whole");
    assertThat(asJson.json().get("holds").asBoolean()).isTrue();
    assertThat(asJson.json().at("/counts/proven").asInt()).isEqualTo(2);

    List<String> lines = Files.readAllLines(file);
    byte[] altered = Files.readAllBytes(file);
    int inLastFrame = altered.length - lines.getLast().length() + "{\"evidence\":\"".length() + 40;
    altered[inLastFrame] = (byte) (altered[inLastFrame] == 'A' ? 'B' : 'A');
    SaferunCommand.Ended flipped =
        nobody.run("verify", Files.write(directory.resolve("flipped"), altered).toString());
    Files.write(directory.resolve("short"), lines.subList(0, lines.size() - 1));
    SaferunCommand.Ended missing = nobody.run("verify", directory.resolve("short").toString());

    assertThat(flipped.code()).isEqualTo(1);
    assertThat(flipped.output().lines().filter(line -> line.contains("altered")))
        .anyMatch(line -> line.strip().startsWith("3 "));
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.output()).contains("1 of 3 frames are missing");
  }

  @Test
  void aLongRunIsExportedInParts() throws Exception {
    check("{\"amount\": 4500}");
    String note = "{\"kind\": \"note\", \"content\": \"n\"}";
    String batch = "{\"frames\": [" + String.join(",", Collections.nCopies(750, note)) + "]}";
    assertThat(agent.post("/v1/runs/" + run + "/frames", batch).status()).isEqualTo(201);
    assertThat(agent.post("/v1/runs/" + run + "/frames", batch).status()).isEqualTo(201);
    check("{\"amount\": 4}");
    Path file = directory.resolve("long.jsonl");

    SaferunCommand.Ended exported =
        SaferunCommand.as(agent).run("runs", "export", run, "-o", file.toString());
    SaferunCommand.Ended verified = SaferunCommand.as(agent).run("verify", file.toString());

    assertThat(exported.code()).as(exported.errors()).isZero();
    assertThat(verified.code()).as(verified.output()).isZero();
    assertThat(verified.output()).contains("2 proven, 1500 whole");
    assertThat(Files.readAllLines(file)).hasSize(1 + 1 + 1_502);
  }

  @Test
  void theApplianceFindsWhatWasAlteredInTheDatabase() throws Exception {
    String decision = check("{\"amount\": 4500}").get("decision_id").asText();
    check("{\"amount\": 4}");
    assertThat(verify(admin, Api.JSON.createObjectNode().put("decision_id", decision)).status())
        .isEqualTo(200);
    JsonNode before = admin.post("/v1/self-audits", "").body();
    assertThat(before.get("verified").asLong()).isEqualTo(2);
    assertThat(before.get("proven").asLong()).isEqualTo(2);

    execute(
        "update replay.frame set evidence = set_byte(evidence, 40, get_byte(evidence, 40) # 1) where decision_id = ?",
        decision);

    JsonNode after = admin.post("/v1/self-audits", "").body();
    assertThat(after.get("altered").asLong()).isEqualTo(1);
    assertThat(after.get("proven").asLong()).isEqualTo(1);
    assertThat(verify(admin, Api.JSON.createObjectNode().put("decision_id", decision)).text())
        .contains("\"altered\":{", "\"part\":\"evidence\"");
    await().untilAsserted(() -> assertThat(audited("decision:" + decision)).isEqualTo(1));
  }

  @Test
  void aRuleThatWasAlteredInTheDatabaseIsNamed() throws Exception {
    JsonNode decision = check("{\"amount\": 4500}");
    assertThat(verify(admin, decision).body().get("result").asText()).isEqualTo("proven");

    execute(
        "update evaluator.rule_version set condition = 'false' where name = 'large-refund' and organization_id = (select organization_id from replay.frame where decision_id = ?)",
        decision.get("decision_id").asText());

    assertThat(verify(admin, decision).body().get("altered").toString())
        .isEqualTo("{\"name\":\"large-refund\",\"part\":\"rule\"}");
  }

  private void execute(String sql, String decision) throws Exception {
    try (Connection owner = owner();
        PreparedStatement statement = owner.prepareStatement(sql)) {
      statement.setObject(1, UUID.fromString(decision));
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  /** How often a drift of it stands in the audit log. */
  private int audited(String target) throws Exception {
    try (Connection owner = owner();
        PreparedStatement statement =
            owner.prepareStatement(
                "select count(*) from audit.event where code = 'proof.drift' and target = ?")) {
      statement.setString(1, target);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        return found.getInt(1);
      }
    }
  }

  /** The owner is bound by row-level security, too, and so names the organization. */
  private Connection owner() throws Exception {
    Connection owner = OwnerOf.connect(appliance.appliance());
    String organization = admin.get("/v1/organizations").body().findPath("id").asText();
    try (PreparedStatement scope =
        owner.prepareStatement("select set_config('saferun.organization', ?, false)")) {
      scope.setString(1, organization);
      scope.execute();
    }
    return owner;
  }

  private JsonNode check(String arguments) {
    Api.Answer answer =
        agent.post("/v1/check-action", CheckActionIT.action(run, "payments.refund", arguments));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body();
  }

  private static Api.Answer verify(Api caller, JsonNode decision) {
    return caller.post("/v1/decisions/" + decision.get("decision_id").asText() + "/verify", "");
  }
}
