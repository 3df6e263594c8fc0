package dev.saferun.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

class IdpMetadataTest {

  private static final String KEY = key(Keys.PROVIDER, " use=\"signing\"");

  private static final String SSO =
      "<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\""
          + " Location=\"https://idp.example.com/sso\"/>";

  private static final String ROLE =
      "<md:IDPSSODescriptor protocolSupportEnumeration=\"urn:x urn:oasis:names:tc:SAML:2.0:protocol\">"
          + KEY
          + "<md:SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\""
          + " Location=\"https://idp.example.com/slo\""
          + " ResponseLocation=\"https://idp.example.com/slo/answers\"/>"
          + SSO
          + "<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\""
          + " Location=\"http://127.0.0.1:8080/sso\"/>"
          + "<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:SOAP\""
          + " Location=\"urn:nothing\"/></md:IDPSSODescriptor>";

  private static final String ENTITY =
      "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\""
          + " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" ID=\"_m\" entityID=\""
          + Connections.IDP
          + "\"><!-- written by hand --><md:Extensions><x xmlns=\"urn:x\"/></md:Extensions>"
          + ROLE
          + "</md:EntityDescriptor>";

  private static String key(SamlKeyPair pair, String use) {
    try {
      return "<md:KeyDescriptor"
          + use
          + "><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n"
          + Base64.getMimeEncoder().encodeToString(pair.certificate().getEncoded())
          + "\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>";
    } catch (Exception fault) {
      throw new IllegalStateException(fault);
    }
  }

  private static MetadataOutcome read(String text) {
    return IdpMetadata.read(text.getBytes(StandardCharsets.UTF_8), Connections.NOW);
  }

  private static IdpMetadata metadata(MetadataOutcome outcome) {
    assertThat(outcome).isInstanceOf(MetadataOutcome.Read.class);
    return ((MetadataOutcome.Read) outcome).metadata();
  }

  @Test
  void readsWhatAConnectionNeeds() {
    IdpMetadata metadata = metadata(read("\uFEFF<?xml version='1.0'?>" + ENTITY));
    SamlEndpoint logout =
        new SamlEndpoint(
            SamlBinding.REDIRECT,
            "https://idp.example.com/slo",
            "https://idp.example.com/slo/answers");
    assertThat(metadata)
        .isEqualTo(
            new IdpMetadata(
                Connections.IDP,
                List.of(
                    new SamlEndpoint(SamlBinding.REDIRECT, "https://idp.example.com/sso"),
                    new SamlEndpoint(SamlBinding.POST, "http://127.0.0.1:8080/sso")),
                List.of(logout),
                List.of(Keys.PROVIDER.certificate()),
                null));
    assertThat(metadata.identityProvider(SamlBinding.POST))
        .isEqualTo(
            new IdentityProvider(
                Connections.IDP,
                new SamlEndpoint(SamlBinding.POST, "http://127.0.0.1:8080/sso"),
                logout,
                List.of(Keys.PROVIDER.certificate())));
    assertThat(metadata.identityProvider().singleSignOn().binding())
        .isEqualTo(SamlBinding.REDIRECT);
  }

  @Test
  void keysForEncryptionDoNotSign() {
    String more =
        ENTITY.replace(
            KEY,
            key(Keys.ATTACKER, " use=\"encryption\"") + KEY + key(Keys.PROVIDER_NEXT, "") + KEY);
    assertThat(metadata(read(more)).certificates())
        .containsExactly(Keys.PROVIDER.certificate(), Keys.PROVIDER_NEXT.certificate());
  }

  @Test
  void oneProviderAmongOthersIsFound() {
    String others =
        entities(
            ENTITY
                + "<md:EntityDescriptor entityID=\"urn:sp\"><md:SPSSODescriptor/>"
                + "</md:EntityDescriptor>");
    assertThat(metadata(read(others)).entityId()).isEqualTo(Connections.IDP);
    assertThat(metadata(read(others)).validUntil()).isEqualTo(Connections.NOW.plusSeconds(9));
  }

