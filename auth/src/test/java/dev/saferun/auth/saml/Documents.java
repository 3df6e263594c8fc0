package dev.saferun.auth.saml;

import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.Canonicalizer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Documents of the other side, read and written by other means than those under test. */
final class Documents {

  static {
    Init.init();
  }

  private Documents() {}

  static Document parse(String text) {
    try {
      return DocumentBuilderFactory.newDefaultNSInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(text)));
    } catch (Exception fault) {
      throw new IllegalStateException(text, fault);
    }
  }

  /** With its comments and processing instructions. */
  static String text(Document document) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_PHYSICAL)
          .canonicalizeSubtree(document, bytes);
      return bytes.toString(StandardCharsets.UTF_8);
    } catch (Exception fault) {
      throw new IllegalStateException(fault);
    }
  }

  static Element imported(Document document, String text) {
    return (Element) document.importNode(parse(text).getDocumentElement(), true);
  }

  /** The first of this name anywhere below. */
  static Element first(Element root, Name name) {
    return (Element) root.getElementsByTagNameNS(name.namespace(), name.local()).item(0);
  }

  static Element child(Element parent, Name name) {
    return Xml.child(parent, name).orElseThrow();
  }

  static Element assertion(Document document) {
    return first(document.getDocumentElement(), Names.ASSERTION);
  }

  /** A new last child; what writes the document does not declare namespaces by itself. */
  static Element append(Element parent, String namespace, String qualified) {
    Element child = parent.getOwnerDocument().createElementNS(namespace, qualified);
    declare(child, qualified.substring(0, qualified.indexOf(':')), namespace);
    parent.appendChild(child);
    return child;
  }

  static void declare(Element element, String prefix, String namespace) {
    element.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:" + prefix, namespace);
  }

  /** Gives an assertion or a response another person and another id. */
  static Element evil(Element original) {
    Element evil = (Element) original.cloneNode(true);
    evil.setAttribute("ID", "_evil");
    first(evil, Names.NAME_ID).setTextContent(Drafts.VICTIM);
    return evil;
  }

  static Element withoutSignature(Element original) {
    Element copy = (Element) original.cloneNode(true);
    copy.removeChild(child(copy, Names.SIGNATURE));
    return copy;
  }
}
