package dev.saferun.auth.saml;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.apache.xml.security.transforms.params.InclusiveNamespaces;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Signs as an identity provider would, or as one must not: by Santuario's own interface, which the
 * reader does not use.
 *
 * @param key a private key, or a secret one for a code
 * @param uri of the reference; absent for the element that is signed
 * @param references how many, all the same
 */
record SignatureMaker(
    Key key,
    @Nullable SamlKeyPair keyInfo,
    String algorithm,
    String digest,
    String canonicalization,
    @Nullable String uri,
    List<String> transforms,
    @Nullable String prefixes,
    int references) {

  static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
  static final String SHA384 = "http://www.w3.org/2001/04/xmldsig-more#sha384";
  static final String SHA512 = "http://www.w3.org/2001/04/xmlenc#sha512";
  static final String SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1";

  static {
    Init.init();
  }

  static SignatureMaker by(SamlKeyPair pair) {
    boolean isRsa = pair.privateKey().getAlgorithm().equals("RSA");
    return new SignatureMaker(
        pair.privateKey(),
        pair,
        isRsa
            ? XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA256
            : XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA256,
        SHA256,
        Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS,
        null,
        List.of(
            Transforms.TRANSFORM_ENVELOPED_SIGNATURE, Transforms.TRANSFORM_C14N_EXCL_OMIT_COMMENTS),
        null,
        1);
  }

  SignatureMaker algorithm(String other) {
    return new SignatureMaker(
        key, keyInfo, other, digest, canonicalization, uri, transforms, prefixes, references);
  }

  SignatureMaker digest(String other) {
    return new SignatureMaker(
        key, keyInfo, algorithm, other, canonicalization, uri, transforms, prefixes, references);
  }

  SignatureMaker canonicalization(String other) {
    return new SignatureMaker(
        key, keyInfo, algorithm, digest, other, uri, transforms, prefixes, references);
  }

  SignatureMaker uri(String other) {
    return new SignatureMaker(
        key, keyInfo, algorithm, digest, canonicalization, other, transforms, prefixes, references);
  }

  SignatureMaker transforms(String... other) {
    return new SignatureMaker(
        key,
        keyInfo,
        algorithm,
        digest,
        canonicalization,
        uri,
        Arrays.asList(other),
        prefixes,
        references);
  }

  SignatureMaker prefixes(String other) {
    return new SignatureMaker(
        key, keyInfo, algorithm, digest, canonicalization, uri, transforms, other, references);
  }

  SignatureMaker references(int other) {
    return new SignatureMaker(
        key, keyInfo, algorithm, digest, canonicalization, uri, transforms, prefixes, other);
  }

  SignatureMaker secret(Key other) {
    return new SignatureMaker(
        other, null, algorithm, digest, canonicalization, uri, transforms, prefixes, references);
  }

  SignatureMaker withoutKeyInfo() {
    return new SignatureMaker(
        key, null, algorithm, digest, canonicalization, uri, transforms, prefixes, references);
  }

  /** Behind the issuer, if there is one. */
  void sign(Element element) {
    sign(element, nothing -> {});
  }

  /**
   * @param beforeValue changes what is there of the signature before it is computed
   */
  void sign(Element element, Consumer<Element> beforeValue) {
    try {
      Document document = element.getOwnerDocument();
      element.setIdAttributeNS(null, "ID", true);
      XMLSignature signature = new XMLSignature(document, "", algorithm, canonicalization);
      Optional<Element> issuer = Xml.child(element, Names.ISSUER);
      element.insertBefore(
          signature.getElement(), issuer.map(Node::getNextSibling).orElse(element.getFirstChild()));
      for (int i = 0; i < references; i++) {
        signature.addDocument(
            uri == null ? "#" + element.getAttribute("ID") : uri, transforms(document), digest);
      }
      if (keyInfo != null) {
        signature.addKeyInfo(keyInfo.certificate());
      }
      beforeValue.accept(signature.getElement());
      sign(signature);
    } catch (XMLSecurityException fault) {
      throw new IllegalStateException(fault);
    }
  }

  /** Signs anew what SignedInfo says, whether it is true or not. */
  static void computeValue(Element signature, SamlKeyPair key) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS)
          .canonicalizeSubtree(Documents.first(signature, Names.SIGNED_INFO), bytes);
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(key.privateKey());
      signer.update(bytes.toByteArray());
      Documents.first(signature, new Name(Names.DSIG, "SignatureValue"))
          .setTextContent(Base64.getEncoder().encodeToString(signer.sign()));
    } catch (GeneralSecurityException | XMLSecurityException fault) {
      throw new IllegalStateException(fault);
    }
  }

  private void sign(XMLSignature signature) throws XMLSecurityException {
    if (key instanceof PrivateKey privateKey) {
      signature.sign(privateKey);
    } else {
      signature.sign(key);
    }
  }

  private Transforms transforms(Document document) throws XMLSecurityException {
    Transforms made = new Transforms(document);
    for (String one : transforms) {
      if (prefixes != null && one.equals(Transforms.TRANSFORM_C14N_EXCL_OMIT_COMMENTS)) {
        made.addTransform(one, new InclusiveNamespaces(document, prefixes).getElement());
      } else if (one.startsWith("<")) {
        Element element = Documents.imported(document, one);
        made.addTransform(element.getAttribute("Algorithm"), Xml.children(element).getFirst());
      } else {
        made.addTransform(one);
      }
    }
    return made;
  }
}
