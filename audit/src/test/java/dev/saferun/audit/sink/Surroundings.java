package dev.saferun.audit.sink;

import dev.saferun.platform.AddressGuard;
import dev.saferun.platform.Cidr;
import dev.saferun.platform.Resolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An appliance whose operator lets tenants call this machine. */
final class Surroundings {

  private Surroundings() {}

  static SinkSurroundings ofThisMachine() {
    return allowing(Resolver.ofSystem(), "127.0.0.0/8", "::1");
  }

  static SinkSurroundings allowing(Resolver resolver, String... ranges) {
    List<Cidr> allowed = Stream.of(ranges).map(Cidr::parse).toList();
    return new SinkSurroundings(
        new AddressGuard(allowed, resolver), "appliance.example.com", null, Clock.systemUTC());
  }

  static SinkType type(String name) {
    return type(name, ofThisMachine());
  }

  static SinkType type(String name, SinkSurroundings surroundings) {
    return new SinkTypes(surroundings).named(name).orElseThrow();
  }

  static SinkSettings settings(Map<String, @Nullable Object> settings) {
    return new SinkSettings(settings, Map.of());
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
