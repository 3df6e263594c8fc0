package dev.saferun.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class SpMetadataTest {

  private static final SamlConnection CONNECTION = Connections.standard();

  private static Element descriptor() {
    Element root =
        Documents.parse(new String(SpMetadata.write(CONNECTION), StandardCharsets.UTF_8))
            .getDocumentElement();
    assertThat(root.getAttribute("entityID")).isEqualTo(Connections.SP);
    return Documents.child(root, name("SPSSODescriptor"));
  }

  private static Name name(String local) {
    return new Name(Names.METADATA, local);
  }

  @Test
  void saysWhatIsSignedAndWanted() {
    Element descriptor = descriptor();
    assertThat(descriptor.getAttribute("AuthnRequestsSigned")).isEqualTo("true");
    assertThat(descriptor.getAttribute("WantAssertionsSigned")).isEqualTo("true");
    assertThat(Xml.children(descriptor).stream().map(Element::getLocalName).distinct())
        .containsExactly(
            "KeyDescriptor", "SingleLogoutService", "NameIDFormat", "AssertionConsumerService");
    Element consumer = Documents.child(descriptor, name("AssertionConsumerService"));
    assertThat(consumer.getAttribute("Location")).isEqualTo(Connections.ACS);
    assertThat(consumer.getAttribute("Binding")).isEqualTo(SamlBinding.POST.uri());
    assertThat(
            Xml.children(descriptor, name("SingleLogoutService")).stream()
                .map(one -> one.getAttribute("Location")))
        .containsExactly(Connections.SLO, Connections.SLO);
  }

  @Test
  void publishesEveryKey() {
    List<Element> keys = Xml.children(descriptor(), name("KeyDescriptor"));
    assertThat(keys.stream().map(one -> one.getAttribute("use")))
        .containsExactly("signing", "encryption", "encryption");
    assertThat(
            Xml.children(keys.get(1), name("EncryptionMethod")).stream()
                .map(one -> one.getAttribute("Algorithm")))
        .containsExactly(
            "http://www.w3.org/2009/xmlenc11#aes256-gcm",
            "http://www.w3.org/2009/xmlenc11#aes128-gcm",
            "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p");
  }

  @Test
  void isSigned() throws Exception {
    Element root = new XmlReader(Checks.ALL).read(SpMetadata.write(CONNECTION));
    assertThat(new XmlSignatures(Checks.ALL, List.of(Keys.SIGNING.certificate())).signed(root))
        .isPresent();
  }
}
