package dev.saferun.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class AuthnRequestsTest {

  private static SamlMessage create(SamlKeyPair key, SamlBinding binding, boolean force) {
    return AuthnRequests.create(
        Connections.signingBy(key, binding), "to/ the&page", force, Connections.NOW);
  }

  @Test
  void aRedirectIsSignedOverItsQuery() throws Exception {
    for (SamlKeyPair key : List.of(Keys.SIGNING, Keys.SIGNING_EC)) {
      SamlMessage message = create(key, SamlBinding.REDIRECT, false);
      String query = Queries.raw(message);
      assertThat(query).startsWith("tenant=1&SAMLRequest=");
      String signed = query.substring(query.indexOf("SAMLRequest"), query.indexOf("&Signature="));
      Map<String, String> parameters = Queries.parameters(query);
      boolean isRsa = key.equals(Keys.SIGNING);
      assertThat(parameters)
          .containsEntry("RelayState", "to/ the&page")
          .containsEntry(
              "SigAlg",
              "http://www.w3.org/2001/04/xmldsig-more#" + (isRsa ? "rsa" : "ecdsa") + "-sha256");
      Signature verifier =
          Signature.getInstance(isRsa ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
      verifier.initVerify(key.certificate().getPublicKey());
      verifier.update(signed.getBytes(StandardCharsets.UTF_8));
      assertThat(verifier.verify(Base64.getDecoder().decode(parameters.get("Signature")))).isTrue();
    }
  }

  @Test
  void aRequestSaysWhatItWants() throws Exception {
    SamlMessage message = create(Keys.SIGNING, SamlBinding.REDIRECT, true);
    Element root =
        Documents.parse(
                Queries.inflated(
                    String.valueOf(Queries.parameters(Queries.raw(message)).get("SAMLRequest"))))
            .getDocumentElement();
    assertThat(Names.AUTHN_REQUEST.is(root)).isTrue();
    assertThat(root.getAttribute("ID")).isEqualTo(message.id()).matches("_[0-9a-f]{40}");
    assertThat(root.getAttribute("Version")).isEqualTo("2.0");
    assertThat(root.getAttribute("IssueInstant")).isEqualTo(Connections.NOW.toString());
    assertThat(root.getAttribute("Destination")).isEqualTo(Connections.IDP + "/sso?tenant=1");
    assertThat(root.getAttribute("AssertionConsumerServiceURL")).isEqualTo(Connections.ACS);
    assertThat(root.getAttribute("ForceAuthn")).isEqualTo("true");
    assertThat(Documents.child(root, Names.ISSUER).getTextContent()).isEqualTo(Connections.SP);
  }

  @Test
  void aFormIsSignedInItsDocument() throws Exception {
    for (SamlKeyPair key : List.of(Keys.SIGNING, Keys.SIGNING_EC)) {
      SamlMessage message = create(key, SamlBinding.POST, false);
      SamlDelivery.Post post = (SamlDelivery.Post) message.delivery();
      assertThat(post.location()).isEqualTo(Connections.IDP + "/sso?tenant=1");
      assertThat(post.fields()).containsEntry("RelayState", "to/ the&page");
      byte[] bytes = Base64.getDecoder().decode(String.valueOf(post.fields().get("SAMLRequest")));
      Element root = new XmlReader(Checks.ALL).read(bytes);
      assertThat(root.hasAttribute("ForceAuthn")).isFalse();
      assertThat(new XmlSignatures(Checks.ALL, List.of(key.certificate())).signed(root))
          .hasValueSatisfying(
              signed -> assertThat(signed.getAttribute("ID")).isEqualTo(message.id()));
      assertThat(Names.SIGNATURE.is(Xml.children(root).get(1))).isTrue();
    }
  }

  @Test
  void aStateFitsItsLimit() {
    SamlConnection connection = Connections.standard();
    assertThatThrownBy(
            () -> AuthnRequests.create(connection, "é".repeat(41), false, Connections.NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a relay state has 80 bytes at most");
    assertThat(
            Queries.parameters(
                Queries.raw(
                    AuthnRequests.create(connection, "é".repeat(40), false, Connections.NOW))))
        .containsEntry("RelayState", "é".repeat(40));
    assertThat(
            Queries.parameters(
                Queries.raw(AuthnRequests.create(connection, null, false, Connections.NOW))))
        .doesNotContainKey("RelayState");
  }
}
