package dev.saferun.auth.saml;

import static dev.saferun.auth.saml.Documents.append;
import static dev.saferun.auth.saml.Documents.assertion;
import static dev.saferun.auth.saml.Documents.child;
import static dev.saferun.auth.saml.Documents.evil;
import static dev.saferun.auth.saml.Documents.withoutSignature;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A signed message, rebuilt so that the signature still fits something in it while another
 * assertion stands where a reader may look. One to eight are those of Somorovsky and others, "On
 * Breaking SAML: Be Whoever You Want to Be" (2012).
 */
final class WrappingForgeries {

  private static final SamlCheck[] WRAPPED = {
    SamlCheck.ONE_ASSERTION, SamlCheck.UNIQUE_IDS, SamlCheck.SIGNATURE_PLACE, SamlCheck.SHAPE
  };

  private static final List<Signing> WITH_ASSERTION = List.of(Signing.ASSERTION, Signing.BOTH);

  private static final List<Signing> WITH_RESPONSE =
      List.of(Signing.RESPONSE, Signing.BOTH, Signing.ENCRYPTED_IN_RESPONSE);

  private final List<Forgery> all = new ArrayList<>();

  private WrappingForgeries() {
    responses();
    assertions();
    insideOfAssertion();
    severalAssertions();
    otherSignedThings();
    confusedNames();
  }

  static List<Forgery> all() {
    return new WrappingForgeries().all;
  }

  private void add(
      String attack, List<Signing> signings, Consumer<Document> change, SamlCheck... expected) {
    for (Signing signing : signings) {
      all.add(
          Forgery.response(
              attack,
              signing + ", number " + all.size(),
              ResponseMaker.of(signing).change(change).base64(),
              expected));
    }
  }

  /** The whole response is copied; the copy says another name. */
  private static void wrapResponse(Document document, Consumer<Wrapped> place) {
    Element original = document.getDocumentElement();
    Element evil = (Element) original.cloneNode(true);
    evil.setAttribute("ID", "_evil");
    Element name = Documents.first(evil, Names.NAME_ID);
    if (name != null) {
      name.setTextContent(Drafts.VICTIM);
    }
    Element bare = withoutSignature(original);
    document.replaceChild(evil, original);
    place.accept(new Wrapped(evil, child(evil, Names.SIGNATURE), bare));
  }

  private record Wrapped(Element evil, Element signature, Element original) {}

  private void responses() {
    add(
        "XSW1",
        WITH_RESPONSE,
        document -> wrapResponse(document, it -> it.signature.appendChild(it.original)),
        WRAPPED);
    add(
        "XSW2",
        WITH_RESPONSE,
        document -> wrapResponse(document, it -> it.evil.insertBefore(it.original, it.signature)),
        WRAPPED);
    add(
        "XSW in StatusDetail",
        WITH_RESPONSE,
        document -> wrapResponse(document, it -> statusDetail(it.evil).appendChild(it.original)),
        WRAPPED);
    add(
        "XSW in Object",
        WITH_RESPONSE,
        document -> wrapResponse(document, it -> object(it.signature).appendChild(it.original)),
        WRAPPED);
    add(
        "XSW in KeyInfo",
        WITH_RESPONSE,
        document ->
            wrapResponse(
                document, it -> child(it.signature, Names.KEY_INFO).appendChild(it.original)),
        WRAPPED);
    // CVE-2025-47949: the signed message whole, with its signature, somewhere in an unsigned one.
    add(
        "CVE-2025-47949",
        WITH_RESPONSE,
        document -> {
          Element original = document.getDocumentElement();
          Element evil = withoutSignature(original);
          evil.setAttribute("ID", "_evil");
          document.replaceChild(evil, original);
          statusDetail(evil).appendChild(original);
        },
        WRAPPED);
  }

  private static Element statusDetail(Element response) {
    return append(child(response, Names.STATUS), Names.PROTOCOL, "samlp:StatusDetail");
  }

  private static Element object(Element signature) {
    return append(signature, Names.DSIG, "ds:Object");
  }

