package dev.saferun.auth.saml;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import javax.xml.XMLConstants;
import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.CanonicalizationException;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.c14n.InvalidCanonicalizerException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Makes the documents that this appliance sends. */
final class XmlWriter {

  private static final Map<String, String> PREFIXES =
      Map.of(
          Names.PROTOCOL, "samlp",
          Names.SAML, "saml",
          Names.METADATA, "md",
          Names.DSIG, "ds");

  private static final int ID_BYTES = 20;
  private static final SecureRandom RANDOM = new SecureRandom();

  static {
    Init.init();
  }

  private XmlWriter() {}

  /** A document with this root, which declares the namespaces of its own name and of issuers. */
  static Element root(Name name, Map<String, String> attributes) {
    Document document = DomBuilder.emptyDocument();
    Element root = document.createElementNS(name.namespace(), qualified(name));
    declare(root, name.namespace());
    document.appendChild(root);
    attributes.forEach(root::setAttribute);
    return root;
  }

  static void declare(Element element, String namespace) {
    element.setAttributeNS(
        XMLConstants.XMLNS_ATTRIBUTE_NS_URI,
        "xmlns:" + PREFIXES.getOrDefault(namespace, ""),
        namespace);
  }

  static Element append(Element parent, Name name, Map<String, String> attributes) {
    Element child = parent.getOwnerDocument().createElementNS(name.namespace(), qualified(name));
    attributes.forEach(child::setAttribute);
    parent.appendChild(child);
    return child;
  }

  static Element append(Element parent, Name name, String text) {
    Element child = append(parent, name, Map.of());
    child.setTextContent(text);
    return child;
  }

  private static String qualified(Name name) {
    return PREFIXES.getOrDefault(name.namespace(), "") + ":" + name.local();
  }

  /** In canonical form, so that nothing on the way has a reason to write it in another. */
  static byte[] bytes(Element root) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_OMIT_COMMENTS)
          .canonicalizeSubtree(root, bytes);
    } catch (InvalidCanonicalizerException | CanonicalizationException never) {
      throw new IllegalStateException("what was made here can be written", never);
    }
    return bytes.toByteArray();
  }

  /** An identifier that nobody can guess. */
  static String newId() {
    byte[] random = new byte[ID_BYTES];
    RANDOM.nextBytes(random);
    return "_" + HexFormat.of().formatHex(random);
  }

  static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
