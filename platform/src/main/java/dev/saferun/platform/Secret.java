package dev.saferun.platform;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A password or token that nothing prints by accident. Closing it overwrites the characters; what
 * {@link #reveal} gave out is a copy, and whoever asked for it answers for it.
 */
public final class Secret implements AutoCloseable {

  private static final String REDACTED = "[REDACTED]";

  private final char[] characters;
  private boolean closed;

  private Secret(char[] characters) {
    this.characters = characters;
  }

  public static Secret of(CharSequence text) {
    char[] copy = new char[text.length()];
    CharBuffer.wrap(copy).append(text);
    return new Secret(copy);
  }

  /** From UTF-8, without the line break that editors put at the end of a file. */
  public static Secret ofFile(byte[] content) {
    CharBuffer decoded = StandardCharsets.UTF_8.decode(java.nio.ByteBuffer.wrap(content));
    int length = decoded.limit();
    while (length > 0 && (decoded.get(length - 1) == '\n' || decoded.get(length - 1) == '\r')) {
      length--;
    }
    Secret secret = of(decoded.subSequence(0, length));
    Arrays.fill(decoded.array(), '\0');
    return secret;
  }

  /**
   * The characters as a string, for a driver that takes nothing else; that copy stays in memory.
   */
  public String reveal() {
    return use(String::new);
  }

  /** Gives the characters to {@code work}, which must not keep the array. */
  public synchronized <T> T use(Function<char[], T> work) {
    if (closed) {
      throw new IllegalStateException("the secret was wiped");
    }
    return work.apply(characters);
  }

  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(characters, '\0');
  }

  @Override
  public String toString() {
    return REDACTED;
  }
}
