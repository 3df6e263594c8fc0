package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutual TLS: rsyslog takes messages from one client's certificate only. */
class SyslogTlsSinkIT extends SyslogSinkContract {

  @SuppressWarnings("NullAway.Init")
  private static Rsyslog rsyslog;

  @SuppressWarnings("NullAway.Init")
  private static Certificates certificates;

  @SuppressWarnings("NullAway.Init")
  private static Certificates others;

  @BeforeAll
  static void start(@TempDir Path directory, @TempDir Path other) throws Exception {
    certificates = Certificates.make(directory);
    others = Certificates.make(other);
    rsyslog = Rsyslog.start(directory, certificates);
  }

  @AfterAll
  static void stop() {
    rsyslog.close();
  }

  @Override
  Rsyslog rsyslog() {
    return rsyslog;
  }

  @Override
  SinkSettings receiver() {
    return settings("127.0.0.1", certificates, certificates);
  }

  private static SinkSettings settings(
      String host, Certificates trusted, @Nullable Certificates client) {
    Map<String, @Nullable Object> settings = new HashMap<>();
    settings.put("address", host + ":" + rsyslog.port());
    settings.put("ca", Certificates.text(trusted.authority()));
    settings.put("byte_order_mark", false);
    settings.put("timeout_seconds", 5L);
    if (client == null) {
      return Surroundings.settings(settings);
    }
    settings.put("client_certificate", Certificates.text(client.client()));
    return new SinkSettings(settings, Map.of("client_key", Certificates.text(client.clientKey())));
  }

  @Test
  void aServerOfAnotherAuthorityIsNotTrusted() {
    assertFails(settings("127.0.0.1", others, certificates), "TLS failed");
  }

  @Test
  void aCertificateForAnotherNameIsNotTrusted() {
    assertFails(settings("localhost", certificates, certificates), "TLS failed");
  }

  @Test
  void theServerWantsItsClient() {
    assertFails(settings("127.0.0.1", certificates, null), "");
    assertFails(settings("127.0.0.1", certificates, others), "");
  }

  private void assertFails(SinkSettings settings, String reason) {
    assertThatThrownBy(() -> type().open(settings).send(Messages.of(10)))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining(reason);
  }
}
