package dev.saferun.auth.saml;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/**
 * What an element may look like, as a schema would have it: its attributes and its parts, in order.
 *
 * @param isText whether it has text; then it has parts or text, never both
 * @param isOpen whether anything may stand in it. Nothing is read from there, and the searches for
 *     assertions, signatures and identifiers that look through the whole document look there too
 */
record Shape(
    Name name,
    Set<String> required,
    Set<String> optional,
    boolean isText,
    boolean isOpen,
    List<Part> parts) {

  /** Attributes of namespaces that are not known here may stand on the element. */
  static final String FOREIGN = "*";

  /** A place among the children, with how many may stand there and which. */
  record Part(int min, int max, List<Shape> choice) {

    boolean takes(Element child) {
      return shapeOf(child).isPresent();
    }

    private Optional<Shape> shapeOf(Element child) {
      return choice.stream().filter(shape -> shape.name.is(child)).findFirst();
    }
  }

  static Part one(Shape... choice) {
    return new Part(1, 1, List.of(choice));
  }

  static Part maybe(Shape... choice) {
    return new Part(0, 1, List.of(choice));
  }

  static Part some(int min, int max, Shape... choice) {
    return new Part(min, max, List.of(choice));
  }

  /**
   * @param attributes separated by spaces, required ones with an exclamation mark behind
   */
  static Shape of(Name name, String attributes, Part... parts) {
    return new Shape(
        name, marked(attributes, true), marked(attributes, false), false, false, List.of(parts));
  }

  static Shape text(Name name, String attributes, Part... parts) {
    return new Shape(
        name, marked(attributes, true), marked(attributes, false), true, false, List.of(parts));
  }

  static Shape open(Name name, String attributes) {
    return new Shape(
        name, marked(attributes, true), marked(attributes, false), false, true, List.of());
  }

  private static Set<String> marked(String attributes, boolean isRequired) {
    Set<String> marked = new HashSet<>();
    Stream.of(attributes.split(" ", -1))
        .filter(one -> !one.isEmpty() && one.endsWith("!") == isRequired)
        .forEach(one -> marked.add(one.replace("!", "")));
    return marked;
  }

  /** The name of the first thing that is not as it must be. */
  Optional<String> misfit(Element element) {
    if (!name.is(element)) {
      return Optional.of(String.valueOf(element.getLocalName()));
    }
    return attributeMisfit(element).or(() -> isOpen ? Optional.empty() : contentMisfit(element));
  }

  private Optional<String> attributeMisfit(Element element) {
    Set<String> missing = new HashSet<>(required);
    for (Attr attribute : Xml.attributes(element)) {
      String key = key(attribute);
      missing.remove(key);
      boolean isKnown = required.contains(key) || optional.contains(key);
      if (!key.isEmpty() && !(isKnown && Forms.fits(key, attribute.getValue()))) {
        return Optional.of(name.local() + "/@" + attribute.getName());
      }
    }
    return missing.stream().findFirst().map(key -> name.local() + "/@" + key);
  }

  /** Empty for a declaration of a namespace. */
  private static String key(Attr attribute) {
    String namespace = attribute.getNamespaceURI();
    if (namespace == null) {
      return attribute.getLocalName();
    }
    return switch (namespace) {
      case XMLConstants.XMLNS_ATTRIBUTE_NS_URI -> "";
      case Names.SCHEMA_INSTANCE -> "xsi:" + attribute.getLocalName();
      case XMLConstants.XML_NS_URI,
          Names.SAML,
          Names.PROTOCOL,
          Names.METADATA,
          Names.DSIG,
          Names.XENC ->
          "known:" + attribute.getLocalName();
      default -> FOREIGN;
    };
  }

  private Optional<String> contentMisfit(Element element) {
    List<Element> children = Xml.children(element);
    boolean mayHaveText = isText && children.isEmpty();
    if (!mayHaveText && !Xml.text(element).isBlank()) {
      return Optional.of(name.local() + "/text()");
    }
    if (isText && children.isEmpty()) {
      return Optional.empty();
    }
    return childMisfit(children);
  }

  private Optional<String> childMisfit(List<Element> children) {
    int at = 0;
    for (Part part : parts) {
      int from = at;
      while (at < children.size() && at - from < part.max && part.takes(children.get(at))) {
        Element child = children.get(at);
        Optional<String> misfit = part.shapeOf(child).flatMap(shape -> shape.misfit(child));
        if (misfit.isPresent()) {
          return misfit.map(inner -> name.local() + "/" + inner);
        }
        at++;
      }
      if (at - from < part.min) {
        return Optional.of(name.local() + "/" + part.choice.getFirst().name.local());
      }
    }
    return at == children.size()
        ? Optional.empty()
        : Optional.of(name.local() + "/" + children.get(at).getLocalName());
  }
}