  private void assertions() {
    add("XSW3", WITH_ASSERTION, WrappingForgeries::evilBefore, WRAPPED);
    add("XSW4", WITH_ASSERTION, WrappingForgeries::originalInEvil, WRAPPED);
    add(
        "XSW5",
        WITH_ASSERTION,
        document -> {
          Element original = assertion(document);
          Element evil = evil(original);
          original.getParentNode().replaceChild(evil, original);
          evil.getParentNode().appendChild(withoutSignature(original));
        },
        WRAPPED);
    add("XSW6", WITH_ASSERTION, inSignature(signature -> signature), WRAPPED);
    add(
        "XSW7",
        WITH_ASSERTION,
        document -> {
          Element extensions = document.createElementNS(Names.PROTOCOL, "samlp:Extensions");
          extensions.appendChild(withoutSignature(evil(assertion(document))));
          Element response = document.getDocumentElement();
          response.insertBefore(extensions, child(response, Names.STATUS));
        },
        WRAPPED);
    add("XSW8", WITH_ASSERTION, inSignature(WrappingForgeries::object), WRAPPED);
    add(
        "XSW in KeyInfo",
        WITH_ASSERTION,
        inSignature(signature -> child(signature, Names.KEY_INFO)),
        WRAPPED);
    add(
        "XSW in StatusDetail",
        WITH_ASSERTION,
        document -> {
          Element original = assertion(document);
          Element evil = withoutSignature(evil(original));
          original.getParentNode().replaceChild(evil, original);
          statusDetail(document.getDocumentElement()).appendChild(original);
        },
        WRAPPED);
    add(
        "XSW with the same ID",
        WITH_ASSERTION,
        document -> {
          Element original = assertion(document);
          Element evil = withoutSignature(evil(original));
          evil.setAttribute("ID", original.getAttribute("ID"));
          original.getParentNode().insertBefore(evil, original);
        },
        WRAPPED);
  }

  private static void evilBefore(Document document) {
    Element original = assertion(document);
    original.getParentNode().insertBefore(withoutSignature(evil(original)), original);
  }

  private static void originalInEvil(Document document) {
    Element original = assertion(document);
    Element evil = withoutSignature(evil(original));
    original.getParentNode().replaceChild(evil, original);
    evil.appendChild(original);
  }

  /** The evil assertion has the signature; in there stands what it is of. */
  private interface Place {
    Element of(Element signature);
  }

  private static Consumer<Document> inSignature(Place place) {
    return document -> {
      Element original = assertion(document);
      Element evil = evil(original);
      original.getParentNode().replaceChild(evil, original);
      place.of(child(evil, Names.SIGNATURE)).appendChild(withoutSignature(original));
    };
  }

  /** These are in one assertion, which whoever has the public key can encrypt. */
  private void insideOfAssertion() {
    List<Signing> encrypted = List.of(Signing.ENCRYPTED);
    add("XSW4", encrypted, WrappingForgeries::originalInEvil, WRAPPED);
    add("XSW6", encrypted, inSignature(signature -> signature), WRAPPED);
    add("XSW8", encrypted, inSignature(WrappingForgeries::object), WRAPPED);
    add(
        "XSW in KeyInfo",
        encrypted,
        inSignature(signature -> child(signature, Names.KEY_INFO)),
        WRAPPED);
    List<Signing> inside = List.of(Signing.ASSERTION, Signing.BOTH, Signing.ENCRYPTED);
    for (Name host :
        List.of(
            new Name(Names.SAML, "Advice"),
            new Name(Names.SAML, "Evidence"),
            Names.ATTRIBUTE_VALUE,
            Names.CONFIRMATION_DATA)) {
      add(
          "XSW in " + host.local(),
          inside,
          document -> {
            Element original = assertion(document);
            Element evil = withoutSignature(evil(original));
            original.getParentNode().replaceChild(evil, original);
            Element place = Documents.first(evil, host);
            if (place == null) {
              place = append(evil, Names.SAML, "saml:" + host.local());
            }
            place.appendChild(original);
          },
          WRAPPED);
    }
    add(
        "signature of another element",
        inside,
        document -> {
          Element original = assertion(document);
          Element evil = evil(original);
          original.getParentNode().replaceChild(evil, original);
        },
        SamlCheck.REFERENCE_TARGET,
        SamlCheck.DIGEST_VALUE);
  }

  private void severalAssertions() {
    // CVE-2022-41912: the signature of one is taken for all.
    add("CVE-2022-41912", WITH_ASSERTION, WrappingForgeries::evilBefore, SamlCheck.ONE_ASSERTION);
    add(
        "CVE-2022-41912",
        WITH_ASSERTION,
        document ->
            document.getDocumentElement().appendChild(withoutSignature(evil(assertion(document)))),
        SamlCheck.ONE_ASSERTION);
    all.add(
        Forgery.response(
            "several assertions",
            "two that are both signed",
            ResponseMaker.of(Signing.ASSERTION)
                .change(
                    document -> {
                      Element second =
                          (Element)
                              document.importNode(
                                  assertion(
                                      Documents.parse(
                                          ResponseMaker.of(Signing.ASSERTION)
                                              .draft(Drafts.replace("_assertion", "_second"))
                                              .text())),
                                  true);
                      document.getDocumentElement().appendChild(second);
                    })
                .base64(),
            SamlCheck.ONE_ASSERTION));
    for (Signing signing : List.of(Signing.RESPONSE, Signing.ENCRYPTED_IN_RESPONSE)) {
      all.add(
          Forgery.response(
              "several assertions",
              "one unsigned beside, " + signing,
              ResponseMaker.of(signing)
                  .change(
                      document ->
                          document
                              .getDocumentElement()
                              .appendChild(Documents.imported(document, Drafts.assertion())))
                  .base64(),
              SamlCheck.ONE_ASSERTION));
    }
    add(
        "several assertions",
        List.of(Signing.RESPONSE, Signing.ASSERTION, Signing.BOTH),
        document -> document.getDocumentElement().removeChild(assertion(document)),
        SamlCheck.ONE_ASSERTION);
  }

