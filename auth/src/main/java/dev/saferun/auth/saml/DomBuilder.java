package dev.saferun.auth.saml;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.DefaultHandler2;

/**
 * Makes a tree of elements, attributes and text, and of nothing else. Text is one node wherever it
 * stands, so that no reader of it can stop halfway.
 */
final class DomBuilder extends DefaultHandler2 {

  private static final String XMLNS = "xmlns";

  private final Checks checks;
  private final Document document = emptyDocument();
  private final StringBuilder text = new StringBuilder();
  private Node current = document;
  private int depth;

  DomBuilder(Checks checks) {
    this.checks = checks;
  }

  static Document emptyDocument() {
    try {
      return DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().newDocument();
    } catch (ParserConfigurationException never) {
      throw new IllegalStateException("every Java has this", never);
    }
  }

  Element root() {
    return document.getDocumentElement();
  }

  @Override
  public void startElement(String uri, String local, String name, Attributes attributes)
      throws SAXException {
    depth++;
    demand(SamlCheck.DEPTH, depth <= SamlLimits.DEPTH_MAX);
    demand(SamlCheck.ATTRIBUTES, attributes.getLength() <= SamlLimits.ATTRIBUTES_MAX);
    writeText();
    Element element = document.createElementNS(orNull(uri), name);
    for (int i = 0; i < attributes.getLength(); i++) {
      String attribute = attributes.getQName(i);
      element.setAttributeNS(
          namespace(attribute, attributes.getURI(i)), attribute, attributes.getValue(i));
    }
    current.appendChild(element);
    current = element;
  }

  private static @Nullable String namespace(String attribute, String uri) {
    boolean declares = attribute.equals(XMLNS) || attribute.startsWith(XMLNS + ":");
    return declares ? XMLConstants.XMLNS_ATTRIBUTE_NS_URI : orNull(uri);
  }

  /** The document model has null for no namespace. */
  private static @Nullable String orNull(String uri) {
    return uri.isEmpty() ? null : uri;
  }

  @Override
  public void endElement(String uri, String local, String name) {
    writeText();
    depth--;
    current = current.getParentNode();
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    text.append(characters, start, length);
  }

  private void writeText() {
    if (!text.isEmpty()) {
      current.appendChild(document.createTextNode(text.toString()));
      text.setLength(0);
    }
  }

  @Override
  public void comment(char[] characters, int start, int length) throws SAXException {
    demand(SamlCheck.MARKUP, false);
  }

  @Override
  public void processingInstruction(String target, String data) throws SAXException {
    demand(SamlCheck.MARKUP, false);
  }

  @Override
  public void startCDATA() throws SAXException {
    demand(SamlCheck.MARKUP, false);
  }

  @Override
  public void error(SAXParseException fault) throws SAXException {
    throw fault;
  }

  @Override
  public void fatalError(SAXParseException fault) throws SAXException {
    throw fault;
  }

  /** Nothing is fetched, also where some feature were left on. */
  @Override
  public InputSource resolveEntity(String name, String publicId, String base, String systemId)
      throws SAXException {
    throw new SAXException("nothing is fetched");
  }

  private void demand(SamlCheck check, boolean holds) throws SAXException {
    try {
      checks.demand(check, holds);
    } catch (RefusedException refused) {
      throw new SAXException(refused);
    }
  }
}
