package dev.saferun.auth.saml;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * The smallest certificate of RFC 5280 that carries a key: version 3, no extension, issued by
 * itself. Java can read certificates and has no public way to make one.
 */
final class SelfSigned {

  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int UTF8_STRING = 0x0C;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int UTC_TIME = 0x17;
  private static final int VERSION = 0xA0;

  private static final int SHORT_LENGTH_MAX = 127;
  private static final int SERIAL_BYTES = 16;

  /** From this year on a time is written with four digits of its year (RFC 5280, 4.1.2.5). */
  private static final int LONG_YEARS_FROM = 2_050;

  private static final byte[] VERSION_3 = HexFormat.of().parseHex("020102");
  private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");
  private static final byte[] SHA256_RSA =
      HexFormat.of().parseHex("300d06092a864886f70d01010b0500");
  private static final byte[] SHA256_ECDSA = HexFormat.of().parseHex("300a06082a8648ce3d040302");

  private static final DateTimeFormatter SHORT_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LONG_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private SelfSigned() {}

  static byte[] certificate(KeyPair pair, String commonName, Instant from, Instant until) {
    boolean isRsa = pair.getPublic().getAlgorithm().equals("RSA");
    byte[] algorithm = isRsa ? SHA256_RSA : SHA256_ECDSA;
    byte[] name = name(commonName);
    byte[] content =
        tagged(
            SEQUENCE,
            tagged(VERSION, VERSION_3),
            tagged(INTEGER, serial()),
            algorithm,
            name,
            tagged(SEQUENCE, time(from), time(until)),
            name,
            pair.getPublic().getEncoded());
    byte[] signature = sign(pair, isRsa ? "SHA256withRSA" : "SHA256withECDSA", content);
    return tagged(SEQUENCE, content, algorithm, tagged(BIT_STRING, new byte[1], signature));
  }

  private static byte[] sign(KeyPair pair, String algorithm, byte[] content) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(pair.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException fault) {
      throw new IllegalArgumentException("the key cannot sign", fault);
    }
  }

  /** Positive, and without a leading zero. */
  private static byte[] serial() {
    byte[] serial = new byte[SERIAL_BYTES];
    new SecureRandom().nextBytes(serial);
    serial[0] = (byte) ((serial[0] & 0x3F) | 0x40);
    return serial;
  }

  private static byte[] name(String commonName) {
    byte[] text = tagged(UTF8_STRING, commonName.getBytes(StandardCharsets.UTF_8));
    return tagged(SEQUENCE, tagged(SET, tagged(SEQUENCE, COMMON_NAME, text)));
  }

  private static byte[] time(Instant at) {
    boolean isLong = at.atZone(ZoneOffset.UTC).getYear() >= LONG_YEARS_FROM;
    String text = (isLong ? LONG_TIME : SHORT_TIME).format(at);
    return tagged(isLong ? GENERALIZED_TIME : UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    all.writeBytes(length(content.size()));
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }

  private static byte[] length(int bytes) {
    if (bytes <= SHORT_LENGTH_MAX) {
      return new byte[] {(byte) bytes};
    }
    int digits = (Integer.SIZE - Integer.numberOfLeadingZeros(bytes) + 7) / Byte.SIZE;
    byte[] length = new byte[1 + digits];
    length[0] = (byte) (0x80 | digits);
    for (int i = 0; i < digits; i++) {
      length[digits - i] = (byte) (bytes >>> (i * Byte.SIZE));
    }
    return length;
  }
}
