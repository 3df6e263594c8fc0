package dev.saferun.auth.breakglass;

import dev.saferun.platform.Ids;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords by Argon2id (RFC 9106) and writes them in the form that other programs read,
 * {@code $argon2id$v=19$m=..,t=..,p=..$salt$hash}. Blocks for some hundredths of a second and takes
 * 19 MiB, so only a few run at once.
 */
@Singleton
class Passwords {

  private static final int MEMORY_KIB = 19_456;
  private static final int ITERATIONS = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int AT_ONCE = 2;

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,3})"
              + "\\$([A-Za-z0-9+/]{1,100})\\$([A-Za-z0-9+/]{1,100})");

  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final String nobodys = hash(Base64.getEncoder().encodeToString(Ids.secret(SALT_BYTES)));

  String hash(String password) {
    byte[] salt = Ids.secret(SALT_BYTES);
    byte[] hash = argon2(password, salt, MEMORY_KIB, ITERATIONS, LANES, HASH_BYTES);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m="
        + MEMORY_KIB
        + ",t="
        + ITERATIONS
        + ",p="
        + LANES
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash);
  }

  boolean matches(String password, String hashed) {
    Matcher form = FORM.matcher(hashed);
    if (!form.matches()) {
      throw new IllegalStateException("a stored password has another form");
    }
    byte[] wanted = Base64.getDecoder().decode(form.group(5));
    byte[] given =
        argon2(
            password,
            Base64.getDecoder().decode(form.group(4)),
            Integer.parseInt(form.group(1)),
            Integer.parseInt(form.group(2)),
            Integer.parseInt(form.group(3)),
            wanted.length);
    return MessageDigest.isEqual(wanted, given);
  }

  /** The same work for a name that nobody has. */
  void matchesNobody(String password) {
    boolean matched = matches(password, nobodys);
    if (matched) {
      throw new IllegalStateException("somebody guessed 128 random bits");
    }
  }

  private byte[] argon2(
      String password, byte[] salt, int memoryKib, int iterations, int lanes, int bytes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(iterations)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[bytes];
    turns.acquireUninterruptibly();
    try {
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    } finally {
      turns.release();
    }
    return hash;
  }
}
