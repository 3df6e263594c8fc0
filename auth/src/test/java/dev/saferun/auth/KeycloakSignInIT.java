package dev.saferun.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.auth.RunningAuth.Answer;
import dev.saferun.auth.RunningAuth.Caller;
import dev.saferun.auth.peers.Browser;
import dev.saferun.auth.peers.Keycloak;
import dev.saferun.auth.peers.Page;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People come from a real Keycloak, by OpenID Connect and by SAML, in a browser. */
class KeycloakSignInIT {

  private static final Pattern CERTIFICATE = Pattern.compile("<(?:\\w+:)?X509Certificate>([^<]+)<");

  @SuppressWarnings("NullAway.Init")
  private static Keycloak keycloak;

  @SuppressWarnings("NullAway.Init")
  private static RunningAuth auth;

  private final Browser browser = new Browser("nowhere:");

  @SuppressWarnings("NullAway.Init")
  private Caller admin;

  @BeforeAll
  static void start(@TempDir Path keycloakHome, @TempDir Path data) throws Exception {
    keycloak = Keycloak.start(keycloakHome);
    auth = RunningAuth.start(data);
  }

  @AfterAll
  static void stop() {
    auth.close();
    keycloak.close();
  }

  /** An organization of its own for each test. */
  @BeforeEach
  void open() {
    admin =
        auth.anybody()
            .withToken(
                auth.operator()
                    .put("/v1/organizations/o-" + UUID.randomUUID(), "{}")
                    .expect(201)
                    .body()
                    .at("/admin_key/key")
                    .asText());
  }

  /** A connection of this organization, and its client at Keycloak. */
  private JsonNode oidc(String more) {
    String client = "c" + UUID.randomUUID();
    JsonNode connection =
        admin
            .put(
                "/v1/sign-in/connections/sso",
                """
                {"protocol": "oidc", "client_secret": "canary-of-a-client", "just_in_time": true,
                 "settings": {"issuer": "%s", "client_id": "%s"}%s}"""
                    .formatted(keycloak.issuer(), client, more))
            .expect(200)
            .body();
    keycloak.addClient(
        """
        {"clientId": "%s", "protocol": "openid-connect", "secret": "canary-of-a-client",
         "redirectUris": ["%s"],
         "attributes": {"post.logout.redirect.uris": "%s/sign-in",
           "backchannel.logout.session.required": "true", "backchannel.logout.url": "%s"},
         "protocolMappers": [{"name": "groups", "protocol": "openid-connect",
           "protocolMapper": "oidc-group-membership-mapper",
           "config": {"claim.name": "groups", "full.path": "false", "id.token.claim": "true"}}]}"""
            .formatted(
                client,
                connection.get("redirect_uri").asText(),
                auth.base(),
                connection.get("backchannel_logout_uri").asText()));
    return connection;
  }

  private JsonNode saml(boolean encrypted) {
    JsonNode connection =
        admin
            .put(
                "/v1/sign-in/connections/sso",
                """
                {"protocol": "saml", "just_in_time": true, "default_role": "viewer",
                 "settings": {"metadata_url": "%s", "binding": "post", "want_encryption": %s}}"""
                    .formatted(keycloak.samlMetadataUrl(), encrypted))
            .expect(200)
            .body();
    keycloak.addClient(samlClient(connection, encrypted));
    return connection;
  }

