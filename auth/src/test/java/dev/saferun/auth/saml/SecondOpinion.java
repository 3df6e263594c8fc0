package dev.saferun.auth.saml;

import com.onelogin.saml2.authn.SamlResponse;
import com.onelogin.saml2.settings.Saml2Settings;
import com.onelogin.saml2.settings.SettingsBuilder;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.dom.saml.v2.assertion.AssertionType;
import org.keycloak.dom.saml.v2.assertion.AttributeStatementType;
import org.keycloak.dom.saml.v2.assertion.AttributeType;
import org.keycloak.dom.saml.v2.assertion.NameIDType;
import org.keycloak.dom.saml.v2.protocol.ResponseType;
import org.keycloak.saml.SAMLRequestParser;
import org.keycloak.saml.processing.core.saml.v2.common.SAMLDocumentHolder;
import org.keycloak.saml.processing.core.saml.v2.util.AssertionUtil;
import org.w3c.dom.Element;

/** What other implementations read in a response; nothing where they refuse it. */
enum SecondOpinion {
  ONELOGIN(
      "(ECDSA|two keys of two kinds|OAEP 1.1|byte order mark|for our older key"
          + "|key beside the data|unsolicited).*") {
    @Override
    Optional<Read> read(SamlConnection connection, String base64) throws Exception {
      SamlResponse response = new SamlResponse(settings(connection), Connections.ACS, base64);
      return response.isValid(Connections.REQUEST_ID)
          ? Optional.of(new Read(response.getNameId(), response.getAttributes()))
          : Optional.empty();
    }
  },

  /** It has the parts and leaves it to the caller which of them to use: signatures and reading. */
  KEYCLOAK("(for our older key|key beside the data|lines of base64).*") {
    @Override
    Optional<Read> read(SamlConnection connection, String base64) throws Exception {
      SAMLDocumentHolder holder = SAMLRequestParser.parseResponsePostBinding(base64);
      if (holder == null || !(holder.getSamlObject() instanceof ResponseType response)) {
        return Optional.empty();
      }
      Element root = holder.getSamlDocument().getDocumentElement();
      boolean isSigned = AssertionUtil.isSignedElement(root);
      if (isSigned && !isValid(connection, root)) {
        return Optional.empty();
      }
      Element element =
          AssertionUtil.isAssertionEncrypted(response)
              ? AssertionUtil.decryptAssertion(response, Keys.DECRYPTION.privateKey())
              : Documents.assertion(holder.getSamlDocument());
      if (!isSigned && !isValid(connection, element)) {
        return Optional.empty();
      }
      return Optional.of(claims(response.getAssertions().getFirst().getAssertion()));
    }
  };

  /** The names of those valid responses that it cannot read. */
  final String unable;

  SecondOpinion(String unable) {
    this.unable = unable;
  }

  /** A person and what is said of him. */
  record Read(String user, Map<String, List<String>> attributes) {}

  abstract Optional<Read> read(SamlConnection connection, String base64) throws Exception;

  private static Saml2Settings settings(SamlConnection connection) {
    Map<String, Object> values = new HashMap<>();
    values.put("onelogin.saml2.strict", true);
    values.put("onelogin.saml2.sp.entityid", Connections.SP);
    values.put("onelogin.saml2.sp.assertion_consumer_service.url", Connections.ACS);
    values.put("onelogin.saml2.sp.x509cert", Keys.DECRYPTION.certificate());
    values.put("onelogin.saml2.sp.privatekey", Keys.DECRYPTION.privateKey());
    values.put("onelogin.saml2.idp.entityid", Connections.IDP);
    values.put("onelogin.saml2.idp.single_sign_on_service.url", Connections.IDP + "/sso");
    values.put("onelogin.saml2.security.reject_deprecated_alg", true);
    values.put("onelogin.saml2.security.allow_duplicated_attribute_name", true);
    List<X509Certificate> certificates = connection.identityProvider().certificates();
    values.put("onelogin.saml2.idp.x509cert", certificates.getFirst());
    Saml2Settings settings = new SettingsBuilder().fromValues(values).build();
    settings.setIdpx509certMulti(certificates);
    return settings;
  }

  private static boolean isValid(SamlConnection connection, Element element) {
    return connection.identityProvider().certificates().stream()
        .anyMatch(one -> AssertionUtil.isSignatureValid(element, one.getPublicKey()));
  }

  private static Read claims(AssertionType assertion) {
    NameIDType name = (NameIDType) assertion.getSubject().getSubType().getBaseID();
    MultivaluedHashMap<String, String> attributes = new MultivaluedHashMap<>();
    for (AttributeStatementType statement : assertion.getAttributeStatements()) {
      for (AttributeStatementType.ASTChoiceType choice : statement.getAttributes()) {
        AttributeType attribute = choice.getAttribute();
        for (Object value : attribute.getAttributeValue()) {
          attributes.add(attribute.getName(), text(value));
        }
      }
    }
    return new Read(name.getValue(), attributes);
  }

  private static String text(Object value) {
    return value instanceof NameIDType name ? name.getValue() : String.valueOf(value);
  }
}
