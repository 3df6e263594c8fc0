package dev.saferun.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is signed here is verified by another implementation, in C. */
class XmlsecIT {

  @TempDir private static Path directory;

  @BeforeAll
  static void find() throws Exception {
    assumeTrue(
        PeerRun.ends(List.of("xmlsec1", "--version")),
        "xmlsec1 is missing: bin/setup installs it, and nothing here was verified by it");
  }

  private static boolean verifies(byte[] document, Name root, SamlKeyPair key) throws Exception {
    Path file = Files.write(directory.resolve("signed.xml"), document);
    Path certificate =
        Files.writeString(
            directory.resolve("key.pem"),
            "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(key.certificate().getEncoded())
                + "\n-----END CERTIFICATE-----\n");
    return PeerRun.ends(
        new ArrayList<>(
            List.of(
                "xmlsec1",
                "--verify",
                "--id-attr:ID",
                root.namespace() + ":" + root.local(),
                "--pubkey-cert-pem",
                certificate.toString(),
                file.toString())));
  }

  @Test
  void itAgreesWithOurRequests() throws Exception {
    for (SamlKeyPair key : List.of(Keys.SIGNING, Keys.SIGNING_EC)) {
      SamlMessage message =
          AuthnRequests.create(
              Connections.signingBy(key, SamlBinding.POST), null, false, Connections.NOW);
      byte[] document =
          Base64.getDecoder()
              .decode(
                  String.valueOf(
                      ((SamlDelivery.Post) message.delivery()).fields().get("SAMLRequest")));
      assertThat(verifies(document, Names.AUTHN_REQUEST, key)).isTrue();
      assertThat(verifies(document, Names.AUTHN_REQUEST, Keys.ATTACKER)).isFalse();
      assertThat(verifies(damaged(document), Names.AUTHN_REQUEST, key)).isFalse();
    }
  }

  private static byte[] damaged(byte[] document) {
    return new String(document, StandardCharsets.UTF_8)
        .replace(Connections.SP, Connections.SP + "x")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void itAgreesWithOurLogoutRequests() throws Exception {
    SamlMessage message =
        LogoutMessages.request(
            Connections.signingBy(Keys.SIGNING, SamlBinding.POST),
            new NameId(Drafts.USER, null, null, null),
            List.of(),
            null,
            Connections.NOW);
    byte[] document =
        Base64.getDecoder()
            .decode(
                String.valueOf(
                    ((SamlDelivery.Post) message.delivery()).fields().get("SAMLRequest")));
    assertThat(verifies(document, Names.LOGOUT_REQUEST, Keys.SIGNING)).isTrue();
  }

  @Test
  void itAgreesWithOurMetadata() throws Exception {
    byte[] metadata = SpMetadata.write(Connections.standard());
    Name root = new Name(Names.METADATA, "EntityDescriptor");
    assertThat(verifies(metadata, root, Keys.SIGNING)).isTrue();
    assertThat(verifies(damaged(metadata), root, Keys.SIGNING)).isFalse();
  }
}