  private static String entities(String content) {
    return "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" validUntil=\""
        + Connections.NOW.plusSeconds(9)
        + "\">"
        + content
        + "</md:EntitiesDescriptor>";
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refused(MetadataRefusal.TOO_LARGE, text -> text + " ".repeat(1024 * 1024)),
        refused(MetadataRefusal.NOT_READABLE, text -> "<!DOCTYPE x>" + text),
        refused(MetadataRefusal.NOT_READABLE, text -> text.substring(1)),
        refused(MetadataRefusal.NOT_METADATA, text -> text.replace("SAML:2.0:metadata", "SAML:1")),
        refused(
            MetadataRefusal.NO_IDENTITY_PROVIDER,
            text -> text.replace("SAML:2.0:protocol", "SAML:1.1:protocol")),
        refused(MetadataRefusal.SEVERAL_IDENTITY_PROVIDERS, text -> entities(text + text)),
        refused(
            MetadataRefusal.SEVERAL_IDENTITY_PROVIDERS, text -> text.replace(ROLE, ROLE + ROLE)),
        refused(MetadataRefusal.ENTITY_ID, text -> text.replace(Connections.IDP, "")),
        refused(MetadataRefusal.ENTITY_ID, text -> text.replace(Connections.IDP, "x".repeat(1025))),
        refused(
            MetadataRefusal.EXPIRED,
            text -> text.replace("entityID", "validUntil=\"" + Connections.NOW + "\" entityID")),
        refused(
            MetadataRefusal.EXPIRED,
            text -> text.replace("entityID", "validUntil=\"soon\" entityID")),
        refused(MetadataRefusal.NO_SIGN_ON, text -> text.replace("SingleSignOnService", "X")),
        refused(
            MetadataRefusal.LOCATION,
            text -> text.replace("https://idp.example.com/sso", "http://idp.example.com/sso")),
        refused(
            MetadataRefusal.LOCATION,
            text -> text.replace("https://idp.example.com/sso", "javascript:alert(1)")),
        refused(
            MetadataRefusal.LOCATION,
            text -> text.replace("https://idp.example.com/slo/answers", "https://a@b/")),
        refused(
            MetadataRefusal.NO_CERTIFICATE, text -> text.replace("\"signing\"", "\"encryption\"")),
        refused(MetadataRefusal.TOO_MANY_CERTIFICATES, text -> text.replace(KEY, nineKeys())),
        refused(
            MetadataRefusal.CERTIFICATE,
            text -> text.replace("Certificate>\nMI", "Certificate>\nMA")),
        refused(
            MetadataRefusal.CERTIFICATE,
            text -> text.replace("Certificate>\nMI", "Certificate>\n!!")),
        refused(
            MetadataRefusal.KEY_STRENGTH,
            text -> text.replace(KEY, KEY + key(Keys.PROVIDER_SHORT, ""))));
  }

  private static Arguments refused(MetadataRefusal refusal, UnaryOperator<String> edit) {
    return Arguments.of(refusal, edit.apply(ENTITY));
  }

  private static String nineKeys() {
    StringBuilder keys = new StringBuilder();
    Stream.of(
            Keys.PROVIDER,
            Keys.PROVIDER_NEXT,
            Keys.PROVIDER_EC,
            Keys.PROVIDER_EC_384,
            Keys.PROVIDER_EC_521,
            Keys.SIGNING,
            Keys.DECRYPTION,
            Keys.NEIGHBOUR,
            Keys.ATTACKER)
        .forEach(key -> keys.append(key(key, "")));
    return keys.toString();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefused(MetadataRefusal refusal, String text) {
    assertThat(read(text)).isEqualTo(new MetadataOutcome.Refused(refusal));
  }

  /** Those of the signature have a test of their own. */
  @ParameterizedTest
  @EnumSource
  void eachRefusalHasItsCase(MetadataRefusal refusal) {
    List<Object> cases =
        Stream.concat(
                refused().map(one -> one.get()[0]),
                Stream.of(MetadataRefusal.NOT_SIGNED, MetadataRefusal.SIGNATURE))
            .toList();
    assertThat(cases).contains(refusal);
    assertThat(Arrays.stream(MetadataRefusal.values()).map(MetadataRefusal::text))
        .doesNotHaveDuplicates();
  }

  @Test
  void aSignatureIsDemandedOfItsSigner() {
    String signed = signed(Keys.PROVIDER_NEXT);
    assertThat(metadata(readSigned(signed)).entityId()).isEqualTo(Connections.IDP);
    assertThat(readSigned(ENTITY))
        .isEqualTo(new MetadataOutcome.Refused(MetadataRefusal.NOT_SIGNED));
    for (String wrong :
        List.of(
            signed(Keys.ATTACKER),
            signed.replace("https://idp.example.com/sso", "https://evil.example/sso"),
            signed.replace("#_m", ""),
            signed.replace("<ds:SignedInfo>", "<ds:SignedInfo/><ds:SignedInfo>"))) {
      assertThat(readSigned(wrong))
          .isEqualTo(new MetadataOutcome.Refused(MetadataRefusal.SIGNATURE));
    }
  }

  private static MetadataOutcome readSigned(String text) {
    return IdpMetadata.read(
        text.getBytes(StandardCharsets.UTF_8), Keys.PROVIDER_NEXT.certificate(), Connections.NOW);
  }

  private static String signed(SamlKeyPair key) {
    Document document = Documents.parse(ENTITY);
    SignatureMaker.by(key).sign(document.getDocumentElement());
    return Documents.text(document);
  }
}
