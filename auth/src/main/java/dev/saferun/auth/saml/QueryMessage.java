package dev.saferun.auth.saml;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message of the redirect binding as it came in (bindings specification, 3.4.4.1). The signature
 * is over the parameters as they were written, in the order of the specification and not in that of
 * the query: senders are known that put the signature before its algorithm.
 */
final class QueryMessage {

  static final String REQUEST = "SAMLRequest";
  static final String RESPONSE = "SAMLResponse";
  static final String RELAY_STATE = "RelayState";
  static final String ALGORITHM = "SigAlg";
  static final String SIGNATURE = "Signature";

  private static final Set<String> KNOWN =
      Set.of(REQUEST, RESPONSE, RELAY_STATE, ALGORITHM, SIGNATURE);

  private final Checks checks;
  private final Map<String, String> raw;

  private QueryMessage(Checks checks, Map<String, String> raw) {
    this.checks = checks;
    this.raw = raw;
  }

  static QueryMessage parse(String query, Checks checks) throws RefusedException {
    checks.demand(SamlCheck.SIZE, query.length() <= SamlLimits.QUERY_CHARACTERS_MAX);
    Map<String, String> raw = new LinkedHashMap<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      boolean isNew = raw.putIfAbsent(name, parameter.substring(equals + 1)) == null;
      checks.demand(SamlCheck.QUERY_FORM, isNew && equals > 0 && KNOWN.contains(name));
    }
    checks.demand(SamlCheck.QUERY_FORM, raw.containsKey(REQUEST) != raw.containsKey(RESPONSE));
    return new QueryMessage(checks, raw);
  }

  boolean isRequest() {
    return raw.containsKey(REQUEST);
  }

  /** The document inside. */
  byte[] message() throws RefusedException {
    String text = Optional.ofNullable(decoded(isRequest() ? REQUEST : RESPONSE)).orElse("");
    return Deflate.inflate(Base64Field.decode(text, checks), checks);
  }

  @Nullable String relayState() throws RefusedException {
    return decoded(RELAY_STATE);
  }

  private @Nullable String decoded(String name) throws RefusedException {
    String value = raw.get(name);
    try {
      return value == null ? null : URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException odd) {
      throw new RefusedException(SamlRefusal.MALFORMED, "the query is not encoded as a URL");
    }
  }

  /** Demands that one of these keys signed the query. */
  void verify(List<X509Certificate> certificates) throws RefusedException {
    boolean isSigned = raw.containsKey(ALGORITHM) && raw.containsKey(SIGNATURE);
    checks.demand(SamlCheck.LOGOUT_SIGNED, isSigned);
    if (!isSigned) {
      return;
    }
    Optional<SignatureAlgorithm> algorithm =
        SignatureAlgorithm.of(Optional.ofNullable(decoded(ALGORITHM)).orElse(""));
    checks.demand(SamlCheck.SIGNATURE_ALGORITHM, algorithm.isPresent());
    List<PublicKey> keys = certificates.stream().map(X509Certificate::getPublicKey).toList();
    checks.demand(SamlCheck.KEY_STRENGTH, keys.stream().anyMatch(KeyStrength::isEnough));
    byte[] signature =
        Base64Field.decode(Optional.ofNullable(decoded(SIGNATURE)).orElse(""), checks);
    checks.demand(
        SamlCheck.SIGNATURE_VALUE,
        algorithm.isPresent()
            && keys.stream()
                .filter(key -> KeyStrength.isEnough(key) && algorithm.get().takes(key))
                .anyMatch(key -> verifies(algorithm.get(), key, signature)));
  }

  private boolean verifies(SignatureAlgorithm algorithm, PublicKey key, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(algorithm.java());
      verifier.initVerify(key);
      verifier.update(signedText().getBytes(StandardCharsets.UTF_8));
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private String signedText() {
    StringBuilder text = new StringBuilder();
    for (String name : List.of(REQUEST, RESPONSE, RELAY_STATE, ALGORITHM)) {
      if (raw.containsKey(name)) {
        text.append(text.isEmpty() ? "" : "&").append(name).append('=').append(raw.get(name));
      }
    }
    return text.toString();
  }

  /** The query that carries a message of ours, signed. */
  static String write(String field, byte[] message, @Nullable String relayState, SamlKeyPair key) {
    SignatureAlgorithm algorithm = SignatureAlgorithm.of(key.privateKey());
    String text =
        field
            + "="
            + encoded(base64(Deflate.compress(message)))
            + (relayState == null ? "" : "&" + RELAY_STATE + "=" + encoded(relayState))
            + "&"
            + ALGORITHM
            + "="
            + encoded(algorithm.uri());
    return text + "&" + SIGNATURE + "=" + encoded(base64(sign(algorithm, key, text)));
  }

  private static byte[] sign(SignatureAlgorithm algorithm, SamlKeyPair key, String text) {
    try {
      Signature signer = Signature.getInstance(algorithm.java());
      signer.initSign(key.privateKey());
      signer.update(text.getBytes(StandardCharsets.UTF_8));
      return signer.sign();
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("the key cannot sign", fault);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** As URLs have it, not forms: some verifiers encode anew what they decoded. */
  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20").replace("%7E", "~");
  }
}
