package dev.saferun.auth.oidc;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import dev.saferun.platform.CanonicalJson;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tokens that the provider did not sign, or not with a key that is good for it. */
final class ForgedKeys {

  private static final TestKey ATTACKER = TestKey.rsa("attacker", 2048);
  private static final TestKey WEAK = TestKey.rsa("weak", 1024);
  private static final TestKey ELLIPTIC = TestKey.elliptic("elliptic");
  private static final TestKey EDWARDS = TestKey.edwards("edwards");
  private static final TestKey NEXT = TestKey.rsa("key-2", 2048);

  private ForgedKeys() {}

  static List<Forgery> all() {
    List<Forgery> all = new java.util.ArrayList<>();
    all.addAll(algorithms());
    all.addAll(keysOfTheToken());
    all.addAll(keysOfTheSet());
    all.addAll(oldKeys());
    all.addAll(signatures());
    all.addAll(forms());
    return all;
  }

  private static List<Forgery> algorithms() {
    return new Forgeries("algorithm")
        .login(OidcRefusal.TOKEN_FORM, "none", scene -> unsigned(scene, "none", ""))
        .login(
            OidcRefusal.TOKEN_FORM, "none with a signature", scene -> unsigned(scene, "none", "x"))
        .login(
            OidcRefusal.ALGORITHM, "None with a signature", scene -> unsigned(scene, "None", "x"))
        .login(
            OidcRefusal.ALGORITHM,
            "HS256 with the public key's PEM",
            scene -> shared(scene, TestKey::pem))
        .login(
            OidcRefusal.ALGORITHM,
            "HS256 with the public key's DER",
            scene -> shared(scene, key -> key.publicKey().getEncoded()))
        .login(
            OidcRefusal.ALGORITHM,
            "HS256 with the modulus",
            scene -> shared(scene, ForgedKeys::modulus))
        .login(
            OidcRefusal.ALGORITHM,
            "HS256 with the client's secret",
            scene -> shared(scene, key -> TestKey.bytes(HostileProvider.SECRET)))
        .login(
            OidcRefusal.ALGORITHM,
            "HS256 with a key that the set gives away",
            scene -> {
              scene.provider.keys.add(
                  Map.of("kty", "oct", "kid", "shared", "k", TestKey.base64(new byte[32])));
              shared(scene, key -> new byte[32]);
              scene.provider.header.put("kid", "shared");
            })
        .login(
            OidcCheck.ALGORITHM,
            "one that the provider does not use",
            scene -> scene.provider.signer = scene.provider.signer.signingWith("PS256"))
        .login(
            OidcRefusal.KEY,
            "of another kind of key",
            scene -> {
              scene.provider.says("ES256");
              scene.provider.signer = ELLIPTIC.named("key-1");
            })
        .list();
  }

  private static List<Forgery> keysOfTheToken() {
    return new Forgeries("key of the token")
        .attempt(
            OidcRefusal.KEY, "jku", scene -> lured(scene, "jku", HostileProvider.HOST + "/evil"))
        .attempt(
            OidcRefusal.KEY, "x5u", scene -> lured(scene, "x5u", HostileProvider.HOST + "/evil"))
        .attempt(OidcRefusal.KEY, "jwk", scene -> lured(scene, "jwk", ATTACKER.jwk()))
        .attempt(
            OidcCheck.SIGNATURE,
            "jwk under the name of the provider's",
            scene -> {
              scene.provider.header.put("jwk", ATTACKER.named("key-1").jwk());
              scene.provider.signer = ATTACKER.named("key-1");
              return scene.refusalOfLogin();
            })
        .login(
            OidcRefusal.ALGORITHM,
            "kid is a path to an empty file",
            scene -> {
              scene.provider.header.put("kid", "../../../../dev/null");
              shared(scene, key -> new byte[] {0});
            })
        .login(
            OidcRefusal.KEY,
            "kid is a question to a database",
            scene -> scene.provider.signer = ATTACKER.named("x' union select 'key"))
        .login(
            OidcCheck.KEY_ID,
            "kid is none of the set",
            scene -> scene.provider.header.put("kid", "../key-1"))
        .list();
  }

