package dev.saferun.audit.sink;

import dev.saferun.platform.AddressGuard;
import dev.saferun.platform.AddressRefusedException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** The HTTP client connects to what this returns and to nothing else. */
final class PinningResolver implements DnsResolver {

  private final AddressGuard guard;
  private final int port;

  PinningResolver(AddressGuard guard, int port) {
    this.guard = guard;
    this.port = port;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    try {
      return guard.pin(host, port).addresses().toArray(InetAddress[]::new);
    } catch (AddressRefusedException refused) {
      UnknownHostException unknown = new UnknownHostException("refused");
      unknown.initCause(refused);
      throw unknown;
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
