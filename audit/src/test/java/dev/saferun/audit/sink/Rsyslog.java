package dev.saferun.audit.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real rsyslog on free ports of this machine: TCP, or TLS that wants a client certificate. */
final class Rsyslog implements AutoCloseable {

  private static final String FIELDS =
      "%pri% %timestamp:::date-rfc3339% %hostname% %app-name% %msgid% %structured-data%\\t%msg%\\n";

  private final PeerProcess process;
  private final Path log;
  private final int port;

  private Rsyslog(PeerProcess process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  static Rsyslog start(Path directory, @Nullable Certificates certificates) throws IOException {
    int port = Surroundings.freePort();
    Path log = directory.resolve("received.log");
    Path configuration =
        Files.writeString(
            directory.resolve("rsyslog.conf"), configuration(directory, log, port, certificates));
    List<String> command = new ArrayList<>(List.of("/usr/sbin/rsyslogd", "-n"));
    command.addAll(List.of("-f", configuration.toString()));
    command.addAll(List.of("-i", directory.resolve("rsyslog.pid").toString()));
    return new Rsyslog(PeerProcess.start(directory, command, Map.of(), port), log, port);
  }

  private static String configuration(
      Path directory, Path log, int port, @Nullable Certificates certificates) {
    return """
        global(workDirectory="%s" maxMessageSize="256k" parser.escapeControlCharactersOnReceive="off"%s)
        module(load="imtcp"%s)
        template(name="fields" type="string" string="%s")
        ruleset(name="all") { action(type="omfile" file="%s" template="fields") }
        input(type="imtcp" address="127.0.0.1" port="%d" ruleset="all")
        """
        .formatted(
            directory,
            certificates == null
                ? ""
                : " defaultNetstreamDriverCAFile=\"%s\" defaultNetstreamDriverCertFile=\"%s\" defaultNetstreamDriverKeyFile=\"%s\""
                    .formatted(
                        certificates.authority(), certificates.server(), certificates.serverKey()),
            certificates == null
                ? ""
                : " streamDriver.name=\"gtls\" streamDriver.mode=\"1\" streamDriver.authMode=\"x509/name\" permittedPeer=[\"client.example.com\"]",
            FIELDS,
            log,
            port);
  }

  int port() {
    return port;
  }

  /** The lines of an organization, once there are as many; a tab stands before the message. */
  List<String> lines(UUID organization, int count) throws IOException {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> lines(organization).size() >= count);
    return lines(organization);
  }

  private List<String> lines(UUID organization) throws IOException {
    if (!Files.exists(log)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(organization.toString())).toList();
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