  private static List<Forgery> keysOfTheSet() {
    return new Forgeries("key of the set")
        .login(OidcCheck.KEY_STRENGTH, "RSA of 1024 bits", scene -> scene.provider.signWith(WEAK))
        .login(
            OidcCheck.KEY_USE,
            "for encryption by its use",
            scene -> scene.provider.keys.getFirst().put("use", "enc"))
        .login(
            OidcCheck.KEY_USE,
            "for encryption by its operations",
            scene -> {
              scene.provider.keys.getFirst().remove("use");
              scene.provider.keys.getFirst().put("key_ops", List.of("wrapKey"));
            })
        .login(
            OidcCheck.KEY_ALGORITHM,
            "for another algorithm",
            scene -> {
              scene.provider.says("PS256");
              scene.provider.keys.getFirst().put("alg", "RS256");
              scene.provider.signer = scene.provider.signer.signingWith("PS256");
            })
        .login(
            OidcRefusal.KEY,
            "two of one name",
            scene -> scene.provider.keys.add(ATTACKER.named("key-1").jwk()))
        .login(
            OidcRefusal.KEY,
            "no name and two keys",
            scene -> {
              scene.provider.keys.add(ATTACKER.jwk());
              scene.provider.header.put("kid", "");
            })
        .login(
            OidcRefusal.KEYS,
            "too many",
            scene -> {
              for (int i = 0; i < KeySetReader.KEYS_MAX; i++) {
                scene.provider.keys.add(ATTACKER.named("key-" + i).jwk());
              }
            })
        .list();
  }

  private static List<Forgery> oldKeys() {
    return new Forgeries("key that was withdrawn")
        .attempt(
            OidcCheck.KEYS_LIFE,
            "and its set is old",
            scene -> {
              scene.accepted();
              scene.provider.keys.clear();
              scene.provider.keys.add(NEXT.jwk());
              scene.clock.advance(OidcOptions.defaults().keysLife());
              return scene.refusalOfLogin();
            })
        .attempt(
            OidcCheck.KEYS_REPLACED,
            "and the next was seen",
            scene -> {
              scene.accepted();
              TestKey old = scene.provider.signer;
              scene.provider.signWith(NEXT);
              scene.clock.advance(OidcOptions.defaults().keysRefetch());
              scene.accepted();
              scene.provider.signer = old;
              return scene.refusalOfLogin();
            })
        .list();
  }

  private static List<Forgery> signatures() {
    return new Forgeries("signature")
        .login(
            OidcCheck.SIGNATURE,
            "of another key under the name",
            scene -> scene.provider.signer = ATTACKER.named("key-1"))
        .login(
            OidcCheck.SIGNATURE,
            "of other claims",
            scene -> scene.provider.forge(token -> withPayload(token, "Lovelace", "Byron")))
        .login(
            OidcCheck.SIGNATURE,
            "cut short",
            scene -> scene.provider.forge(token -> token.substring(0, token.length() - 4)))
        .login(
            OidcRefusal.TOKEN_FORM,
            "cut off",
            scene -> scene.provider.forge(token -> token.substring(0, token.lastIndexOf('.') + 1)))
        .login(
            OidcCheck.SIGNATURE,
            "of zeros by an elliptic curve",
            scene -> {
              scene.provider.signWith(ELLIPTIC);
              scene.provider.forge(token -> withSignature(token, new byte[64]));
            })
        .login(
            OidcCheck.SIGNATURE,
            "of zeros by Ed25519",
            scene -> {
              scene.provider.signWith(EDWARDS);
              scene.provider.forge(token -> withSignature(token, new byte[64]));
            })
        .list();
  }

