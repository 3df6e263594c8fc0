package dev.saferun.platform;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses that are nobody's on the public Internet, by IANA's registries of special-purpose
 * addresses for version 4 and 6, and those at which a cloud answers its own machines.
 */
final class AddressRanges {

  private static final List<Cidr> REFUSED =
      Stream.of(
              // This network, private, shared by a carrier, loopback, link-local.
              "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12",
              // Protocol assignments, documentation, 6to4 relays, private, benchmarks.
              "192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15",
              "198.51.100.0/24 203.0.113.0/24",
              // Multicast; reserved, with the broadcast address.
              "224.0.0.0/4 240.0.0.0/4",
              // Version 6: unspecified, loopback and version 4 in three disguises.
              "::/96 ::ffff:0:0:0/96",
              // Translation for local use: where it keeps the address of version 4 is not known.
              "64:ff9b:1::/48",
              // Discarded; Teredo; benchmarks; hashes; documentation; 6to4; segment routing.
              "100::/64 100:0:0:1::/64 2001::/32 2001:2::/48 2001:10::/28 2001:20::/28",
              "2001:db8::/32 2002::/16 3fff::/20 5f00::/16",
              // Unique local, link-local, site-local, multicast.
              "fc00::/7 fe80::/10 fec0::/10 ff00::/8")
          .flatMap(line -> Arrays.stream(line.split(" ", -1)))
          .map(Cidr::parse)
          .toList();

  /** Where AWS, Google, Azure, Oracle and Alibaba give credentials to the machine that asks. */
  private static final List<Cidr> METADATA =
      Stream.of(
              "169.254.169.254 169.254.170.2 169.254.170.23 168.63.129.16 192.0.0.192",
              "100.100.100.200 fd00:ec2::254 fd00:ec2::23 fd20:ce::254")
          .flatMap(line -> Arrays.stream(line.split(" ", -1)))
          .map(Cidr::parse)
          .toList();

  /** Well-known translation (RFC 6052): a public address of version 4 stays reachable by it. */
  private static final Cidr TRANSLATED = Cidr.parse("64:ff9b::/96");

  private static final int MAPPED_ZEROS = 10;

  private AddressRanges() {}

  static boolean isRefused(InetAddress address) {
    return REFUSED.stream().anyMatch(range -> range.contains(address));
  }

  static boolean isMetadata(InetAddress address) {
    return METADATA.stream().anyMatch(one -> one.contains(address));
  }

  /** What a packet to this address reaches in the end: of version 4 where one is embedded. */
  static InetAddress reached(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address || !(TRANSLATED.contains(address) || isMapped(bytes))) {
      return address;
    }
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean isMapped(byte[] bytes) {
    for (int i = 0; i < MAPPED_ZEROS; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[MAPPED_ZEROS] == -1 && bytes[MAPPED_ZEROS + 1] == -1;
  }
}
