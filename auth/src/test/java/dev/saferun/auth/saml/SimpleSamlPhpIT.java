package dev.saferun.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against SimpleSAMLphp, an identity provider written in PHP, from Debian's package. */
class SimpleSamlPhpIT {

  private static final String STATE = "to/the page & back";

  private static int port;
  private static @Nullable PeerProcess provider;

  private final Browser browser = new Browser();
  private final LogoutMessages logout = new LogoutMessages();

  @BeforeAll
  static void start(@TempDir Path here) throws Exception {
    assumeTrue(
        PeerRun.ends(List.of("php", "-r", "exit(extension_loaded('dom') ? 0 : 1);")),
        "php with its XML extension is missing: bin/setup installs it, and nobody logged in there");
    Path program = PeerFiles.debian("simplesamlphp");
    port = PeerProcess.freePort();
    configure(here);
    provider =
        PeerProcess.start(
            program.resolve("usr/share/simplesamlphp/www"),
            here.resolve("php.log"),
            List.of("php", "-S", "127.0.0.1:" + port, "-t", "."),
            environment(here),
            port);
  }

  @AfterAll
  static void stop() {
    if (provider != null) {
      provider.close();
    }
  }

  private static void configure(Path here) throws Exception {
    Files.createDirectories(here.resolve("tmp"));
    copy("config", here.resolve("config/config.php"));
    copy("authsources", here.resolve("config/authsources.php"));
    copy("idp-hosted", here.resolve("metadata/saml20-idp-hosted.php"));
    copy("sp-remote", here.resolve("metadata/saml20-sp-remote.php"));
    pem(here.resolve("idp.key"), "PRIVATE KEY", Keys.PROVIDER.privateKey().getEncoded());
    pem(here.resolve("idp.crt"), "CERTIFICATE", Keys.PROVIDER.certificate().getEncoded());
  }

  private static void copy(String name, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(PeerFiles.PEERS.resolve("saml-php-" + name + ".php"), to);
  }

