package dev.saferun.auth.saml;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Reads metadata by the same parser as messages. Metadata is full of extensions, which are passed
 * over; nothing is searched for: what is read stands directly below what it belongs to.
 */
final class MetadataReader {

  private static final Name ENTITY = new Name(Names.METADATA, "EntityDescriptor");
  private static final Name ENTITIES = new Name(Names.METADATA, "EntitiesDescriptor");
  private static final Name ROLE = new Name(Names.METADATA, "IDPSSODescriptor");
  private static final Name KEY = new Name(Names.METADATA, "KeyDescriptor");
  private static final Name SIGN_ON = new Name(Names.METADATA, "SingleSignOnService");
  private static final Name LOGOUT = new Name(Names.METADATA, "SingleLogoutService");

  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

  private final Instant now;

  private MetadataReader(Instant now) {
    this.now = now;
  }

  static MetadataOutcome read(byte[] document, @Nullable X509Certificate signer, Instant now) {
    try {
      Element root = signer == null ? parsed(document) : signed(document, signer);
      return new MetadataOutcome.Read(new MetadataReader(now).metadata(root));
    } catch (NotTakenException refused) {
      return new MetadataOutcome.Refused(refused.refusal);
    }
  }

  /** Ends the reading. */
  private static final class NotTakenException extends Exception {

    private static final long serialVersionUID = 1;

    private final MetadataRefusal refusal;

    NotTakenException(MetadataRefusal refusal) {
      super(refusal.text(), null, false, false);
      this.refusal = refusal;
    }
  }

  private static void demand(MetadataRefusal refusal, boolean holds) throws NotTakenException {
    if (!holds) {
      throw new NotTakenException(refusal);
    }
  }

  private static Element parsed(byte[] document) throws NotTakenException {
    demand(MetadataRefusal.TOO_LARGE, document.length <= SamlLimits.METADATA_BYTES_MAX);
    try {
      return new XmlReader(Checks.FOR_METADATA).read(document);
    } catch (RefusedException refused) {
      throw new NotTakenException(MetadataRefusal.NOT_READABLE);
    }
  }

  private static Element signed(byte[] document, X509Certificate signer) throws NotTakenException {
    Element root = parsed(document);
    try {
      Optional<Element> signature = Xml.child(root, Names.SIGNATURE);
      demand(MetadataRefusal.NOT_SIGNED, signature.isPresent());
      demand(MetadataRefusal.SIGNATURE, signature.flatMap(Shapes.SIGNATURE::misfit).isEmpty());
      return new XmlSignatures(Checks.FOR_METADATA, List.of(signer)).signed(root).orElseThrow();
    } catch (RefusedException refused) {
      throw new NotTakenException(MetadataRefusal.SIGNATURE);
    }
  }

  private IdpMetadata metadata(Element root) throws NotTakenException {
    demand(MetadataRefusal.NOT_METADATA, ENTITY.is(root) || ENTITIES.is(root));
    checkValid(root);
    Element entity = onlyProvider(root);
    checkValid(entity);
    Element role = Xml.children(entity).stream().filter(this::isRole).findFirst().orElseThrow();
    checkValid(role);
    String entityId = Objects.requireNonNullElse(Xml.attribute(entity, "entityID"), "");
    demand(
        MetadataRefusal.ENTITY_ID,
        !entityId.isBlank() && entityId.length() <= SamlLimits.ENTITY_ID_CHARACTERS_MAX);
    List<SamlEndpoint> signOn = endpoints(role, SIGN_ON);
    demand(MetadataRefusal.NO_SIGN_ON, !signOn.isEmpty());
    return new IdpMetadata(
        entityId, signOn, endpoints(role, LOGOUT), certificates(role), validUntil(root, entity));
  }

  private Element onlyProvider(Element root) throws NotTakenException {
    List<Element> entities = ENTITY.is(root) ? List.of(root) : Xml.children(root, ENTITY);
    demand(
        MetadataRefusal.SEVERAL_IDENTITY_PROVIDERS,
        Xml.all(root).stream().filter(this::isRole).count() <= 1);
    return entities.stream()
        .filter(entity -> Xml.children(entity).stream().anyMatch(this::isRole))
        .findFirst()
        .orElseThrow(() -> new NotTakenException(MetadataRefusal.NO_IDENTITY_PROVIDER));
  }

