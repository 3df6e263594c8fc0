package dev.saferun.auth.oidc;

import dev.saferun.platform.CanonicalJson;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key of the provider in the tests. It signs by Java's own means, so that not the same library
 * writes and reads.
 *
 * @param algorithm that it signs with
 */
record TestKey(String id, String algorithm, PublicKey publicKey, PrivateKey privateKey) {

  static TestKey rsa(String id, int bits) {
    return of(id, "RS256", "RSA", bits, null);
  }

  static TestKey elliptic(String id) {
    return elliptic(id, "ES256", "secp256r1");
  }

  private static TestKey elliptic(String id, String algorithm, String curve) {
    return of(id, algorithm, "EC", 0, new ECGenParameterSpec(curve));
  }

  static TestKey edwards(String id) {
    return of(id, "EdDSA", "Ed25519", 0, null);
  }

  /** A new one, as strong as it should be. */
  static TestKey forAlgorithm(SignatureAlgorithm algorithm) {
    String name = algorithm.wireName();
    return switch (algorithm.keyKind()) {
      case RSA -> rsa("another", 3072).signingWith(name);
      case P_256 -> elliptic("another", name, "secp256r1");
      case P_384 -> elliptic("another", name, "secp384r1");
      case P_521 -> elliptic("another", name, "secp521r1");
      case ED25519 -> edwards("another").signingWith(name);
    };
  }

  private static TestKey of(
      String id,
      String algorithm,
      String type,
      int bits,
      @Nullable AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      if (bits > 0) {
        generator.initialize(bits);
      }
      if (parameters != null) {
        generator.initialize(parameters);
      }
      KeyPair pair = generator.generateKeyPair();
      return new TestKey(id, algorithm, pair.getPublic(), pair.getPrivate());
    } catch (GeneralSecurityException fault) {
      throw new AssertionError(fault);
    }
  }

  TestKey named(String otherId) {
    return new TestKey(otherId, algorithm, publicKey, privateKey);
  }

  TestKey signingWith(String otherAlgorithm) {
    return new TestKey(id, otherAlgorithm, publicKey, privateKey);
  }

  /** Its public half, as it stands in a set of keys. */
  Map<String, Object> jwk() {
    Map<String, Object> jwk = new HashMap<>(Map.of("kid", id, "use", "sig"));
    switch (publicKey) {
      case RSAPublicKey rsa -> {
        jwk.put("kty", "RSA");
        jwk.put("n", base64(unsigned(rsa.getModulus(), (rsa.getModulus().bitLength() + 7) / 8)));
        jwk.put("e", base64(unsigned(rsa.getPublicExponent(), 3)));
      }
      case ECPublicKey elliptic -> {
        jwk.put("kty", "EC");
        int bits = elliptic.getParams().getCurve().getField().getFieldSize();
        int length = (bits + 7) / 8;
        jwk.put("crv", "P-" + bits);
        jwk.put("x", base64(unsigned(elliptic.getW().getAffineX(), length)));
        jwk.put("y", base64(unsigned(elliptic.getW().getAffineY(), length)));
      }
      case EdECPublicKey edwards -> {
        byte[] encoded = edwards.getEncoded();
        jwk.put("kty", "OKP");
        jwk.put("crv", "Ed25519");
        jwk.put("x", base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
      }
      default -> throw new AssertionError(publicKey.getAlgorithm());
    }
    return jwk;
  }

  private static byte[] unsigned(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] result = new byte[length];
    int count = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - count, result, length - count, count);
    return result;
  }

  /** A token, whatever stands in it. */
  String sign(Map<String, Object> header, byte[] payload) {
    String input = base64(CanonicalJson.write(header)) + "." + base64(payload);
    return input + "." + base64(signature(bytes(input)));
  }

  private byte[] signature(byte[] input) {
    try {
      Signature signer = signer();
      signer.initSign(privateKey);
      signer.update(input);
      return signer.sign();
    } catch (GeneralSecurityException fault) {
      throw new AssertionError(fault);
    }
  }

  private Signature signer() throws GeneralSecurityException {
    String bits = algorithm.substring(2);
    return switch (algorithm.substring(0, 2)) {
      case "RS" -> Signature.getInstance("SHA" + bits + "withRSA");
      case "PS" -> probabilistic(bits);
      case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
      case "Ed" -> Signature.getInstance("Ed25519");
      default -> throw new AssertionError(algorithm);
    };
  }

  private static Signature probabilistic(String bits) throws GeneralSecurityException {
    String hash = "SHA-" + bits;
    int salt = Integer.parseInt(bits) / Byte.SIZE;
    Signature signer = Signature.getInstance("RSASSA-PSS");
    signer.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1));
    return signer;
  }

  /** A token by a shared secret. */
  static String signShared(Map<String, Object> header, byte[] payload, byte[] secret) {
    String input = base64(CanonicalJson.write(header)) + "." + base64(payload);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      Key key = new SecretKeySpec(secret, "HmacSHA256");
      mac.init(key);
      return input + "." + base64(mac.doFinal(bytes(input)));
    } catch (GeneralSecurityException fault) {
      throw new AssertionError(fault);
    }
  }

  /** The public half as people keep it in files. */
  byte[] pem() {
    return bytes(
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey.getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
  }

  static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
