package dev.saferun.auth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From a text to the claims that a provider signed. Of the header it uses the algorithm, the type
 * and the name of the key; the places that a header may give for a key ({@code jwk}, {@code jku},
 * {@code x5c}, {@code x5u}) are not looked at.
 */
record TokenReader(OidcChecks checks) {

  private static final int CHARACTERS_MAX = 64 << 10;

  /** Three parts of base64url; an encrypted token has five, an unsigned one an empty third. */
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  VerifiedToken read(KnownProvider provider, String text, TokenKind kind) throws RefusedException {
    JWSObject token = parse(text);
    JWSHeader header = token.getHeader();
    if (header.getCriticalParams() != null) {
      throw new RefusedException(OidcRefusal.TOKEN_FORM);
    }
    String type = header.getType() == null ? null : header.getType().getType();
    checks.require(kind.check(), kind.maySay(type));
    SignatureAlgorithm algorithm = algorithm(provider, header);
    SigningKey key = key(provider, header.getKeyID(), algorithm);
    checks.require(OidcCheck.SIGNATURE, isSignedBy(key, token));
    return new VerifiedToken(
        algorithm, Members.read(token.getPayload().toBytes(), OidcRefusal.TOKEN_FORM));
  }

  private static JWSObject parse(String text) throws RefusedException {
    if (text.length() > CHARACTERS_MAX || !COMPACT.matcher(text).matches()) {
      throw new RefusedException(OidcRefusal.TOKEN_FORM);
    }
    try {
      return JWSObject.parse(text);
    } catch (ParseException | IllegalArgumentException malformed) {
      throw new RefusedException(OidcRefusal.TOKEN_FORM);
    }
  }

  private SignatureAlgorithm algorithm(KnownProvider provider, JWSHeader header)
      throws RefusedException {
    SignatureAlgorithm algorithm =
        SignatureAlgorithm.find(header.getAlgorithm().getName())
            .orElseThrow(() -> new RefusedException(OidcRefusal.ALGORITHM));
    checks.require(OidcCheck.ALGORITHM, provider.metadata().algorithms().contains(algorithm));
    return algorithm;
  }

  private static SigningKey key(
      KnownProvider provider, @Nullable String id, SignatureAlgorithm algorithm)
      throws RefusedException {
    return provider.key(id, algorithm).orElseThrow(() -> new RefusedException(OidcRefusal.KEY));
  }

  private static boolean isSignedBy(SigningKey key, JWSObject token) {
    try {
      return token.verify(verifier(key));
    } catch (JOSEException notByThisKey) {
      return false;
    }
  }

  private static JWSVerifier verifier(SigningKey key) throws JOSEException {
    return switch (key.kind()) {
      case RSA -> new RSASSAVerifier((RSAPublicKey) key.key());
      case P_256, P_384, P_521 -> new ECDSAVerifier((ECPublicKey) key.key());
      case ED25519 -> new Ed25519(key.key());
    };
  }
}
