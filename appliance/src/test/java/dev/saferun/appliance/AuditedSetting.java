package dev.saferun.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.saferun.appliance.AuditedCall.Caller;
import dev.saferun.appliance.serve.Appliance;
import dev.saferun.auth.saml.SamlKeyPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/** An appliance of its own, a receiver of its events, and what a call needs to be there. */
final class AuditedSetting implements AutoCloseable {

  /** What nobody may read in the audit log. */
  static final String SIGNING_SECRET =
      "whsec_"
          + Base64.getEncoder().encodeToString("canary of a signing key, 32 byte".getBytes(UTF_8));

  static final String PASSWORD = "canary of a pass phrase";

  static final String PERSON = "Please charge Ms Okafor in Lagos";

  private static final String REASON = "{\"reason\": \"Support case 4711, asked by the customer\"}";
  private static final String RULE =
      "{\"condition\": \"action.tool == 'never'\", \"verdict\": \"deny\", \"message\": \"No.\"}";
  private static final String HOLDING_RULE =
      "{\"condition\": \"true\", \"verdict\": \"escalate\", \"message\": \"Ask.\"}";
  private static final int LABELS_OF_A_KIND = 30;
  private static final int BACKTESTS_AHEAD = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Appliance appliance;
  private final HttpServer receiver;
  private final Caller operator;
  private final Caller admin;

