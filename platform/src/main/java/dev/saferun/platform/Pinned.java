package dev.saferun.platform;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A host whose addresses were judged. Connect to these only.
 *
 * @param host for TLS and for the protocol; it is not resolved again
 * @param addresses at least one, all of them allowed
 */
public record Pinned(String host, int port, List<InetAddress> addresses) {

  public Pinned {
    addresses = List.copyOf(addresses);
  }

  /** The one that is tried first. */
  public InetSocketAddress address() {
    return new InetSocketAddress(addresses.getFirst(), port);
  }
}