  private static void pem(Path file, String what, byte[] bytes) throws IOException {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, lines));
  }

  private static Map<String, String> environment(Path here) throws Exception {
    return Map.of(
        "SIMPLESAMLPHP_CONFIG_DIR",
        here.resolve("config").toString(),
        "HERE",
        here.toString(),
        "PORT",
        Integer.toString(port),
        "SP_ENTITY_ID",
        Connections.SP,
        "ACS",
        Connections.ACS,
        "SLO",
        Connections.SLO,
        "SP_SIGNING",
        base64(Keys.SIGNING.certificate()),
        "SP_ENCRYPTION",
        base64(Keys.DECRYPTION.certificate()));
  }

  private static String base64(X509Certificate certificate) throws Exception {
    return Base64.getEncoder().encodeToString(certificate.getEncoded());
  }

  private SamlConnection connection(String protection, SamlKeyPair key) throws Exception {
    byte[] document =
        browser
            .get("http://127.0.0.1:" + port + "/saml2/idp/metadata.php")
            .text()
            .getBytes(StandardCharsets.UTF_8);
    MetadataOutcome outcome = IdpMetadata.read(document, Instant.now());
    assertThat(outcome).isInstanceOf(MetadataOutcome.Read.class);
    return new SamlConnection(
        new ServiceProvider(
            Connections.SP + "/" + protection,
            Connections.ACS,
            Connections.SLO,
            List.of(key),
            List.of(Keys.DECRYPTION)),
        ((MetadataOutcome.Read) outcome).metadata().identityProvider(),
        SamlPolicy.DEFAULT,
        new AttributeNames(null, null, null));
  }

  /** Carries a request there, past the form that asks who it is. */
  private Browser.Page throughLogin(SamlMessage request) throws Exception {
    Browser.Page page = followed(browser.carry(request));
    if (page.hasForm() && page.fields().containsKey("username")) {
      Map<String, String> fields = new LinkedHashMap<>(page.fields());
      fields.put("username", "alice");
      fields.put("password", "secret");
      page = followed(browser.post(page.action(), fields));
    }
    return page;
  }

  /** As far as it stays over there. */
  private Browser.Page followed(Browser.Page start) throws Exception {
    Browser.Page page = start;
    while (!page.location().isEmpty() && !page.location().startsWith(Connections.SLO)) {
      page = browser.get(URI.create(page.address()).resolve(page.location()).toString());
    }
    return page;
  }

  private SamlOutcome login(SamlConnection connection) throws Exception {
    SamlMessage request = AuthnRequests.create(connection, STATE, false, Instant.now());
    Browser.Page page = throughLogin(request);
    assertThat(page.action()).as(page.text()).isEqualTo(Connections.ACS);
    assertThat(page.fields()).containsEntry("RelayState", STATE);
    return new SamlResponses()
        .read(
            connection,
            String.valueOf(page.fields().get("SAMLResponse")),
            Expectation.answerTo(request.id(), Instant.now()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"both", "assertion", "response", "sha512"})
  void aPersonLogsIn(String protection) throws Exception {
    SamlOutcome outcome = login(connection(protection, Keys.SIGNING));
    assertThat(outcome).isInstanceOf(SamlOutcome.Accepted.class);
    SamlLogin login = ((SamlOutcome.Accepted) outcome).login();
    assertThat(login.subject().value()).isEqualTo("alice");
    assertThat(login.sessionIndex()).isNotNull();
    assertThat(login.sessionUntil()).isNotNull();
    assertThat(login.attributes())
        .isEqualTo(
            Map.of(
                "uid",
                List.of("alice"),
                "mail",
                List.of("alice@example.com"),
                "cn",
                List.of("Älice <of> \"Example\" & Sons"),
                "groups",
                List.of("staff", "ops")));
  }

  /** This version encrypts by CBC alone: it has to be asked not to encrypt. */
  @Test
  void weakOnesAreRefused() throws Exception {
    assertThat(login(connection("sha1", Keys.SIGNING)))
        .isInstanceOfSatisfying(
            SamlOutcome.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(SamlRefusal.WEAK));
    assertThat(login(connection("encrypted-cbc", Keys.SIGNING)))
        .isInstanceOfSatisfying(
            SamlOutcome.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(SamlRefusal.ENCRYPTION));
  }

  /** The negative control: it does verify what we send. */
  @Test
  void aRequestOfAnotherKeyIsNotTaken() throws Exception {
    SamlConnection forged = connection("both", Keys.ATTACKER);
    Browser.Page page = throughLogin(AuthnRequests.create(forged, null, false, Instant.now()));
    assertThat(page.text()).contains("Unable to validate signature on query string.");
    assertThat(page.fields()).doesNotContainKeys("SAMLResponse", "username");
  }

  @Test
  void weLogOutThere() throws Exception {
    SamlConnection connection = connection("both", Keys.SIGNING);
    SamlLogin login = ((SamlOutcome.Accepted) login(connection)).login();
    SamlMessage request =
        LogoutMessages.request(
            connection,
            login.subject(),
            List.of(String.valueOf(login.sessionIndex())),
            "out",
            Instant.now());
    assertThat(
            logout.read(
                connection,
                received(followed(browser.carry(request))),
                Expectation.answerTo(request.id(), Instant.now())))
        .isEqualTo(new LogoutOutcome.Answered(true, "out"));
  }

  @Test
  void theyLogOutHere() throws Exception {
    SamlConnection connection = connection("both", Keys.SIGNING);
    SamlLogin login = ((SamlOutcome.Accepted) login(connection)).login();
    SamlEndpoint endpoint = Objects.requireNonNull(connection.identityProvider().singleLogout());
    String end = "http://127.0.0.1:" + port + "/saml2/idp/metadata.php";
    Browser.Page page = followed(browser.get(endpoint.location() + "?ReturnTo=" + end));
    LogoutOutcome outcome =
        logout.read(connection, received(page), Expectation.unsolicited(Instant.now()));
    assertThat(outcome).isInstanceOf(LogoutOutcome.Asked.class);
    LogoutOutcome.Asked asked = (LogoutOutcome.Asked) outcome;
    assertThat(asked.subject()).isEqualTo(login.subject());
    assertThat(asked.sessionIndexes()).containsExactly(String.valueOf(login.sessionIndex()));
    page = followed(browser.carry(LogoutMessages.answer(connection, asked, true, Instant.now())));
    assertThat(page.address()).isEqualTo(end);
  }

  private static ReceivedMessage received(Browser.Page page) {
    assertThat(page.location()).as(page.text()).startsWith(Connections.SLO + "?");
    return new ReceivedMessage.Query(page.location().substring(Connections.SLO.length() + 1));
  }
}