  AuditedSetting() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
          }
        });
    receiver.createContext("/metadata", AuditedSetting::metadata);
    receiver.start();
    Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "it").resolve("data");
    appliance =
        Appliance.start(
            data,
            Map.of(
                "saferun.http.port", Ports.free(),
                "saferun.http.management-port", Ports.free(),
                "saferun.audit.allowed-addresses", List.of("127.0.0.1/32"),
                "saferun.auth.allowed-addresses", List.of("127.0.0.1/32"),
                "saferun.auth.trusted-proxies", List.of("127.0.0.1/32")));
    Api first = new Api(appliance.uri(), Files.readString(data.resolve("bootstrap-key")).strip());
    JsonNode own = first.get("/v1/keys").body().at("/keys/0");
    operator = new Caller(first, own.get("id").asText(), own.get("kind").asText());
    admin = Caller.of(first, made(first.post("/v1/keys", "{\"name\":\"auditor\"}")));
  }

  Appliance appliance() {
    return appliance;
  }

  Caller operator() {
    return operator;
  }

  Caller admin() {
    return admin;
  }

  static String fresh() {
    return "x" + UUID.randomUUID();
  }

  static JsonNode made(Api.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    return answer.body();
  }

  /** A SAML identity provider that changes its key whenever it is asked. */
  private static void metadata(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] document = identityProvider().getBytes(UTF_8);
      exchange.sendResponseHeaders(200, document.length);
      exchange.getResponseBody().write(document);
    }
  }

  static String identityProvider() {
    try {
      Instant now = Instant.now();
      SamlKeyPair key = SamlKeyPair.generate("idp", now, now.plus(Duration.ofDays(9)));
      return """
          <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.test">
          <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
          <KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>
          <X509Certificate>%s</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
          <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
          Location="https://idp.test/sso"/></IDPSSODescriptor></EntityDescriptor>"""
          .formatted(Base64.getEncoder().encodeToString(key.certificate().getEncoded()));
    } catch (CertificateEncodingException never) {
      throw new IllegalStateException(never);
    }
  }

  /** A connection by SAML; its name. */
  String samlConnection() {
    String name = fresh();
    made(
        admin
            .api()
            .put(
                "/v1/sign-in/connections/" + name,
                "{\"protocol\":\"saml\",\"settings\":{\"metadata_url\":\"http://127.0.0.1:%d/metadata\"}}"
                    .formatted(receiver.getAddress().getPort())));
    return name;
  }

  /** A connection by OpenID Connect; its name. */
  String oidcConnection() {
    String name = fresh();
    made(admin.api().put("/v1/sign-in/connections/" + name, oidcBody("Example")));
    return name;
  }

  static String oidcBody(String client) {
    return """
        {"protocol": "oidc", "client_secret": "%s",
         "settings": {"issuer": "https://op.test", "client_id": "%s"}}"""
        .formatted(SIGNING_SECRET, client);
  }

  String domain() {
    String name = fresh() + ".example";
    made(admin.api().put("/v1/sign-in/domains/" + name, "{}"));
    return name;
  }

  /** A member with a role; the id. */
  String member() {
    return made(admin
            .api()
            .post("/v1/members", "{\"user_name\":\"%s\",\"role\":\"viewer\"}".formatted(fresh())))
        .get("id")
        .asText();
  }

  String group() {
    return made(admin.api().post("/v1/groups", "{\"name\":\"%s\"}".formatted(fresh())))
        .get("id")
        .asText();
  }

  /** The grant of a member or a group. */
  String grant(String holder) {
    return made(admin.api().post(holder + "/grants", "{\"role\":\"auditor\"}"))
        .get("grants")
        .findPath("id")
        .asText();
  }

  /** Somebody who signed in by a break-glass account. */
  Caller person() {
    String member = member();
    BreakGlassDoor door = breakGlass(member);
    Api.Answer answer = operator.api().post(door.signInAt(), door.credentials());
    made(answer);
    Api session =
        operator.api().inSession(answer.raw().headers().firstValue("Set-Cookie").orElseThrow());
    return new Caller(session, member, "person");
  }

  /** What somebody types at a break-glass account's door. */
  record BreakGlassDoor(String signInAt, String credentials) {}

  BreakGlassDoor breakGlass(String member) {
    String userName = made(admin.api().get("/v1/members/" + member)).get("user_name").asText();
    JsonNode account =
        made(
            operator.api().put("/v1/break-glass/" + member, "{\"password\":\"" + PASSWORD + "\"}"));
    return new BreakGlassDoor(
        account.get("sign_in_at").asText(),
        "{\"user_name\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}"
            .formatted(userName, PASSWORD, code(account.get("totp_secret").asText())));
  }

  private static String code(String secret) {
    try {
      TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();
      return codes.generateOneTimePasswordString(
          new SecretKeySpec(new Base32().decode(secret), codes.getAlgorithm()), Instant.now());
    } catch (InvalidKeyException never) {
      throw new IllegalStateException(never);
    }
  }

  static String tokenBody() {
    return "{\"name\":\"script\",\"permissions\":[\"runs.read\"],\"expires_at\":\"%s\"}"
        .formatted(Instant.now().plus(Duration.ofDays(1)));
  }

  static String directoryTokenBody() {
    return "{\"name\":\"directory\",\"expires_at\":\"%s\"}"
        .formatted(Instant.now().plus(Duration.ofDays(1)));
  }

  String project() {
    String project = fresh();
    made(admin.api().put("/v1/projects/" + project, "{}"));
    return project;
  }

  Caller agent(String project) {
    return Caller.of(
        admin.api(),
        made(
            admin
                .api()
                .post(
                    "/v1/projects/" + project + "/environments/production/keys",
                    "{\"name\":\"agent\"}")));
  }

  String key(String keys) {
    return made(admin.api().post(keys, "{\"name\":\"to be changed\"}")).get("id").asText();
  }

  String rule(String project) {
    made(admin.api().put("/v1/projects/" + project + "/rules/never", RULE));
    return "never";
  }

  /** A project in which the rule blocks, and then warns: two activations. */
  String activated() {
    String project = project();
    rule(project);
    for (String state : List.of("block", "warn")) {
      made(
          admin
              .api()
              .post(
                  "/v1/projects/" + project + "/environments/production/activations",
                  activation(state)));
    }
    return project;
  }

  static String activation(String state) {
    return """
        {"comment": "for a test", "rules": [{"rule": "never", "state": "%s"}],
         "override": {"reason": "for a test"}}"""
        .formatted(state);
  }

  /** A checked call of production: what its user asked for is sealed. */
  record Checked(String project, Caller agent, String run, String decision) {}

  Checked checked() {
    return checked(project());
  }

  Checked checked(String project) {
    Caller agent = agent(project);
    String run = fresh();
    Checked checked = new Checked(project, agent, run, check(agent, run, false));
    made(admin.api().get("/v1/runs/" + run));
    return checked;
  }

  /** A call of production that waits for a person. */
  record Held(Caller agent, String decision, String callHash) {

    String claim() {
      return "{\"action\": {\"tool\": \"pay.refund\", \"arguments\": {\"amount\": 4500}}}";
    }
  }

  Held held() {
    String project = project();
    made(admin.api().put("/v1/projects/" + project + "/rules/never", HOLDING_RULE));
    made(
        admin
            .api()
            .post(
                "/v1/projects/" + project + "/environments/production/activations",
                activation("block")));
    Caller agent = agent(project);
    JsonNode answer = made(agent.api().post("/v1/check-action", call(fresh(), true)));
    return new Held(
        agent, answer.get("decision_id").asText(), answer.at("/approval/call_hash").asText());
  }

  static String call(String run, boolean planned) {
    return """
        {"run_id": "%s", "action": {"tool": "pay.refund", "arguments": {"amount": 4500}},
         "context": {"user_request": "%s", "plan": {"is_refund": %s}}}"""
        .formatted(run, PERSON, planned);
  }

  private static String check(Caller agent, String run, boolean planned) {
    return made(agent.api().post("/v1/check-action", call(run, planned)))
        .get("decision_id")
        .asText();
  }

  String grant(Checked checked) {
    return made(admin.api().post("/v1/runs/" + checked.run() + "/reveal-grants", REASON))
        .get("grant")
        .asText();
  }

  /** A project with labels of both kinds, enough to fit a model on. */
  String labelled() {
    String project = project();
    Caller agent = agent(project);
    for (int i = 0; i < 2 * LABELS_OF_A_KIND; i++) {
      boolean planned = i % 2 == 0;
      String decision = check(agent, fresh(), planned);
      String label = "{\"label\":\"" + (planned ? "false_positive" : "correct") + "\"}";
      made(agent.api().post("/v1/decisions/" + decision + "/label", label));
    }
    String points = "/v1/projects/" + project + "/intent-models/points";
    await()
        .atMost(PATIENCE)
        .until(() -> made(admin.api().get(points)).path("points").size() == 2 * LABELS_OF_A_KIND);
    return project;
  }

  String backtest(String project) {
    return made(admin
            .api()
            .post("/v1/projects/" + project + "/backtests", "{\"environment\":\"production\"}"))
        .get("id")
        .asText();
  }

  /** A backtest that many others are before. */
  String waitingBacktest(String project) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> ahead = new ArrayList<>();
      for (int i = 0; i < BACKTESTS_AHEAD; i++) {
        ahead.add(threads.submit(() -> backtest(project)));
      }
      for (Future<String> one : ahead) {
        one.get();
      }
    }
    return backtest(project);
  }

  String destination() {
    String name = fresh();
    made(admin.api().put("/v1/audit/destinations/" + name, destinationBody(true)));
    return name;
  }

  /** It takes no code that there is, so that nothing is sent to it but what is asked for. */
  String destinationBody(boolean enabled) {
    return """
        {"type": "webhook", "settings": {"url": "http://127.0.0.1:%d/", "allow_plaintext": true},
         "secrets": {"signing_secret": "%s"}, "codes": ["nothing"], "enabled": %s}"""
        .formatted(receiver.getAddress().getPort(), SIGNING_SECRET, enabled);
  }

  /** An export of the audit log of which there is something to read. */
  String export() {
    String id =
        made(admin.api().post("/v1/audit/exports", "{\"format\":\"json\"}")).get("id").asText();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                made(admin.api().get("/v1/audit/exports/" + id))
                    .get("state")
                    .asText()
                    .equals("done"));
    return id;
  }

  static String reason() {
    return REASON;
  }

  @Override
  public void close() {
    appliance.close();
    receiver.stop(0);
  }
}
