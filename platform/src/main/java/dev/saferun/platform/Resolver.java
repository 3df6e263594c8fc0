package dev.saferun.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** From a name to its addresses. */
public interface Resolver {

  /** At least one address, in the order in which they are tried. */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /** The machine's own, as it is configured there; it gives up after some seconds. */
  static Resolver ofSystem() {
    return new SystemResolver();
  }
}
