package dev.saferun.auth.saml;

import org.w3c.dom.Node;

/** The name of an element: its namespace and its local part; a prefix means nothing. */
record Name(String namespace, String local) {

  boolean is(Node node) {
    return local.equals(node.getLocalName()) && namespace.equals(node.getNamespaceURI());
  }
}
