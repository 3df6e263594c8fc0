package dev.saferun.auth.saml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.w3c.dom.DOMException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * The only parser of this package: Java's own, whatever else is on the class path, with everything
 * off that reaches out of the document or makes more of it than is there. Limits end it while it
 * reads, before a tree is built.
 */
final class XmlReader {

  private static final String APACHE = "http://apache.org/xml/features/";
  private static final String SAX = "http://xml.org/sax/features/";
  private static final String LEXICAL = "http://xml.org/sax/properties/lexical-handler";

  private static final Pattern DECLARATION =
      Pattern.compile(
          "<\\?xml\\s+version\\s*=\\s*[\"']1\\.0[\"']"
              + "(\\s+encoding\\s*=\\s*[\"'](?i:utf-8)[\"'])?"
              + "(\\s+standalone\\s*=\\s*[\"'](yes|no)[\"'])?\\s*\\?>");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Checks checks;

  XmlReader(Checks checks) {
    this.checks = checks;
  }

  /** The root of the document. */
  Element read(byte[] bytes) throws RefusedException {
    String text = text(bytes);
    checks.demand(SamlCheck.ENCODING, isDeclaredRight(text));
    checks.demand(SamlCheck.DOCTYPE, !text.contains("<!DOCTYPE"));
    DomBuilder builder = new DomBuilder(checks);
    try {
      parser(builder).parse(new InputSource(new StringReader(text)));
    } catch (SAXException fault) {
      if (fault.getException() instanceof RefusedException refused) {
        throw refused;
      }
      throw notXml();
    } catch (IOException | ParserConfigurationException | DOMException fault) {
      // The document model refuses names that the parser lets pass, such as one with two colons.
      throw notXml();
    }
    return builder.root();
  }

  /** One encoding, and no byte of it that could be read in another way. */
  private static String text(byte[] bytes) throws RefusedException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException fault) {
      throw notXml();
    }
  }

  private static boolean isDeclaredRight(String text) {
    return !text.startsWith("<?xml") || DECLARATION.matcher(text).lookingAt();
  }

  private XMLReader parser(DomBuilder builder) throws SAXException, ParserConfigurationException {
    SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature(APACHE + "disallow-doctype-decl", checks.has(SamlCheck.DOCTYPE));
    factory.setFeature(APACHE + "nonvalidating/load-external-dtd", false);
    factory.setFeature(SAX + "external-general-entities", false);
    factory.setFeature(SAX + "external-parameter-entities", false);
    factory.setFeature(SAX + "namespace-prefixes", true);
    factory.setXIncludeAware(false);
    XMLReader reader = factory.newSAXParser().getXMLReader();
    reader.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    reader.setProperty(LEXICAL, builder);
    reader.setContentHandler(builder);
    reader.setErrorHandler(builder);
    reader.setEntityResolver(builder);
    return reader;
  }

  private static RefusedException notXml() {
    return new RefusedException(
        SamlRefusal.MALFORMED, "the message is not well-formed XML in UTF-8");
  }
}