  private String samlClient(JsonNode connection, boolean encrypted) {
    String key = certificate(connection);
    return """
        {"clientId": "%s", "protocol": "saml", "frontchannelLogout": false,
         "redirectUris": ["%s"],
         "attributes": {"saml.client.signature": "true", "saml.assertion.signature": "true",
           "saml.server.signature": "true", "saml.signature.algorithm": "RSA_SHA256",
           "saml_name_id_format": "username", "saml_force_name_id_format": "true",
           "saml.encrypt": "%s", "saml.signing.certificate": "%s",
           "saml.encryption.certificate": "%s",
           "saml.encryption.algorithm": "http://www.w3.org/2009/xmlenc11#aes256-gcm",
           "saml.encryption.keyAlgorithm": "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
           "saml_assertion_consumer_url_post": "%s",
           "saml_single_logout_service_url_post": "%s",
           "saml_single_logout_service_url_redirect": "%s"},
         "protocolMappers": [
           {"name": "email", "protocol": "saml", "protocolMapper": "saml-user-property-mapper",
            "config": {"user.attribute": "email", "attribute.name": "email"}},
           {"name": "groups", "protocol": "saml", "protocolMapper": "saml-group-membership-mapper",
            "config": {"attribute.name": "groups", "full.path": "false", "single": "true"}}]}"""
        .formatted(
            connection.get("entity_id").asText(),
            connection.get("assertion_consumer_url").asText(),
            encrypted,
            key,
            key,
            connection.get("assertion_consumer_url").asText(),
            connection.get("single_logout_url").asText(),
            connection.get("single_logout_url").asText());
  }

  private static String certificate(JsonNode connection) {
    String path = URI.create(connection.get("entity_id").asText()).getPath();
    Matcher found = CERTIFICATE.matcher(auth.anybody().get(path).expect(200).raw().body());
    assertThat(found.find()).isTrue();
    return found.group(1).replaceAll("\\s|&#xD;", "");
  }

  private Page logIn(JsonNode connection, String name) {
    return browser.submit(
        browser.open(connection.get("sign_in_at").asText()),
        Map.of("username", name, "password", "canary-of-" + name));
  }

  /** The session that the browser is in. */
  private Caller session() {
    Caller bare = auth.anybody().with("Cookie", browser.cookies(auth.base() + "/"));
    JsonNode who = bare.get("/v1/session").expect(200).body();
    return bare.with("X-CSRF-Token", who.get("csrf_token").asText());
  }

  private List<JsonNode> events(String code) {
    JsonNode page = admin.get("/v1/audit/events?limit=100&code=" + code).expect(200).body();
    return StreamSupport.stream(page.get("events").spliterator(), false).toList();
  }

  private void group(String name, String role) {
    String id =
        admin
            .post("/v1/groups", "{\"name\":\"%s\"}".formatted(name))
            .expect(201)
            .body()
            .get("id")
            .asText();
    admin.post("/v1/groups/" + id + "/grants", "{\"role\":\"%s\"}".formatted(role)).expect(201);
  }