  private boolean isRole(Element element) {
    String protocols =
        Objects.requireNonNullElse(Xml.attribute(element, "protocolSupportEnumeration"), "");
    return ROLE.is(element) && Arrays.asList(protocols.split("\\s+", -1)).contains(Names.PROTOCOL);
  }

  private void checkValid(Element element) throws NotTakenException {
    @Nullable String until = Xml.attribute(element, "validUntil");
    @Nullable Instant end = Forms.time(until);
    demand(MetadataRefusal.EXPIRED, until == null || (end != null && now.isBefore(end)));
  }

  private static @Nullable Instant validUntil(Element root, Element entity) {
    return Stream.of(root, entity)
        .map(one -> Optional.ofNullable(Forms.time(Xml.attribute(one, "validUntil"))))
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .orElse(null);
  }

  private static List<SamlEndpoint> endpoints(Element role, Name name) throws NotTakenException {
    List<SamlEndpoint> endpoints = new ArrayList<>();
    for (Element service : Xml.children(role, name)) {
      for (SamlBinding binding : SamlBinding.values()) {
        if (binding.uri().equals(Xml.attribute(service, "Binding"))) {
          endpoints.add(endpoint(binding, service));
        }
      }
    }
    return endpoints;
  }

  private static SamlEndpoint endpoint(SamlBinding binding, Element service)
      throws NotTakenException {
    String location = Objects.requireNonNullElse(Xml.attribute(service, "Location"), "");
    @Nullable String answers = Xml.attribute(service, "ResponseLocation");
    demand(MetadataRefusal.LOCATION, isLocation(location));
    demand(MetadataRefusal.LOCATION, answers == null || isLocation(answers));
    return new SamlEndpoint(binding, location, answers);
  }

  /** Encrypted, or on this machine, where nobody listens in. */
  private static boolean isLocation(String text) {
    if (!SamlEndpoint.isUrl(text)) {
      return false;
    }
    URI uri = URI.create(text);
    return "https".equalsIgnoreCase(uri.getScheme()) || THIS_MACHINE.contains(uri.getHost());
  }

  private static List<X509Certificate> certificates(Element role) throws NotTakenException {
    Set<X509Certificate> certificates = new LinkedHashSet<>();
    for (Element key : Xml.children(role, KEY)) {
      @Nullable String use = Xml.attribute(key, "use");
      if (use == null || use.equals("signing")) {
        certificates.addAll(certificatesOf(key));
      }
    }
    demand(MetadataRefusal.NO_CERTIFICATE, !certificates.isEmpty());
    demand(
        MetadataRefusal.TOO_MANY_CERTIFICATES, certificates.size() <= SamlLimits.CERTIFICATES_MAX);
    demand(
        MetadataRefusal.KEY_STRENGTH,
        certificates.stream().allMatch(one -> KeyStrength.isEnough(one.getPublicKey())));
    return List.copyOf(certificates);
  }

  /** The first of each chain: those behind it issued it and sign nothing here. */
  private static List<X509Certificate> certificatesOf(Element key) throws NotTakenException {
    List<X509Certificate> found = new ArrayList<>();
    for (Element info : Xml.children(key, Names.KEY_INFO)) {
      for (Element data : Xml.children(info, Names.X509_DATA)) {
        Optional<Element> first = Xml.child(data, Names.X509_CERTIFICATE);
        if (first.isPresent()) {
          found.add(certificate(Xml.text(first.get())));
        }
      }
    }
    return found;
  }

  private static X509Certificate certificate(String text) throws NotTakenException {
    try {
      byte[] der = Base64.getDecoder().decode(text.replaceAll("[ \t\r\n]", ""));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException | IllegalArgumentException fault) {
      throw new NotTakenException(MetadataRefusal.CERTIFICATE);
    }
  }
}
