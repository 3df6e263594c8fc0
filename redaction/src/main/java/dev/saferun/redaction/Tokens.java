package dev.saferun.redaction;

import dev.saferun.platform.CanonicalJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** Makes the tokens of one organization: {@code tok_<class>_<128 bits in base 62>}. */
final class Tokens {

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** 62^22 > 2^128. */
  private static final int TOKEN_CHARACTERS = 22;

  private final TokenKeys keys;
  private final UUID organizationId;
  private @Nullable Mac mac;

  Tokens(TokenKeys keys, UUID organizationId) {
    this.keys = keys;
    this.organizationId = organizationId;
  }

  /** A text and another JSON value that looks like it are different values. */
  String of(String dataClass, Object value) {
    return value instanceof String text
        ? token(dataClass, (byte) 's', text.getBytes(StandardCharsets.UTF_8))
        : token(dataClass, (byte) 'j', CanonicalJson.write(value));
  }

  private String token(String dataClass, byte kind, byte[] value) {
    try {
      Mac hmac = mac == null ? Mac.getInstance("HmacSHA256") : mac;
      mac = hmac;
      hmac.init(keys.key(organizationId, dataClass));
      hmac.update(kind);
      return "tok_" + dataClass + "_" + base62(hmac.doFinal(value));
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("the key of a token cannot be used", fault);
    }
  }

  /** The first 128 bits, most significant digit first, always the same length. */
  private static String base62(byte[] digest) {
    ByteBuffer bits = ByteBuffer.wrap(digest);
    int[] words = {bits.getInt(), bits.getInt(), bits.getInt(), bits.getInt()};
    char[] text = new char[TOKEN_CHARACTERS];
    for (int i = TOKEN_CHARACTERS - 1; i >= 0; i--) {
      long remainder = 0;
      for (int w = 0; w < words.length; w++) {
        long part = (remainder << 32) | Integer.toUnsignedLong(words[w]);
        words[w] = (int) (part / ALPHABET.length());
        remainder = part % ALPHABET.length();
      }
      text[i] = ALPHABET.charAt((int) remainder);
    }
    return new String(text);
  }
}
