package dev.saferun.auth.signin;

import dev.saferun.auth.saml.AttributeNames;
import dev.saferun.auth.saml.IdentityProvider;
import dev.saferun.auth.saml.SamlBinding;
import dev.saferun.auth.saml.SamlEndpoint;
import dev.saferun.auth.saml.SamlPolicy;
import dev.saferun.platform.BodyFields;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connection by SAML.
 *
 * @param metadataUrl where the identity provider's metadata are read anew; empty where a person
 *     brings them
 */
record SamlSettings(
    IdentityProvider identityProvider,
    Optional<String> metadataUrl,
    SamlPolicy policy,
    AttributeNames attributes) {

  /** What a person may write, beside the metadata. */
  static final String[] WRITTEN = {
    "metadata",
    "metadata_url",
    "binding",
    "want_signed_assertion",
    "want_signed_response",
    "want_encryption",
    "allow_idp_initiated",
    "clock_skew_seconds",
    "login_age_seconds_max",
    "attributes"
  };

  private static final String[] KEPT = {
    "identity_provider",
    "metadata_url",
    "want_signed_assertion",
    "want_signed_response",
    "want_encryption",
    "allow_idp_initiated",
    "clock_skew_seconds",
    "login_age_seconds_max",
    "attributes"
  };

  private static final int TEXT_CHARACTERS_MAX = 2_000;
  private static final int CERTIFICATE_CHARACTERS_MAX = 20_000;
  private static final int CERTIFICATES_MAX = 8;
  private static final int SKEW_SECONDS_MAX = 300;
  private static final int SKEW_SECONDS_USUAL = 60;
  private static final int AGE_SECONDS_MAX = 365 * 24 * 3600;

  /** What was written, with what the metadata said. */
  static SamlSettings of(BodyFields written, IdentityProvider identityProvider) {
    return new SamlSettings(
        identityProvider,
        written.text("metadata_url", TEXT_CHARACTERS_MAX),
        policy(written),
        attributes(written));
  }

  static SamlSettings read(Map<String, @Nullable Object> settings) {
    BodyFields fields = Parts.of(settings, KEPT);
    BodyFields provider =
        fields
            .object("identity_provider", "entity_id", "sign_on", "logout", "certificates")
            .orElseThrow(() -> fields.absent("identity_provider"));
    return of(
        fields,
        new IdentityProvider(
            required(provider, "entity_id"),
            endpoint(provider, "sign_on").orElseThrow(() -> provider.absent("sign_on")),
            endpoint(provider, "logout").orElse(null),
            certificates(provider)));
  }

  private static Optional<SamlEndpoint> endpoint(BodyFields provider, String name) {
    return provider
        .object(name, "binding", "location", "answer_location")
        .map(
            fields ->
                new SamlEndpoint(
                    binding(fields).orElseThrow(() -> fields.absent("binding")),
                    required(fields, "location"),
                    fields.text("answer_location", TEXT_CHARACTERS_MAX).orElse(null)));
  }

  /** Which of the identity provider's places is taken where it offers several. */
  static Optional<SamlBinding> binding(BodyFields fields) {
    return fields.choice("binding", SamlBinding.values(), SamlSettings::wire);
  }

  private static String wire(SamlBinding binding) {
    return binding.name().toLowerCase(Locale.ROOT);
  }

  private static List<X509Certificate> certificates(BodyFields provider) {
    return provider
        .texts("certificates", CERTIFICATES_MAX, CERTIFICATE_CHARACTERS_MAX)
        .orElseThrow(() -> provider.absent("certificates"))
        .stream()
        .map(SamlSettings::certificate)
        .toList();
  }

  private static X509Certificate certificate(String base64) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    } catch (CertificateException damaged) {
      throw new IllegalStateException("a kept certificate cannot be read", damaged);
    }
  }

  private static String required(BodyFields fields, String name) {
    return fields.text(name, TEXT_CHARACTERS_MAX).orElseThrow(() -> fields.absent(name));
  }

  private static SamlPolicy policy(BodyFields fields) {
    SamlPolicy usual = SamlPolicy.DEFAULT;
    return new SamlPolicy(
        fields.truth("want_signed_assertion").orElse(usual.wantsSignedAssertion()),
        fields.truth("want_signed_response").orElse(usual.wantsSignedResponse()),
        fields.truth("want_encryption").orElse(usual.wantsEncryption()),
        fields.truth("allow_idp_initiated").orElse(usual.allowsUnsolicited()),
        Duration.ofSeconds(
            fields.whole("clock_skew_seconds", 0, SKEW_SECONDS_MAX).orElse(SKEW_SECONDS_USUAL)),
        fields
            .whole("login_age_seconds_max", 1, AGE_SECONDS_MAX)
            .map(Duration::ofSeconds)
            .orElse(null));
  }

  private static AttributeNames attributes(BodyFields fields) {
    Optional<BodyFields> names = fields.object("attributes", "email", "name", "groups");
    return new AttributeNames(
        attribute(names, "email", "email"),
        attribute(names, "name", "name"),
        attribute(names, "groups", "groups"));
  }

  private static String attribute(Optional<BodyFields> names, String name, String usual) {
    return names.flatMap(all -> all.text(name, TEXT_CHARACTERS_MAX)).orElse(usual);
  }

  /** As it is kept and shown. */
  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("identity_provider", provider());
    metadataUrl.ifPresent(url -> json.put("metadata_url", url));
    json.put("want_signed_assertion", policy.wantsSignedAssertion());
    json.put("want_signed_response", policy.wantsSignedResponse());
    json.put("want_encryption", policy.wantsEncryption());
    json.put("allow_idp_initiated", policy.allowsUnsolicited());
    json.put("clock_skew_seconds", policy.clockSkew().toSeconds());
    if (policy.loginAgeMax() != null) {
      json.put("login_age_seconds_max", policy.loginAgeMax().toSeconds());
    }
    Map<String, @Nullable Object> names = new LinkedHashMap<>();
    names.put("email", attributes.email());
    names.put("name", attributes.displayName());
    names.put("groups", attributes.groups());
    json.put("attributes", names);
    return json;
  }

  private Map<String, @Nullable Object> provider() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("entity_id", identityProvider.entityId());
    json.put("sign_on", json(identityProvider.singleSignOn()));
    SamlEndpoint logout = identityProvider.singleLogout();
    if (logout != null) {
      json.put("logout", json(logout));
    }
    json.put(
        "certificates", identityProvider.certificates().stream().map(SamlSettings::text).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(SamlEndpoint endpoint) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("binding", wire(endpoint.binding()));
    json.put("location", endpoint.location());
    if (endpoint.answerLocation() != null) {
      json.put("answer_location", endpoint.answerLocation());
    }
    return json;
  }

  private static String text(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException never) {
      throw new IllegalStateException("what was read can be written", never);
    }
  }
}
