package dev.saferun.audit.sink;

import dev.saferun.platform.Target;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Syslog of RFC 5424 with octet counting: over TLS (RFC 5425), or over TCP where that is allowed.
 */
final class SyslogType implements SinkType {

  private static final Set<String> SETTINGS =
      Set.of(
          "address",
          "transport",
          "allow_plaintext",
          "ca",
          "client_certificate",
          "timeout_seconds",
          "facility",
          "severity",
          "byte_order_mark");

  private static final int FACILITY_MAX = 23;
  private static final int FACILITY_LOG_AUDIT = 13;

  private static final String BY_KIND = "by_kind";

  /** In the order of their numbers. */
  private static final List<String> SEVERITIES =
      List.of(
          "emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug");

  private final SinkSurroundings surroundings;

  SyslogType(SinkSurroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public String name() {
    return "syslog";
  }

  @Override
  public Set<String> secretNames() {
    return Set.of("client_key");
  }

  @Override
  public void check(SinkSettings settings) {
    open(settings).close();
  }

  @Override
  public Sink open(SinkSettings given) {
    Settings settings = Settings.read(given, SETTINGS, secretNames());
    Target target =
        Settings.hostAndPort(
            settings.required("address"), surroundings.guard(), "/settings/address");
    return new SyslogSink(
        new SyslogConnection(
            surroundings.guard(),
            target.host(),
            target.port(),
            settings.isTls() ? Tls.mutualContext(settings) : null,
            settings.timeout()),
        new SyslogFrames(
            surroundings.hostname(),
            settings.whole("facility", 0, FACILITY_MAX, FACILITY_LOG_AUDIT),
            severity(settings),
            settings.truth("byte_order_mark", true)));
  }

  private static @Nullable Integer severity(Settings settings) {
    String[] words = new String[SEVERITIES.size() + 1];
    words[0] = BY_KIND;
    for (int i = 0; i < SEVERITIES.size(); i++) {
      words[i + 1] = SEVERITIES.get(i);
    }
    String chosen = settings.choice("severity", words);
    return chosen.equals(BY_KIND) ? null : SEVERITIES.indexOf(chosen);
  }
}