  @Test
  void byOpenIdConnectWithTheRolesOfOnesGroups() {
    group("engineers", "engineer");
    JsonNode connection = oidc("");
    logIn(connection, "ada");
    JsonNode who = session().get("/v1/session").expect(200).body();
    assertThat(who.get("permissions"))
        .extracting(JsonNode::asText)
        .contains("rules.activate")
        .doesNotContain("members.write");
    assertThat(events("login.succeeded"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.at("/actor/id").asText()).isEqualTo(who.get("id").asText());
              assertThat(event.at("/after/protocol").asText()).isEqualTo("oidc");
            });
    assertThat(events("member.created")).hasSize(1);
    assertThat(events("identity.linked")).hasSize(1);
    assertThat(admin.get("/v1/sign-in/connections/sso").body().get("proven_at").asText())
        .isNotEmpty();
  }

  @Test
  void theWayOutEndsBothSessions() {
    logIn(oidc(""), "ada");
    Caller session = session();
    Answer out = session.post("/v1/session/sign-out", "").expect(200);
    session.get("/v1/session").expect(401);
    Page back = browser.open(out.body().get("location").asText());
    assertThat(back.address().toString()).startsWith(auth.base() + "/sign-in");
    assertThat(events("session.ended")).hasSize(1);
  }

  @Test
  void whatEndsAtTheProviderEndsHere() {
    logIn(oidc(""), "ada");
    Caller session = session();
    keycloak.logOut("ada");
    await().atMost(Duration.ofSeconds(20)).until(() -> session.get("/v1/session").status() == 401);
    assertThat(events("logout.by_provider")).hasSize(1);
  }

  @Test
  void aChangeOfTheProvidersKeysIsFollowed() {
    JsonNode connection = oidc("");
    logIn(connection, "ada");
    keycloak.rotateKeys();
    // An unknown key is looked for again when the last look is half a minute old.
    auth.clock().move(Duration.ofSeconds(31));
    try (Browser other = new Browser("nowhere:")) {
      Page page =
          other.submit(
              other.open(connection.get("sign_in_at").asText()),
              Map.of("username", "eve", "password", "canary-of-eve"));
      assertThat(page.address().toString()).isEqualTo(auth.base() + "/");
    } finally {
      auth.clock().move(Duration.ofSeconds(-31));
    }
    assertThat(events("login.succeeded")).hasSize(2);
  }

  @Test
  void anAddressThatNobodyVouchesForIsNobody() {
    JsonNode connection = oidc(", \"default_role\": \"viewer\"");
    admin.post("/v1/members", "{\"user_name\":\"eve@example.com\",\"role\":\"admin\"}").expect(201);
    admin
        .post("/v1/members", "{\"user_name\":\"ada@example.com\",\"role\":\"auditor\"}")
        .expect(201);
    logIn(connection, "eve");
    assertThat(session().get("/v1/session").body().get("permissions"))
        .as("no admin")
        .extracting(JsonNode::asText)
        .contains("runs.read")
        .doesNotContain("members.write");
  }

  @Test
  void aProvenDomainLinksAndFindsTheWay() {
    JsonNode connection = oidc("");
    String domain = "example.com";
    admin.put("/v1/sign-in/domains/" + domain, "{\"connection\":\"sso\"}").expect(200);
    admin.post("/v1/sign-in/domains/" + domain + "/vouching", "").expect(403);
    admin.post("/v1/sign-in/domains/" + domain + "/verification", "").expect(409);
    String find = "/sign-in/find?email=" + encoded("Ada@Example.COM");
    assertThat(auth.anybody().get(find).expect(200).raw().body()).contains("Nobody");
    assertThat(connection.get("proven_at")).isNull();
  }

  /** By the operator, in the operator's own organization: nobody else vouches. */
  @Test
  void whoIsVouchedForIsLinkedAndSignsInByTheAddressAlone() {
    admin = auth.operator();
    JsonNode connection = oidc("");
    String domain = "example.com";
    admin.put("/v1/sign-in/domains/" + domain, "{\"connection\":\"sso\"}").expect(200);
    admin.post("/v1/sign-in/domains/" + domain + "/vouching", "").expect(200);
    String ada =
        admin
            .post("/v1/members", "{\"user_name\":\"ada@example.com\",\"role\":\"owner\"}")
            .expect(201)
            .body()
            .get("id")
            .asText();
    Page form = browser.open(auth.base() + "/sign-in/find?email=" + encoded("Ada@Example.COM"));
    browser.submit(form, Map.of("username", "ada", "password", "canary-of-ada"));
    JsonNode who = session().get("/v1/session").expect(200).body();
    assertThat(who.get("id").asText()).isEqualTo(ada);
    assertThat(connection.get("name").asText()).isEqualTo("sso");

    Caller owner = session();
    owner.put("/v1/sign-in/policy", "{\"sso_enforced\":true}").expect(409);
    auth.person("owner").signIn();
    owner.put("/v1/sign-in/policy", "{\"sso_enforced\":true}").expect(200);
    assertThat(events("sign-in.changed")).hasSize(1);
    owner.put("/v1/sign-in/policy", "{\"sso_enforced\":false}").expect(200);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void aConnectionIsTriedBeforeItIsEnabled() {
    JsonNode connection = oidc(", \"enabled\": false");
    assertThat(browser.open(connection.get("sign_in_at").asText()).status()).isEqualTo(404);
    String url =
        admin.post("/v1/sign-in/connections/sso/trial", "").expect(200).body().get("url").asText();
    Page page =
        browser.submit(browser.open(url), Map.of("username", "ada", "password", "canary-of-ada"));
    assertThat(page.document().text()).contains("It works");
    assertThat(browser.cookies(auth.base() + "/")).doesNotContain("__Host-saferun=srt");
    assertThat(events("connection.tried")).hasSize(1);
    assertThat(events("login.succeeded")).isEmpty();
    assertThat(browser.open(url.replace("trial=", "trial=9")).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bySaml(boolean encrypted) {
    group("reviewers", "reviewer");
    JsonNode connection = saml(encrypted);
    logIn(connection, "ada");
    JsonNode who = session().get("/v1/session").expect(200).body();
    assertThat(who.get("permissions"))
        .extracting(JsonNode::asText)
        .contains("approvals.decide", "runs.read")
        .doesNotContain("rules.write");
    assertThat(events("login.succeeded"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.at("/after/protocol").asText()).isEqualTo("saml");
              assertThat(event.at("/after/subject").asText()).isEqualTo("ada");
            });
  }

  @Test
  void samlEndsAtBothEnds() {
    logIn(saml(false), "ada");
    Caller session = session();
    JsonNode out = session.post("/v1/session/sign-out", "").expect(200).body();
    session.get("/v1/session").expect(401);
    assertThat(out.get("location").asText()).startsWith(keycloak.base());
    assertThat(out.get("form").get("SAMLRequest").asText()).isNotEmpty();
  }

  /** Keycloak posts the logout request itself. */
  @Test
  void whatEndsAtTheSamlProviderEndsHere() {
    logIn(saml(false), "ada");
    Caller session = session();
    keycloak.logOut("ada");
    await().atMost(Duration.ofSeconds(20)).until(() -> session.get("/v1/session").status() == 401);
    assertThat(events("logout.by_provider")).hasSize(1);
  }

  @Test
  void samlsKeysChangeAtBothEnds() {
    JsonNode connection = saml(false);
    logIn(connection, "ada");
    keycloak.rotateKeys();
    assertThat(again(connection).status()).as("a key that we do not know").isEqualTo(403);
    admin.post("/v1/sign-in/connections/sso/metadata-refresh", "").expect(200);
    assertThat(again(connection).status()).isNotEqualTo(403);

    String first = certificate(connection);
    admin.post("/v1/sign-in/connections/sso/keys", "{\"step\":\"add\"}").expect(200);
    assertThat(certificate(connection)).isEqualTo(first);
    admin.post("/v1/sign-in/connections/sso/keys", "{\"step\":\"switch\"}").expect(200);
    assertThat(certificate(connection)).isNotEqualTo(first);
    admin.post("/v1/sign-in/connections/sso/keys", "{\"step\":\"drop\"}").expect(200);
    assertThat(
            auth.anybody()
                .get(URI.create(connection.get("entity_id").asText()).getPath())
                .raw()
                .body())
        .doesNotContain(first.substring(0, 60));
    assertThat(events("login.refused"))
        .singleElement()
        .satisfies(event -> assertThat(event.at("/after/why").asText()).isNotEmpty());
  }

  private static Page again(JsonNode connection) {
    try (Browser other = new Browser("nowhere:")) {
      return other.submit(
          other.open(connection.get("sign_in_at").asText()),
          Map.of("username", "ada", "password", "canary-of-ada"));
    }
  }

  @Test
  void anotherBrowsersAnswerIsRefused() {
    JsonNode connection = saml(false);
    Page form = browser.open(connection.get("sign_in_at").asText());
    try (Browser thief = new Browser(connection.get("assertion_consumer_url").asText())) {
      Page stopped =
          thief.submit(
              thief.open(connection.get("sign_in_at").asText()),
              Map.of("username", "ada", "password", "canary-of-ada"));
      String response = stopped.form().getOrDefault("SAMLResponse", List.of()).getFirst();
      Answer refused =
          auth.anybody()
              .with("Content-Type", "application/x-www-form-urlencoded")
              .post(
                  URI.create(connection.get("assertion_consumer_url").asText()).getPath(),
                  "SAMLResponse=" + encoded(response));
      assertThat(refused.status()).as("without the cookie of its flow").isEqualTo(403);
      assertThat(refused.raw().headers().allValues("Set-Cookie"))
          .noneMatch(cookie -> cookie.startsWith("__Host-saferun="));
    }
    assertThat(form.status()).isEqualTo(200);
    assertThat(events("login.succeeded")).isEmpty();
  }
}
