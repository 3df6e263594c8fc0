package dev.saferun.auth.saml;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/** What is asked of a document as a whole, wherever in it something stands. */
final class DocumentRules {

  private final Checks checks;

  DocumentRules(Checks checks) {
    this.checks = checks;
  }

  void check(Element root, Shape shape) throws RefusedException {
    List<Element> all = Xml.all(root);
    checks.demand(SamlCheck.ONE_ASSERTION, hasItsAssertions(root, all));
    checks.demand(SamlCheck.UNIQUE_IDS, areIdsUnique(all));
    checks.demand(SamlCheck.SIGNATURE_PLACE, areSignaturesInPlace(root, all));
    Optional<String> misfit = shape.misfit(root);
    checks.demand(
        SamlCheck.SHAPE,
        misfit.isEmpty(),
        misfit.map(found -> Map.of("found", Checks.told(found))).orElse(Map.of()));
  }

  /** One in a response or as the root, none in another message, and none hidden anywhere. */
  private static boolean hasItsAssertions(Element root, List<Element> all) {
    boolean isAssertion = Names.ASSERTION.is(root);
    long direct =
        isAssertion ? 1 : Xml.children(root).stream().filter(DocumentRules::holds).count();
    long expected = isAssertion || Names.RESPONSE.is(root) ? 1 : 0;
    return direct == expected && all.stream().filter(DocumentRules::holds).count() == expected;
  }

  /** By the local name alone: no reader that confuses namespaces shall find another one either. */
  private static boolean holds(Element element) {
    return Names.ASSERTION.local().equals(element.getLocalName())
        || Names.ENCRYPTED_ASSERTION.local().equals(element.getLocalName());
  }

  /** Whatever any reader could take for an identifier. */
  private static boolean areIdsUnique(List<Element> all) {
    Set<String> seen = new HashSet<>();
    for (Element element : all) {
      for (Attr attribute : Xml.attributes(element)) {
        if ("id".equalsIgnoreCase(attribute.getLocalName()) && !seen.add(attribute.getValue())) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean areSignaturesInPlace(Element root, List<Element> all) {
    Set<Object> parents = new HashSet<>();
    return all.stream()
        .filter(Names.SIGNATURE::is)
        .allMatch(one -> maySign(root, one) && parents.add(one.getParentNode()));
  }

  private static boolean maySign(Element root, Element signature) {
    return signature.getParentNode() instanceof Element parent
        && (parent.isSameNode(root)
            || (Names.ASSERTION.is(parent) && root.isSameNode(parent.getParentNode())));
  }
}
