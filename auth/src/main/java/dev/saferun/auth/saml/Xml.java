package dev.saferun.auth.saml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** Looks into a document that {@link XmlReader} made: elements, attributes and text, no more. */
final class Xml {

  private Xml() {}

  static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  static List<Element> children(Element parent, Name name) {
    return children(parent).stream().filter(name::is).toList();
  }

  /** The first of this name directly below. */
  static Optional<Element> child(Element parent, Name name) {
    return children(parent).stream().filter(name::is).findFirst();
  }

  /** Such as {@code Status, StatusCode}: each directly below the one before. */
  static Optional<Element> path(Element from, Name... names) {
    Optional<Element> at = Optional.of(from);
    for (Name name : names) {
      at = at.flatMap(parent -> child(parent, name));
    }
    return at;
  }

  /** An attribute without namespace; null where it is absent, which is not the same as empty. */
  static @Nullable String attribute(Element element, String name) {
    Attr attribute = element.getAttributeNodeNS(null, name);
    return attribute == null ? null : attribute.getValue();
  }

  static List<Attr> attributes(Element element) {
    NamedNodeMap map = element.getAttributes();
    List<Attr> attributes = new ArrayList<>();
    for (int i = 0; i < map.getLength(); i++) {
      attributes.add((Attr) map.item(i));
    }
    return attributes;
  }

  /** The text directly in the element. */
  static String text(Element element) {
    StringBuilder text = new StringBuilder();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeType() == Node.TEXT_NODE) {
        text.append(node.getNodeValue());
      }
    }
    return text.toString();
  }

  /** The element and all below it, in the order of the document. */
  static List<Element> all(Element root) {
    List<Element> all = new ArrayList<>();
    Node node = root;
    while (node != null) {
      if (node instanceof Element element) {
        all.add(element);
      }
      node = next(node, root);
    }
    return all;
  }

  private static @Nullable Node next(Node node, Element root) {
    if (node.getFirstChild() != null) {
      return node.getFirstChild();
    }
    Node up = node;
    while (up != null && !up.isSameNode(root)) {
      if (up.getNextSibling() != null) {
        return up.getNextSibling();
      }
      up = up.getParentNode();
    }
    return null;
  }

  static long count(Element root, Name name) {
    return all(root).stream().filter(name::is).count();
  }
}