  /** CVE-2024-6800: everybody has something that this key signed, such as metadata. */
  private void otherSignedThings() {
    Document metadata =
        Documents.parse(
            "<md:EntityDescriptor xmlns:md=\""
                + Names.METADATA
                + "\" xmlns:saml=\""
                + Names.SAML
                + "\" ID=\"_metadata\" entityID=\"x\"><saml:Issuer>x</saml:Issuer>"
                + "</md:EntityDescriptor>");
    SignatureMaker.by(Keys.PROVIDER).sign(metadata.getDocumentElement());
    for (Signing signing : List.of(Signing.ASSERTION, Signing.RESPONSE)) {
      all.add(
          Forgery.response(
              "CVE-2024-6800",
              "metadata beside, " + signing,
              ResponseMaker.of(signing)
                  .change(document -> signedByMetadata(document, metadata, signing))
                  .base64(),
              SamlCheck.REFERENCE_TARGET));
    }
  }

  private static void signedByMetadata(Document document, Document metadata, Signing signing) {
    Element target =
        signing == Signing.ASSERTION ? assertion(document) : document.getDocumentElement();
    Documents.first(target, Names.NAME_ID).setTextContent(Drafts.VICTIM);
    Element entity = (Element) document.importNode(metadata.getDocumentElement(), true);
    Element signature = child(entity, Names.SIGNATURE);
    target.replaceChild(signature, child(target, Names.SIGNATURE));
    statusDetail(document.getDocumentElement()).appendChild(entity);
  }

  private static void pollute(Element element, String namespace, String name, String value) {
    element.setAttributeNS(namespace, name, value);
    if (!name.startsWith("xml:")) {
      Documents.declare(element, name.substring(0, name.indexOf(':')), namespace);
    }
  }

  /** CVE-2025-66567 and others: one reader sees a name that another one does not. */
  private void confusedNames() {
    for (String namespace : List.of("urn:evil", "urn:oasis:names:tc:SAML:1.0:assertion")) {
      add(
          "namespace confusion",
          WITH_ASSERTION,
          document -> {
            Element evil = withoutSignature(evil(assertion(document)));
            document.renameNode(evil, namespace, "evil:Assertion");
            Documents.declare(evil, "evil", namespace);
            statusDetail(document.getDocumentElement()).appendChild(evil);
          },
          SamlCheck.ONE_ASSERTION);
    }
    for (String attribute : List.of("samlp:ID", "evil:ID", "xml:id", "evil:Id")) {
      add(
          "attribute pollution",
          List.of(Signing.ASSERTION),
          document -> {
            Element response = document.getDocumentElement();
            String namespace =
                switch (attribute.split(":", 2)[0]) {
                  case "samlp" -> Names.PROTOCOL;
                  case "xml" -> "http://www.w3.org/XML/1998/namespace";
                  default -> "urn:evil";
                };
            pollute(response, namespace, attribute, "_other");
          },
          SamlCheck.SHAPE);
    }
    add(
        "attribute pollution",
        List.of(Signing.BOTH),
        document -> pollute(document.getDocumentElement(), "urn:evil", "evil:ID", "_assertion"),
        SamlCheck.UNIQUE_IDS);
    add(
        "unknown element",
        List.of(Signing.ASSERTION),
        document -> append(document.getDocumentElement(), "urn:evil", "evil:Thing"),
        SamlCheck.SHAPE);
    add(
        "duplicate ID",
        List.of(Signing.ASSERTION, Signing.BOTH),
        document -> {
          Element detail = statusDetail(document.getDocumentElement());
          append(detail, "urn:evil", "evil:Thing").setAttribute("ID", "_assertion");
        },
        SamlCheck.UNIQUE_IDS);
    add(
        "duplicate ID",
        List.of(Signing.ASSERTION),
        document -> document.getDocumentElement().setAttribute("ID", "_assertion"),
        SamlCheck.UNIQUE_IDS);
  }
}
