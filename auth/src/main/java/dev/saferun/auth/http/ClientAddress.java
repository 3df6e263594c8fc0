package dev.saferun.auth.http;

import dev.saferun.auth.AuthConfiguration;
import dev.saferun.platform.Cidr;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * From where a request came. Behind a proxy that the operator trusts it is what the nearest such
 * proxy saw: the last address in {@code X-Forwarded-For} that is no trusted proxy itself. What
 * stands before it is the client's own word, and anybody can write it.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ClientAddress implements Ordered {

  private static final String ADDRESS = "saferun.address";
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final List<Cidr> proxies;

  ClientAddress(AuthConfiguration configuration) {
    this.proxies = configuration.proxies().stream().map(Cidr::parse).toList();
  }

  /** Before those that count by it. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @RequestFilter
  void note(HttpRequest<?> request) {
    if (!proxies.isEmpty()) {
      request.setAttribute(ADDRESS, address(request));
    }
  }

  static String of(HttpRequest<?> request) {
    return request.getAttribute(ADDRESS, String.class).orElseGet(() -> peer(request));
  }

  private String address(HttpRequest<?> request) {
    String address = peer(request);
    List<String> hops =
        request.getHeaders().getAll(FORWARDED_FOR).stream()
            .flatMap(line -> List.of(line.split(",", -1)).stream())
            .map(String::strip)
            .toList();
    for (int i = hops.size() - 1; i >= 0 && isProxy(address); i--) {
      if (literal(hops.get(i)).isEmpty()) {
        return address;
      }
      address = hops.get(i);
    }
    return address;
  }

  private boolean isProxy(String address) {
    return literal(address)
        .filter(read -> proxies.stream().anyMatch(range -> range.contains(read)))
        .isPresent();
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static String peer(HttpRequest<?> request) {
    InetAddress address = request.getRemoteAddress().getAddress();
    return address == null ? "unresolved" : address.getHostAddress();
  }
}
