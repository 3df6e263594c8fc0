package dev.saferun.platform;

import dev.saferun.platform.AddressRefusedException.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges every address that a customer gave before the appliance calls it. Safe to share between
 * threads.
 *
 * <p>All that is not the public Internet is refused unless the operator allowed its range. The
 * addresses at which a cloud hands out credentials need more: the operator must name them one by
 * one, for a wide range is allowed without a thought of them.
 */
public final class AddressGuard {

  private final List<Cidr> allowed;
  private final Resolver resolver;

  /**
   * @param allowed the operator's, never a tenant's
   */
  public AddressGuard(List<Cidr> allowed, Resolver resolver) {
    this.allowed = List.copyOf(allowed);
    this.resolver = resolver;
  }

  /** Resolves a host and judges every address of it; one that is refused refuses the host. */
  public Pinned pin(String host, int port) throws AddressRefusedException {
    TargetReader.checkPort(port);
    String name = HostName.check(host);
    List<InetAddress> pinned = new ArrayList<>();
    for (InetAddress address : addresses(name)) {
      check(address);
      pinned.add(named(name, address));
    }
    return new Pinned(name, port, pinned);
  }

  private List<InetAddress> addresses(String name) throws AddressRefusedException {
    Optional<InetAddress> literal = IpLiteral.parse(name);
    if (literal.isPresent()) {
      return List.of(literal.get());
    }
    try {
      List<InetAddress> found = resolver.resolve(name);
      if (!found.isEmpty()) {
        return found;
      }
    } catch (UnknownHostException unknown) {
      // Answered as a refused one is.
    }
    throw new AddressRefusedException(Reason.NOT_ALLOWED);
  }

  /** The address knows its name, so that nothing asks for the name by the address. */
  private static InetAddress named(String name, InetAddress address) {
    try {
      return InetAddress.getByAddress(name, address.getAddress());
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Takes a URL apart without resolving it; an address that is written as one is judged at once.
   *
   * @param schemes in lower case
   */
  public Target target(String url, Set<String> schemes) throws AddressRefusedException {
    Target target = TargetReader.read(url, schemes);
    checkSpelling(target.host(), target.port());
    return target;
  }

  /** Judges what can be judged of a host without resolving it. */
  public void checkSpelling(String host, int port) throws AddressRefusedException {
    TargetReader.checkPort(port);
    Optional<InetAddress> literal = IpLiteral.parse(HostName.check(host));
    if (literal.isPresent()) {
      check(literal.get());
    }
  }

  private void check(InetAddress address) throws AddressRefusedException {
    if (!mayCall(AddressRanges.reached(address))) {
      throw new AddressRefusedException(Reason.NOT_ALLOWED);
    }
  }

  private boolean mayCall(InetAddress address) {
    boolean isMetadata = AddressRanges.isMetadata(address);
    for (Cidr range : allowed) {
      if (range.contains(address) && (!isMetadata || range.isOneAddress())) {
        return true;
      }
    }
    return !isMetadata && !AddressRanges.isRefused(address);
  }
}
