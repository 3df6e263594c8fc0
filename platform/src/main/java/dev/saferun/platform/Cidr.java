package dev.saferun.platform;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param network its first address
 * @param prefixBits how many of the leading bits all its addresses share
 */
public record Cidr(InetAddress network, int prefixBits) {

  /**
   * Reads a range, or one address, which is the range of itself.
   *
   * @throws IllegalArgumentException for another text, and for a network with bits set behind its
   *     prefix: that is a slip, and nobody can tell which of the two numbers is meant
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> network = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
    if (network.isEmpty()) {
      throw new IllegalArgumentException("not a range of addresses: " + text);
    }
    int bits = network.get().getAddress().length * Byte.SIZE;
    Cidr range = new Cidr(network.get(), slash < 0 ? bits : prefix(text, slash + 1, bits));
    if (!range.startsAtItsNetwork()) {
      throw new IllegalArgumentException("the range has bits set behind its prefix: " + text);
    }
    return range;
  }

  private static int prefix(String text, int from, int bits) {
    String digits = text.substring(from);
    if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > bits) {
      throw new IllegalArgumentException("not a range of addresses: " + text);
    }
    return Integer.parseInt(digits);
  }

  private boolean startsAtItsNetwork() {
    byte[] bytes = network.getAddress();
    for (int bit = prefixBits; bit < bytes.length * Byte.SIZE; bit++) {
      if (bit(bytes, bit) != 0) {
        return false;
      }
    }
    return true;
  }

  public boolean contains(InetAddress address) {
    byte[] mine = network.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      if (bit(mine, bit) != bit(other, bit)) {
        return false;
      }
    }
    return true;
  }

  private static int bit(byte[] bytes, int at) {
    return bytes[at / Byte.SIZE] >> (Byte.SIZE - 1 - at % Byte.SIZE) & 1;
  }

  /** Whether it names one address exactly. */
  boolean isOneAddress() {
    return prefixBits == network.getAddress().length * Byte.SIZE;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefixBits;
  }
}