  private static List<Forgery> forms() {
    return new Forgeries("form of the token")
        .login(
            OidcRefusal.TOKEN_FORM,
            "a critical header that nobody knows",
            scene -> {
              scene.provider.header.put("crit", List.of("exp"));
              scene.provider.header.put("exp", 0L);
            })
        .login(
            OidcRefusal.TOKEN_FORM,
            "an unencoded payload",
            scene -> {
              scene.provider.header.put("crit", List.of("b64"));
              scene.provider.header.put("b64", false);
            })
        .login(
            OidcRefusal.TOKEN_FORM,
            "encrypted to the provider's own key",
            scene -> scene.provider.forge(token -> encrypted(scene, token)))
        .login(
            OidcRefusal.TOKEN_FORM,
            "a claim twice",
            scene -> scene.provider.payload = json -> json.replaceFirst("\\{", "{\"sub\":\"eve\","))
        .login(
            OidcRefusal.TOKEN_FORM,
            "a header twice",
            scene -> scene.provider.forge(ForgedKeys::withHeaderTwice))
        .login(
            OidcRefusal.TOKEN_FORM,
            "a character that readers pass over",
            scene -> scene.provider.forge(token -> token + "\n"))
        .login(OidcRefusal.TOKEN_FORM, "no JSON", scene -> scene.provider.payload = json -> "[]")
        .login(
            OidcRefusal.TOKEN_FORM,
            "larger than the limit",
            scene -> scene.provider.claims = claims -> claims.put("x", "x".repeat(64 << 10)))
        .list();
  }

  private static void unsigned(Scene scene, String algorithm, String signature) {
    scene.provider.forge(
        token ->
            TestKey.base64(CanonicalJson.write(Map.of("alg", algorithm, "kid", "key-1")))
                + "."
                + token.split("\\.", -1)[1]
                + "."
                + signature);
  }

  private static void shared(Scene scene, Function<TestKey, byte[]> secret) {
    scene.provider.says("HS256");
    TestKey key = scene.provider.signer;
    Map<String, Object> head = new HashMap<>();
    head.put("kid", key.id());
    scene.provider.forge(
        token -> {
          head.putAll(scene.provider.header);
          head.put("alg", "HS256");
          return TestKey.signShared(
              head, Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), secret.apply(key));
        });
  }

  private static byte[] modulus(TestKey key) {
    return ((RSAPublicKey) key.publicKey()).getModulus().toByteArray();
  }

  /** Somebody looked where the token said: that is a way in as well. */
  private static Optional<OidcRefusal> lured(Scene scene, String name, Object value) {
    scene.provider.manners.put(
        "/evil",
        exchange -> HostileProvider.json(exchange, 200, Map.of("keys", List.of(ATTACKER.jwk()))));
    scene.provider.header.put(name, value);
    scene.provider.signer = ATTACKER;
    scene.clock.advance(Duration.ofMinutes(1));
    Optional<OidcRefusal> refusal = scene.refusalOfLogin();
    return scene.provider.calls("/evil") == 0 ? refusal : Optional.empty();
  }

  private static String withPayload(String token, String from, String to) {
    String[] parts = token.split("\\.", -1);
    String json =
        new String(
            Base64.getUrlDecoder().decode(parts[1]), java.nio.charset.StandardCharsets.UTF_8);
    return parts[0] + "." + TestKey.base64(TestKey.bytes(json.replace(from, to))) + "." + parts[2];
  }

  private static String withSignature(String token, byte[] signature) {
    return token.substring(0, token.lastIndexOf('.') + 1) + TestKey.base64(signature);
  }

  private static String withHeaderTwice(String token) {
    String header = "{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"key-1\"}";
    return TestKey.base64(TestKey.bytes(header)) + token.substring(token.indexOf('.'));
  }

  private static String encrypted(Scene scene, String token) {
    try {
      JWEObject object =
          new JWEObject(
              new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128CBC_HS256),
              new Payload(token));
      object.encrypt(new RSAEncrypter((RSAPublicKey) scene.provider.signer.publicKey()));
      return object.serialize();
    } catch (JOSEException fault) {
      throw new AssertionError(fault);
    }
  }
}
