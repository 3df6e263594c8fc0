package dev.saferun.appliance;

import static dev.saferun.appliance.AuditedSetting.made;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.saferun.appliance.serve.Appliance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A held call on its way: to a person, and back to the agent that claims it. */
class ApprovalIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String ARGUMENTS =
      "{\"amount\": 4500, \"to\": {\"account\": \"acc_7\", \"country\": \"DE\"}, \"rate\": 1}";
  private static final String PASSWORD = "correct horse battery staple";
  private static final byte[] WEBHOOK_KEY = "a key of 32 bytes for the tests.".getBytes(UTF_8);

  @TempDir static Path folder;

  private static Appliance appliance;
  private static Api operator;

  private final String project = "p-" + UUID.randomUUID();
  private Api admin;
  private Api agent;

  @BeforeAll
  static void start() throws IOException {
    Path data = folder.resolve("data");
    appliance =
        Appliance.start(
            data,
            Map.of(
                "saferun.http.port", Ports.free(),
                "saferun.http.management-port", Ports.free(),
                "saferun.audit.allowed-addresses", List.of("127.0.0.0/8")));
    operator = new Api(appliance.uri(), Files.readString(data.resolve("bootstrap-key")).strip());
  }

  @AfterAll
  static void stop() {
    appliance.close();
  }

  @BeforeEach
  void holdPayments() {
    admin = operator.with(newOrganization());
    hold(admin, project);
    agent = RunningAppliance.agent(admin, project, "production");
  }

  static void hold(Api admin, String project) {
    assertThat(admin.put("/v1/projects/" + project, "{}").status()).isEqualTo(201);
    String rule =
        """
        {"condition": "action.arguments.amount > 100", "verdict": "escalate",
         "message": "Somebody must look at this.", "tools": ["pay.*"]}""";
    assertThat(admin.put("/v1/projects/" + project + "/rules/large", rule).status())
        .isLessThan(300);
    for (String environment : List.of("staging", "production")) {
      assertThat(admin.activate(project, environment, "large").status()).isEqualTo(201);
    }
  }

  private static String newOrganization() {
    Api.Answer made = operator.put("/v1/organizations/o-" + UUID.randomUUID(), "{}");
    return made.body().findPath("key").asText();
  }

  @Test
  void aHeldCallIsApprovedClaimedOnceAndProven() throws Exception {
    JsonNode held = held();
    assertThat(held.at("/approval/url").asText())
        .isEqualTo("/v1/approvals/" + held.get("decision_id").asText());
    assertThat(Instant.parse(held.at("/approval/expires_at").asText()))
        .isBetween(Instant.now().plusSeconds(3_500), Instant.now().plusSeconds(3_601));

    Api.Answer polled = agent.get(url(held));
    assertThat(polled.status()).as(polled.text()).isEqualTo(200);
    assertThat(polled.body().get("state").asText()).isEqualTo("pending");
    assertThat(polled.raw().headers().firstValue("Retry-After")).hasValue("5");
    assertThat(claim(held, ARGUMENTS).body().get("code").asText()).isEqualTo("approval-pending");

    Api.Answer approved = approve(admin, held);
    assertThat(approved.status()).as(approved.text()).isEqualTo(200);
    assertThat(approved.body().get("state").asText()).isEqualTo("approved");
    assertThat(approve(admin, held).body()).as("once more").isEqualTo(approved.body());
    assertThat(agent.get(url(held)).body().get("state").asText()).isEqualTo("approved");

    Api.Answer claimed = claim(held, ARGUMENTS);
    assertThat(claimed.status()).as(claimed.text()).isEqualTo(200);
    assertThat(claimed.body().get("effect").asText()).isEqualTo("proceed");
    Api.Answer again = claim(held, ARGUMENTS);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().get("code").asText()).isEqualTo("approval-claimed");

    JsonNode proof = agent.post("/v1/decisions/" + id(held) + "/verify", "").body();
    assertThat(proof.get("result").asText()).isEqualTo("proven");
    assertThat(events(held))
        .containsExactly("approval.claimed", "approval.approved", "approval.requested");
  }

  @Test
  void thePersonSeesWhatTheFrameKeeps() {
    JsonNode held = held();
    JsonNode shown = admin.get(url(held)).body();
    JsonNode frame = admin.get(shown.at("/links/frame").asText()).body();

    assertThat(shown.get("action")).isEqualTo(frame.get("action"));
    assertThat(shown.at("/action/arguments/amount").asInt()).isEqualTo(4_500);
    assertThat(shown.get("user_request")).isEqualTo(frame.at("/context/user_request"));
    assertThat(shown.get("redaction")).isEqualTo(frame.get("redaction"));
    assertThat(shown.at("/reasons/0/message").asText()).isEqualTo("Somebody must look at this.");
    assertThat(shown.get("tool").asText()).isEqualTo("pay.out");
    assertThat(shown.get("project").asText()).isEqualTo(project);
    assertThat(shown.get("environment").asText()).isEqualTo("production");
    assertThat(shown.get("run_id")).isEqualTo(held.get("run_id"));
    assertThat(shown.get("call_hash"))
        .isEqualTo(held.at("/approval/call_hash"))
        .isEqualTo(frame.get("call_hash"));
    assertThat(admin.get(shown.at("/links/decision").asText()).status()).isEqualTo(200);
    assertThat(admin.get(shown.at("/links/run").asText()).status()).isEqualTo(200);
  }

  @Test
  void theSameCallMayBeWrittenInAnotherWayAndNothingElseMay() {
    JsonNode held = held();
    approve(admin, held);
    for (String other :
        List.of(
            ARGUMENTS.replace("4500", "4501"),
            ARGUMENTS.replace("4500", "\"4500\""),
            ARGUMENTS.replace("acc_7", "acc_8"),
            ARGUMENTS.replace("\"DE\"", "\"DE \""),
            ARGUMENTS.replace("}, \"rate\": 1", "}"),
            "{}")) {
      Api.Answer refused = claim(held, other);
      assertThat(refused.status()).as(other).isEqualTo(409);
      assertThat(refused.body().get("code").asText()).isEqualTo("approval-mismatch");
      assertThat(refused.body().get("state").asText()).isEqualTo("approved");
    }
    assertThat(claim(held, "pay.in", ARGUMENTS, Map.of()).status()).isEqualTo(409);

    JsonNode mismatch =
        admin
            .get("/v1/audit/events?code=approval.mismatch&target=approval:" + id(held))
            .body()
            .get("events");
    assertThat(mismatch).hasSize(7);
    assertThat(mismatch.get(0).get("outcome").asText()).isEqualTo("failure");
    assertThat(mismatch.get(0).at("/actor/kind").asText()).isEqualTo("agent");

    Api.Answer same =
        claim(
            held,
            "{\"rate\":1.0,\"to\":{\"country\":\"\\u0044E\",\"account\":\"acc_7\"},\"amount\":4.5e3}");
    assertThat(same.status()).as(same.text()).isEqualTo(200);
  }

  @Test
  void aDenialIsFinalAndSaysWhy() {
    JsonNode held = held();
    Api.Answer denied = decide(admin, held, "deny", "Not to this account.");
    assertThat(denied.status()).as(denied.text()).isEqualTo(200);

    JsonNode seen = agent.get(url(held)).body();
    assertThat(seen.get("state").asText()).isEqualTo("denied");
    assertThat(seen.get("comment").asText()).isEqualTo("Not to this account.");
    assertThat(seen.at("/decided_by/name").isTextual()).isTrue();
    assertThat(claim(held, ARGUMENTS).body().get("code").asText()).isEqualTo("approval-denied");
    Api.Answer other = approve(admin, held);
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body().get("code").asText()).isEqualTo("approval-decided");
    assertThat(other.body().get("state").asText()).isEqualTo("denied");
  }

  @Test
  void aReviewerMustSayWhichCallTheySaw() {
    JsonNode held = held();
    String path = url(held) + "/approve";
    JsonNode other = held();

    assertThat(admin.post(path, "{}").text()).contains("invalid-field", "/call_hash");
    assertThat(admin.post(path, "{\"call_hash\":\"abc\"}").status()).isEqualTo(400);
    Api.Answer wrong =
        admin.post(path, "{\"call_hash\":\"" + other.at("/approval/call_hash").asText() + "\"}");
    assertThat(wrong.status()).isEqualTo(409);
    assertThat(wrong.body().get("code").asText()).isEqualTo("approval-mismatch");
    assertThat(decide(admin, held, "approve", "card 4242 4242 4242 4242").text())
        .contains("/comment");
    assertThat(agent.get(url(held)).body().get("state").asText()).isEqualTo("pending");
    assertThat(held.at("/approval/call_hash"))
        .as("two equal calls have two hashes")
        .isNotEqualTo(other.at("/approval/call_hash"));
  }

  @Test
  void anAgentMayWaitWithoutAskingAgain() throws Exception {
    JsonNode held = held();
    Api.Answer impatient = agent.get(url(held) + "?wait=1");
    assertThat(impatient.body().get("state").asText()).isEqualTo("pending");

    long begun = System.nanoTime();
    List<CompletableFuture<Api.Answer>> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      CompletableFuture<Api.Answer> one = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> one.complete(agent.get(url(held) + "?wait=30")));
      waiting.add(one);
    }
    Thread.sleep(1_000);
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    assertThat(check("{\"amount\": 1}").get("effect").asText()).isEqualTo("proceed");
    approve(admin, held);
    for (CompletableFuture<Api.Answer> one : waiting) {
      assertThat(one.get(10, TimeUnit.SECONDS).body().get("state").asText()).isEqualTo("approved");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    assertThat(agent.get(url(held) + "?wait=31").status()).isEqualTo(400);
  }

  @Test
  void ofTwoReviewersOneWinsAndOfTwoClaimsOneGoesOn() throws Exception {
    Api second =
        admin.with(admin.post("/v1/keys", "{\"name\":\"two\"}").body().get("key").asText());
    JsonNode held = held();
    assertThat(statuses(() -> approve(admin, held), () -> decide(second, held, "deny", "no")))
        .containsExactlyInAnyOrder(200, 409);

    JsonNode next = held();
    approve(admin, next);
    assertThat(statuses(() -> claim(next, ARGUMENTS), () -> claim(next, ARGUMENTS)))
        .containsExactlyInAnyOrder(200, 409);

    JsonNode last = held();
    approve(admin, last);
    Callable<Api.Answer> twin =
        () -> claim(last, "pay.out", ARGUMENTS, Map.of("Idempotency-Key", "claim-1"));
    assertThat(statuses(twin, twin)).containsExactly(200, 200);
    assertThat(twin.call().text()).isEqualTo(twin.call().text());
    assertThat(events(last)).filteredOn("approval.claimed"::equals).hasSize(1);
  }

  private static List<Integer> statuses(Callable<Api.Answer> one, Callable<Api.Answer> other)
      throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Integer> statuses = new ArrayList<>();
      for (Future<Api.Answer> answer : threads.invokeAll(List.of(one, other))) {
        statuses.add(answer.get().status());
      }
      return statuses;
    }
  }

  @Test
  void whoIsElsewhereFindsNothing() {
    JsonNode held = held();
    Api staging = RunningAppliance.agent(admin, project, "staging");
    Api stranger = operator.with(newOrganization());
    String hash = "{\"call_hash\":\"" + held.at("/approval/call_hash").asText() + "\"}";

    for (Api other : List.of(staging, stranger)) {
      assertThat(other.get(url(held)).status()).isEqualTo(404);
      assertThat(other.get(url(held) + "?wait=1").status()).isEqualTo(404);
    }
    assertThat(claimBy(staging, held).status()).isEqualTo(404);
    assertThat(stranger.post(url(held) + "/approve", hash).status()).isEqualTo(404);
    assertThat(stranger.get("/v1/approvals").body().get("approvals")).isEmpty();
    assertThat(stranger.get("/v1/approvals?project=" + project).status()).isEqualTo(404);
    assertThat(agent.get("/v1/approvals/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(agent.get("/v1/approvals/nothing").status()).isEqualTo(404);
  }

  @Test
  void anAgentDecidesNothingAndAnAdministratorClaimsNothing() {
    JsonNode held = held();
    assertThat(approve(agent, held).body().get("code").asText()).isEqualTo("permission-required");
    assertThat(decide(agent, held, "deny", "no").status()).isEqualTo(403);
    assertThat(agent.get("/v1/approvals").status()).isEqualTo(403);
    approve(admin, held);
    assertThat(claimBy(admin, held).body().get("code").asText())
        .isEqualTo("environment-key-required");
  }

  @Test
  void aListIsNarrowedAndReadInPages() {
    JsonNode first = held();
    JsonNode second = held();
    JsonNode third = held();
    decide(admin, second, "deny", "no");

    JsonNode page = admin.get("/v1/approvals?limit=2").body();
    assertThat(ids(page)).containsExactly(id(third), id(second));
    JsonNode rest =
        admin.get("/v1/approvals?limit=2&cursor=" + page.get("next_cursor").asText()).body();
    assertThat(ids(rest)).containsExactly(id(first));
    assertThat(rest.has("next_cursor")).isFalse();
    assertThat(ids(admin.get("/v1/approvals?state=pending").body()))
        .containsExactly(id(third), id(first));
    assertThat(ids(admin.get("/v1/approvals?state=denied&tool=pay.out").body()))
        .containsExactly(id(second));
    assertThat(ids(admin.get("/v1/approvals?tool=pay.in").body())).isEmpty();
    String environment = "&environment=";
    assertThat(
            ids(admin.get("/v1/approvals?project=" + project + environment + "production").body()))
        .hasSize(3);
    assertThat(ids(admin.get("/v1/approvals?project=" + project + environment + "staging").body()))
        .isEmpty();
    assertThat(admin.get("/v1/approvals?state=maybe").status()).isEqualTo(400);
  }

  @Test
  void onlyAHeldCallHasAnApproval() {
    JsonNode free = check("{\"amount\": 1}");
    assertThat(free.get("effect").asText()).isEqualTo("proceed");
    assertThat(free.has("approval")).isFalse();
    JsonNode frame =
        agent
            .get("/v1/runs/" + free.get("run_id").asText() + "/frames/" + free.get("frame").asInt())
            .body();
    assertThat(frame.has("call_hash")).isFalse();
    assertThat(agent.get("/v1/approvals/" + id(free)).status()).isEqualTo(404);
    Api warned = RunningAppliance.agent(admin, project, "staging");
    JsonNode warning =
        warned.post("/v1/check-action", CheckActionIT.action("w", "pay.out", ARGUMENTS)).body();
    assertThat(warning.get("effect").asText()).isEqualTo("proceed_with_warning");
    assertThat(warning.has("approval")).isFalse();
  }

  @Test
  void aRetriedCheckIsTheSameApproval() {
    byte[] body = CheckActionIT.action("r", "pay.out", ARGUMENTS).getBytes(UTF_8);
    Map<String, String> key = Map.of("Idempotency-Key", "check-1");
    Api.Answer one = agent.post("/v1/check-action", body, key);
    Api.Answer two = agent.post("/v1/check-action", body, key);
    assertThat(two.text()).isEqualTo(one.text());
    assertThat(ids(admin.get("/v1/approvals").body())).containsExactly(id(one.body()));
  }

  @Test
  void aReviewerOfOneProjectDecidesThereAndNowhereElse() throws Exception {
    String own = "p-" + UUID.randomUUID();
    String other = "p-" + UUID.randomUUID();
    hold(operator, own);
    hold(operator, other);
    JsonNode mine = heldBy(RunningAppliance.agent(operator, own, "production"));
    JsonNode theirs = heldBy(RunningAppliance.agent(operator, other, "production"));
    Api reviewer = reviewer(own);

    assertThat(ids(reviewer.get("/v1/approvals").body())).containsExactly(id(mine));
    assertThat(reviewer.get("/v1/approvals?project=" + other).status()).isEqualTo(404);
    assertThat(reviewer.get(url(theirs)).status()).isEqualTo(404);
    assertThat(reviewer.post(url(theirs) + "/approve", seen(theirs)).status()).isEqualTo(404);
    Api.Answer approved = reviewer.post(url(mine) + "/approve", seen(mine));
    assertThat(approved.status()).as(approved.text()).isEqualTo(200);
    assertThat(approved.body().at("/decided_by/name").asText()).startsWith("rita-");
    JsonNode event =
        operator
            .get("/v1/audit/events?code=approval.approved&target=approval:" + id(mine))
            .body()
            .at("/events/0");
    assertThat(event.at("/actor/kind").asText()).isEqualTo("person");
  }

  @Test
  void anAgentIsToldByAWebhookToo() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          received.add(isSigned(exchange.getRequestHeaders(), body) ? body : "not signed: " + body);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try {
      Api.Answer made =
          admin.put(
              "/v1/audit/destinations/agent",
              """
              {"type": "webhook", "from": "now", "codes": ["approval.approved", "approval.denied"],
               "settings": {"url": "http://127.0.0.1:%d/", "allow_plaintext": true},
               "secrets": {"signing_secret": "whsec_%s"}}"""
                  .formatted(
                      receiver.getAddress().getPort(),
                      Base64.getEncoder().encodeToString(WEBHOOK_KEY)));
      assertThat(made.status()).as(made.text()).isEqualTo(200);
      JsonNode held = held();
      JsonNode other = held();
      approve(admin, held);
      assertThat(claim(held, ARGUMENTS).status()).isEqualTo(200);
      decide(admin, other, "deny", "Not this one.");

      JsonNode approved = event(received);
      JsonNode denied = event(received);
      assertThat(approved.get("code").asText()).isEqualTo("approval.approved");
      assertThat(approved.get("target").asText()).isEqualTo("approval:" + id(held));
      assertThat(approved.at("/after/run_id")).isEqualTo(held.get("run_id"));
      assertThat(denied.get("code").asText()).isEqualTo("approval.denied");
      assertThat(denied.at("/after/comment").asText()).isEqualTo("Not this one.");
      assertThat(received).isEmpty();
    } finally {
      receiver.stop(0);
    }
  }

  /** A member with the role of a reviewer in one project, signed in by a break-glass account. */
  private static Api reviewer(String project) throws Exception {
    String name = "rita-" + UUID.randomUUID();
    JsonNode member =
        made(
            operator.post(
                "/v1/members",
                """
                {"user_name": "%s", "display_name": "Rita Reviewer", "role": "reviewer",
                 "project": "%s"}"""
                    .formatted(name, project)));
    JsonNode account =
        made(
            operator.put(
                "/v1/break-glass/" + member.get("id").asText(),
                "{\"password\":\"" + PASSWORD + "\"}"));
    TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();
    byte[] secret = new Base32().decode(account.get("totp_secret").asText());
    String code =
        codes.generateOneTimePasswordString(
            new SecretKeySpec(secret, codes.getAlgorithm()), Instant.now());
    Api.Answer session =
        operator.post(
            account.get("sign_in_at").asText(),
            "{\"user_name\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}"
                .formatted(name, PASSWORD, code));
    made(session);
    return operator.inSession(session.raw().headers().firstValue("Set-Cookie").orElseThrow());
  }

  private static JsonNode event(BlockingQueue<String> received) throws Exception {
    String body = received.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    assertThat(body).as("an event").isNotNull().doesNotStartWith("not signed");
    return Api.JSON.readTree(body);
  }

  /** As Standard Webhooks says. */
  private static boolean isSigned(Headers headers, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(WEBHOOK_KEY, "HmacSHA256"));
      String text =
          headers.getFirst("webhook-id") + "." + headers.getFirst("webhook-timestamp") + "." + body;
      String wanted = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
      return wanted.equals(headers.getFirst("webhook-signature"));
    } catch (java.security.GeneralSecurityException fault) {
      throw new IllegalStateException(fault);
    }
  }

  private JsonNode held() {
    return heldBy(agent);
  }

  static JsonNode heldBy(Api agent) {
    String body =
        """
        {"run_id": "%s", "agent": {"name": "teller"},
         "action": {"tool": "pay.out", "call_id": "c-1", "arguments": %s},
         "context": {"user_request": "Please pay 45 euros to my sister."}}"""
            .formatted(CheckActionIT.newRun(), ARGUMENTS);
    Api.Answer answer = agent.post("/v1/check-action", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.body().get("effect").asText()).isEqualTo("wait_for_approval");
    return answer.body();
  }

  private JsonNode check(String arguments) {
    Api.Answer answer =
        agent.post(
            "/v1/check-action", CheckActionIT.action(CheckActionIT.newRun(), "pay.out", arguments));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body();
  }

  private Api.Answer claim(JsonNode held, String arguments) {
    return claim(held, "pay.out", arguments, Map.of());
  }

  private Api.Answer claim(
      JsonNode held, String tool, String arguments, Map<String, String> headers) {
    String body =
        "{\"action\": {\"call_id\": \"c-2\", \"tool\": \"%s\", \"arguments\": %s}}"
            .formatted(tool, arguments);
    return agent.post(url(held) + "/claim", body.getBytes(UTF_8), headers);
  }

  static Api.Answer claimBy(Api caller, JsonNode held) {
    return caller.post(
        url(held) + "/claim",
        "{\"action\": {\"tool\": \"pay.out\", \"arguments\": %s}}".formatted(ARGUMENTS));
  }

  static Api.Answer approve(Api by, JsonNode held) {
    return by.post(url(held) + "/approve", seen(held));
  }

  private static Api.Answer decide(Api by, JsonNode held, String what, String comment) {
    return by.post(
        url(held) + "/" + what,
        "{\"call_hash\":\"%s\",\"comment\":\"%s\"}"
            .formatted(held.at("/approval/call_hash").asText(), comment));
  }

  private static String seen(JsonNode held) {
    return "{\"call_hash\":\"" + held.at("/approval/call_hash").asText() + "\"}";
  }

  static String url(JsonNode held) {
    return held.at("/approval/url").asText();
  }

  static String id(JsonNode held) {
    return held.get("decision_id").asText();
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.get("approvals").forEach(one -> ids.add(one.get("id").asText()));
    return ids;
  }

  /** The codes of its events, the latest first. */
  private List<String> events(JsonNode held) {
    String events = "/v1/audit/events?target=approval:" + id(held);
    await().atMost(SOON).until(() -> admin.get(events).body().get("events").size() > 0);
    List<String> codes = new ArrayList<>();
    admin.get(events).body().get("events").forEach(event -> codes.add(event.get("code").asText()));
    return codes;
  }
}
