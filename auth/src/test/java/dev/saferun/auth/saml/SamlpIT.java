package dev.saferun.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against samlp, an identity provider written in JavaScript, which verifies our requests and whose
 * answers a browser brings back.
 */
class SamlpIT {

  private static final String ISSUER = "urn:saferun:test:samlp";
  private static final String STATE = "to/the page & back";

  private static int port;

  @SuppressWarnings("NullAway.Init")
  private static PeerProcess provider;

  private final Browser browser = new Browser();
  private final SamlResponses responses = new SamlResponses();

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    port = PeerProcess.freePort();
    provider =
        PeerProcess.start(
            PeerFiles.npm("saml-idp"),
            directory.resolve("peer.log"),
            List.of("node", "--no-deprecation", PeerFiles.PEERS.resolve("saml-idp.mjs").toString()),
            Map.of("CONFIGURATION", configuration()),
            port);
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  private static String configuration() throws Exception {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("issuer", ISSUER);
    values.put("key", pem("PRIVATE KEY", Keys.PROVIDER.privateKey().getEncoded()));
    values.put("cert", pem("CERTIFICATE", Keys.PROVIDER.certificate().getEncoded()));
    values.put("spCert", pem("CERTIFICATE", Keys.SIGNING.certificate().getEncoded()));
    values.put("encryptionCert", pem("CERTIFICATE", Keys.DECRYPTION.certificate().getEncoded()));
    values.put(
        "encryptionPublicKey",
        pem("PUBLIC KEY", Keys.DECRYPTION.certificate().getPublicKey().getEncoded()));
    values.put("spEntityId", Connections.SP);
    values.put("acs", Connections.ACS);
    values.put("slo", Connections.SLO);
    StringBuilder json = new StringBuilder("{\"port\":" + port);
    values.forEach(
        (name, value) -> json.append(",\"%s\":\"%s\"".formatted(name, value.replace("\n", "\\n"))));
    return json.append('}').toString();
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            what,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes),
            what);
  }

  private static SamlConnection connection(String protection, SamlBinding binding) {
    return new SamlConnection(
        Connections.standard().serviceProvider(),
        new IdentityProvider(
            ISSUER,
            new SamlEndpoint(binding, "http://127.0.0.1:" + port + "/" + protection + "/sso"),
            new SamlEndpoint(
                binding,
                "http://127.0.0.1:"
                    + port
                    + (binding == SamlBinding.POST ? "/slo/post" : "/slo/redirect")),
            List.of(Keys.PROVIDER.certificate())),
        SamlPolicy.DEFAULT,
        new AttributeNames(null, null, null));
  }

  /** Carries a request there, past the form that asks who it is, if it comes. */
  private Browser.Page throughLogin(SamlMessage request) throws Exception {
    Browser.Page page = browser.carry(request);
    if (page.hasForm() && page.fields().containsKey("user")) {
      Map<String, String> login = new LinkedHashMap<>(page.fields());
      login.put("user", "alice");
      page = browser.post(page.action(), login);
    }
    return page.status() == 302
        ? browser.get(URI.create(page.address()).resolve(page.location()).toString())
        : page;
  }

  private SamlOutcome login(SamlConnection connection) throws Exception {
    SamlMessage request = AuthnRequests.create(connection, STATE, false, Instant.now());
    Browser.Page page = throughLogin(request);
    assertThat(page.action()).isEqualTo(Connections.ACS);
    assertThat(page.fields()).containsEntry("RelayState", STATE);
    return responses.read(
        connection,
        String.valueOf(page.fields().get("SAMLResponse")),
        Expectation.answerTo(request.id(), Instant.now()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assertion",
        "response",
        "both",
        "prefixed",
        "encrypted",
        "encrypted-in-response",
        "encrypted-128"
      })
  void aPersonLogsIn(String protection) throws Exception {
    for (SamlBinding binding : SamlBinding.values()) {
      SamlOutcome outcome = login(connection(protection, binding));
      assertThat(outcome).isInstanceOf(SamlOutcome.Accepted.class);
      SamlLogin login = ((SamlOutcome.Accepted) outcome).login();
      assertThat(login.subject().value()).isEqualTo("alice");
      assertThat(login.sessionIndex()).isNotNull();
      assertThat(login.value(CLAIMS + "emailaddress")).hasValue("alice@example.com");
      assertThat(login.value(CLAIMS + "name")).hasValue("Alice <of> \"Example\" & Sons");
      assertThat(login.values("http://schemas.passportjs.com/groups"))
          .containsExactly("staff", "ops");
    }
  }

  private static final String CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

  @Test
  void weakOnesAreRefused() throws Exception {
    assertThat(login(connection("sha1", SamlBinding.REDIRECT)))
        .isInstanceOfSatisfying(
            SamlOutcome.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(SamlRefusal.WEAK));
    assertThat(login(connection("encrypted-cbc", SamlBinding.REDIRECT)))
        .isInstanceOfSatisfying(
            SamlOutcome.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(SamlRefusal.ENCRYPTION));
  }

  /** The negative control: it does verify what we send. */
  @Test
  void aRequestOfAnotherKeyIsNotTaken() throws Exception {
    for (SamlBinding binding : SamlBinding.values()) {
      SamlConnection ours = connection("both", binding);
      SamlConnection forged =
          new SamlConnection(
              new ServiceProvider(
                  Connections.SP,
                  Connections.ACS,
                  Connections.SLO,
                  List.of(Keys.ATTACKER),
                  List.of()),
              ours.identityProvider(),
              ours.policy(),
              ours.attributes());
      Browser.Page page = throughLogin(AuthnRequests.create(forged, null, false, Instant.now()));
      assertThat(page.status()).isEqualTo(500);
      assertThat(page.text()).contains("ignature");
    }
  }

  @Test
  void itsMetadataIsRead() throws Exception {
    byte[] metadata =
        browser
            .get("http://127.0.0.1:" + port + "/metadata/FederationMetadata.xml")
            .text()
            .getBytes(StandardCharsets.UTF_8);
    MetadataOutcome outcome = IdpMetadata.read(metadata, Instant.now());
    assertThat(outcome).isInstanceOf(MetadataOutcome.Read.class);
    IdentityProvider read = ((MetadataOutcome.Read) outcome).metadata().identityProvider();
    assertThat(read.entityId()).isEqualTo(ISSUER);
    assertThat(read.certificates()).containsExactly(Keys.PROVIDER.certificate());
    SamlConnection standard = Connections.standard();
    assertThat(
            login(
                new SamlConnection(
                    standard.serviceProvider(), read, standard.policy(), standard.attributes())))
        .isInstanceOf(SamlOutcome.Accepted.class);
  }

  @Test
  void weLogOutThere() throws Exception {
    for (SamlBinding binding : SamlBinding.values()) {
      browser.get("http://127.0.0.1:" + port + "/forget");
      SamlConnection connection = connection("both", binding);
      SamlLogin login = ((SamlOutcome.Accepted) login(connection)).login();
      SamlMessage request =
          LogoutMessages.request(
              connection,
              login.subject(),
              List.of(String.valueOf(login.sessionIndex())),
              "out",
              Instant.now());
      ReceivedMessage answer = received(browser.carry(request), "SAMLResponse");
      assertThat(
              new LogoutMessages()
                  .read(connection, answer, Expectation.answerTo(request.id(), Instant.now())))
          .isEqualTo(new LogoutOutcome.Answered(true, "out"));
    }
  }

  @Test
  void theyLogOutHere() throws Exception {
    for (SamlBinding binding : SamlBinding.values()) {
      browser.get("http://127.0.0.1:" + port + "/forget");
      SamlConnection connection = connection("both", binding);
      SamlLogin login = ((SamlOutcome.Accepted) login(connection)).login();
      SamlEndpoint logout = Objects.requireNonNull(connection.identityProvider().singleLogout());
      ReceivedMessage request = received(browser.get(logout.location()), "SAMLRequest");
      LogoutOutcome outcome =
          new LogoutMessages().read(connection, request, Expectation.unsolicited(Instant.now()));
      assertThat(outcome).isInstanceOf(LogoutOutcome.Asked.class);
      LogoutOutcome.Asked asked = (LogoutOutcome.Asked) outcome;
      assertThat(asked.subject().value()).isEqualTo("alice");
      assertThat(asked.sessionIndexes()).containsExactly(String.valueOf(login.sessionIndex()));
      Browser.Page end =
          browser.carry(LogoutMessages.answer(connection, asked, true, Instant.now()));
      assertThat(end.status()).as(end.text()).isEqualTo(200);
    }
  }

  /** A message to us, where the browser would bring it. */
  private static ReceivedMessage received(Browser.Page page, String field) {
    if (page.hasForm()) {
      assertThat(page.action()).isEqualTo(Connections.SLO);
      Map<String, String> fields = page.fields();
      assertThat(fields).containsKey(field);
      return new ReceivedMessage.Form(
          fields.get("SAMLRequest"), fields.get("SAMLResponse"), fields.get("RelayState"));
    }
    assertThat(page.location()).as(page.text()).startsWith(Connections.SLO + "?" + field);
    return new ReceivedMessage.Query(page.location().substring(Connections.SLO.length() + 1));
  }
}
