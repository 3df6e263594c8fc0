package dev.saferun.audit.sink;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A syslog receiver that is a real rsyslog, over either transport. */
abstract class SyslogSinkContract extends NetworkSinkContract {

  abstract Rsyslog rsyslog();

  @Override
  SinkType type() {
    return Surroundings.type("syslog");
  }

  @Override
  SinkSettings at(int port) {
    return Surroundings.settings(
        Map.of(
            "address",
            "127.0.0.1:" + port,
            "transport",
            "tcp",
            "allow_plaintext",
            true,
            "timeout_seconds",
            1L));
  }

  @Override
  List<String> received(UUID organization, int count) throws Exception {
    return rsyslog().lines(organization, count).stream()
        .map(line -> line.substring(line.indexOf('\t') + 1))
        .toList();
  }

  @Override
  boolean knowsIds() {
    return false;
  }
}
