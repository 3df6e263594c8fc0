package dev.saferun.audit.delivery;

import dev.saferun.audit.AuditConfiguration;
import dev.saferun.audit.sink.SinkSurroundings;
import dev.saferun.audit.sink.SinkTypes;
import dev.saferun.platform.AddressGuard;
import dev.saferun.platform.Cidr;
import dev.saferun.platform.Resolver;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;

/** The protocols, with what they have of this appliance. */
@Factory
final class SinkBeans {

  private static final String NAMELESS = "saferun";

  @Singleton
  SinkTypes types(AuditConfiguration configuration, Clock clock) {
    AddressGuard guard =
        new AddressGuard(
            configuration.allowed().stream().map(Cidr::parse).toList(), Resolver.ofSystem());
    String files = configuration.filesDirectory();
    return new SinkTypes(
        new SinkSurroundings(guard, hostname(), files == null ? null : Path.of(files), clock));
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return NAMELESS;
    }
  }
}
