package dev.saferun.auth.saml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * The one way in which a signature may be made (core specification, 5.4), judged on its SignedInfo
 * before anything in it is carried out.
 */
final class SignatureProfile {

  private static final String DEFAULT_PREFIX = "#default";

  private final Checks checks;

  SignatureProfile(Checks checks) {
    this.checks = checks;
  }

  /**
   * @param id of the element that the signature stands in
   */
  void check(Element signedInfo, String id) throws RefusedException {
    Element canonicalization = child(signedInfo, Names.CANONICALIZATION_METHOD);
    checks.demand(SamlCheck.CANONICALIZATION, isExclusive(canonicalization));
    Element method = child(signedInfo, Names.SIGNATURE_METHOD);
    checks.demand(
        SamlCheck.SIGNATURE_ALGORITHM,
        SignatureAlgorithm.of(algorithm(method)).isPresent() && Xml.children(method).isEmpty());
    checks.demand(SamlCheck.ONE_REFERENCE, Xml.children(signedInfo, Names.REFERENCE).size() == 1);
    checkReference(child(signedInfo, Names.REFERENCE), id);
  }

  private void checkReference(Element reference, String id) throws RefusedException {
    checks.demandSame(SamlCheck.REFERENCE_TARGET, "#" + id, Xml.attribute(reference, "URI"));
    checks.demand(SamlCheck.TRANSFORMS, areTransformsPlain(reference));
    checks.demand(
        SamlCheck.DIGEST_ALGORITHM,
        DigestAlgorithm.of(algorithm(child(reference, Names.DIGEST_METHOD))).isPresent());
  }

  /** The signature is left out, then the rest is canonicalized; in this order and nothing else. */
  private static boolean areTransformsPlain(Element reference) {
    List<Element> transforms =
        Xml.child(reference, Names.TRANSFORMS).map(Xml::children).orElse(List.of());
    return transforms.size() == 2
        && algorithm(transforms.getFirst()).equals(Names.ENVELOPED)
        && isEmpty(transforms.getFirst())
        && isExclusive(transforms.getLast());
  }

  private static boolean isEmpty(Element element) {
    return Xml.children(element).isEmpty() && Xml.text(element).isBlank();
  }

  private static boolean isExclusive(Element method) {
    List<Element> children = Xml.children(method);
    return algorithm(method).equals(Names.EXCLUSIVE)
        && Xml.text(method).isBlank()
        && children.size() <= 1
        && children.stream().allMatch(SignatureProfile::isPrefixList);
  }

  private static boolean isPrefixList(Element element) {
    String prefixes = Xml.attribute(element, "PrefixList");
    if (!Names.INCLUSIVE_NAMESPACES.is(element) || prefixes == null || !isEmpty(element)) {
      return false;
    }
    List<String> list = new ArrayList<>(Arrays.asList(prefixes.strip().split("[ \t\r\n]+", -1)));
    list.remove("");
    return list.size() <= SamlLimits.PREFIXES_MAX
        && list.stream().allMatch(one -> one.equals(DEFAULT_PREFIX) || Forms.isIdentifier(one));
  }

  /** The algorithm that an element names; empty where it names none. */
  static String algorithm(Element method) {
    return Objects.requireNonNullElse(Xml.attribute(method, "Algorithm"), "");
  }

  static @Nullable String algorithm(Optional<Element> method) {
    return method.map(SignatureProfile::algorithm).orElse(null);
  }

  private static Element child(Element parent, Name name) throws RefusedException {
    return Xml.child(parent, name)
        .orElseThrow(
            () ->
                new RefusedException(
                    SamlRefusal.SIGNATURE, "the signature lacks a part that it must have"));
  }
}
