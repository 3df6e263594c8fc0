package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.saferun.platform.ProblemException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every spelling of the inner network that attackers are known to use, through every sink that
 * speaks HTTP, with a listener at 127.0.0.1 that must not be reached.
 */
class ForbiddenAddressesIT {

  private static final List<String> TYPES =
      List.of("elasticsearch", "otlp", "s3", "splunk_hec", "webhook");

  /** {@code P} is the listener's port; a second address is what a name answers later. */
  private static final List<String> URLS =
      List.of(
          // This machine as it is, and all that is this machine as well.
          "http://127.0.0.1:P",
          "http://127.0.0.1:P/",
          "HTTP://127.0.0.1:P",
          "http://127.0.0.2:P",
          "http://127.1.2.3:P",
          "http://127.255.255.255:P",
          "http://0.0.0.0:P",
          "http://0.1.2.3:P",
          "http://localhost:P",
          "http://LOCALHOST:P",
          "http://[::1]:P",
          "http://[::]:P",
          "http://[0:0:0:0:0:0:0:1]:P",
          "http://[0000::0001]:P",
          // The same number in other clothes.
          "http://2130706433:P",
          "http://017700000001:P",
          "http://0x7f000001:P",
          "http://0x7F.0x00.0x00.0x01:P",
          "http://0177.0.0.1:P",
          "http://0177.0.0.01:P",
          "http://127.1:P",
          "http://127.0.1:P",
          "http://0x7f.1:P",
          "http://0:P",
          "http://127.0.0.1.:P",
          "http://localhost.:P",
          "http://00000127.0.0.1:P",
          "http://%31%32%37.0.0.1:P",
          "http://127%2e0%2e0%2e1:P",
          "http://127.0.0.1%00:P",
          "http://127.0.0.1%09:P",
          "http://127.0.0.1%2f@example.com:P",
          "http://１２７.０.０.１:P",
          "http://127。0。0。1:P",
          "http://①②⑦.⓪.⓪.①:P",
          "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:P",
          // Version 4 within version 6.
          "http://[::ffff:127.0.0.1]:P",
          "http://[::ffff:7f00:1]:P",
          "http://[::127.0.0.1]:P",
          "http://[::7f00:1]:P",
          "http://[64:ff9b::127.0.0.1]:P",
          "http://[64:ff9b::7f00:1]:P",
          "http://[64:ff9b:1::7f00:1]:P",
          "http://[2002:7f00:1::]:P",
          "http://[2001:0:7f00:1::]:P",
          "http://[::ffff:0:127.0.0.1]:P",
          "http://[::1%25lo]:P",
          "http://[::1%lo]:P",
          "http://[fe80::1%25eth0]:P",
          // Two parsers, two hosts.
          "http://example.com@127.0.0.1:P",
          "http://127.0.0.1:P@example.com",
          "http://user:password@127.0.0.1:P",
          "http://example.com:80@127.0.0.1:P",
          "http://127.0.0.1:P#@example.com",
          "http://example.com#@127.0.0.1:P",
          "http://127.0.0.1:P\\@example.com",
          "http://example.com\\@127.0.0.1:P",
          "http:\\\\127.0.0.1:P",
          "http:127.0.0.1:P",
          "http:/127.0.0.1:P",
          "http:///127.0.0.1:P",
          "//127.0.0.1:P",
          "127.0.0.1:P",
          "http://127.0.0.1:P\t",
          " http://127.0.0.1:P",
          "http://127.0.0.1:P\r\nHost: example.com",
          "http://exa\u00ADmple@127.0.0.1:P",
          // Other protocols.
          "file:///etc/passwd",
          "gopher://127.0.0.1:P/_GET",
          "ftp://127.0.0.1:P",
          "jar:http://127.0.0.1:P!/",
          "netdoc:///etc/passwd",
          "dict://127.0.0.1:P/",
          // The inner network and the cloud's own.
          "http://10.0.0.1:P",
          "http://172.16.0.1:P",
          "http://192.168.0.1:P",
          "http://100.64.0.1:P",
          "http://169.254.169.254",
          "http://169.254.170.2",
          "http://168.63.129.16",
          "http://100.100.100.200",
          "http://[fd00:ec2::254]",
          "http://224.0.0.1:P",
          "http://255.255.255.255:P",
          "http://[fc00::1]:P",
          "http://[fec0::1]:P",
          "http://[ff02::1]:P",
          // Names that lead inside.
          "http://inside.example.com:P",
          "http://INSIDE.example.com:P",
          "http://inside6.example.com:P",
          "http://mapped.example.com:P",
          "http://both.example.com:P",
          "http://metadata.example.com",
          "http://nothing.example.com:P",
          "http://rebound.example.com:P");

  private final Canary canary = Canary.start();

  @AfterEach
  void stop() {
    canary.close();
  }

  static Stream<Arguments> everyFormThroughEverySink() {
    return TYPES.stream().flatMap(type -> URLS.stream().map(url -> Arguments.of(type, url)));
  }

  @ParameterizedTest
  @MethodSource("everyFormThroughEverySink")
  void nothingInsideIsReached(String type, String url) throws Exception {
    SinkType guarded = Surroundings.type(type, Surroundings.allowing(names()));
    SinkSettings settings =
        settings(type, url.replace(":P", ":" + Integer.toString(canary.port())));
    String reason = refusal(guarded, settings);
    assertThat(canary.connections()).isZero();
    assertThat(reason).doesNotContain("127.0.0.1").doesNotContain("10.0.0");
  }

  /** Whether by its settings or by its first batch. */
  private static String refusal(SinkType type, SinkSettings settings) throws Exception {
    try (Sink sink = type.open(settings)) {
      sink.send(Messages.of(2));
      return fail("it was delivered");
    } catch (ProblemException refused) {
      assertThat(refused.pointer()).isEqualTo("/settings/url");
      return refused.detail();
    } catch (SinkException refused) {
      assertThat(refused).hasMessageContaining("cannot be found or is not allowed");
      return String.valueOf(refused.getMessage());
    }
  }

  private static FakeResolver names() {
    FakeResolver names = new FakeResolver();
    // A bucket's name stands before that of its store.
    for (String bucket : List.of("", "events.")) {
      names
          .answering(bucket + "localhost", "127.0.0.1")
          .answering(bucket + "inside.example.com", "127.0.0.1")
          .answering(bucket + "inside6.example.com", "::1")
          .answering(bucket + "mapped.example.com", "64:ff9b::7f00:1")
          .answering(bucket + "both.example.com", "93.184.215.14", "127.0.0.1")
          .answering(bucket + "metadata.example.com", "169.254.169.254")
          .answering(bucket + "rebound.example.com", "127.0.0.1");
    }
    return names;
  }

  private static SinkSettings settings(String type, String url) {
    Map<String, @Nullable Object> settings = new HashMap<>();
    settings.put("url", url);
    settings.put("allow_plaintext", true);
    settings.put("timeout_seconds", 2L);
    Map<String, String> secrets = new HashMap<>();
    switch (type) {
      case "elasticsearch" -> settings.put("index", "events");
      case "splunk_hec" -> secrets.put("token", "t");
      case "webhook" -> secrets.put("signing_secret", "whsec_" + "A".repeat(32));
      case "s3" -> {
        settings.put("bucket", "events");
        settings.put("region", "eu-central-1");
        settings.put("access_key_id", "id");
        settings.put("path_style", true);
        secrets.put("secret_access_key", "key");
      }
      default -> {
        // Nothing more.
      }
    }
    return new SinkSettings(settings, secrets);
  }

  static Stream<String> types() {
    return TYPES.stream();
  }

  /** The negative control: where the operator allows it, the same calls reach the listener. */
  @ParameterizedTest
  @MethodSource("types")
  void withTheRangeAllowedTheListenerIsReached(String type) {
    SinkType open = Surroundings.type(type, Surroundings.allowing(names(), "127.0.0.0/8"));
    for (String host : List.of("127.0.0.1", "inside.example.com")) {
      int before = canary.connections();
      SinkSettings settings = settings(type, "http://" + host + ":" + canary.port());
      assertThatThrownBy(() -> open.open(settings).send(Messages.of(2)))
          .isInstanceOf(SinkException.class);
      assertThat(canary.connections()).isGreaterThan(before);
    }
  }

  /** A name that is public when it is judged, and inside when a client asks it again. */
  @ParameterizedTest
  @MethodSource("types")
  void aNameThatTurnsIsPinned(String type) throws Exception {
    List<String> asked = new ArrayList<>();
    FakeResolver names = new FakeResolver();
    names
        .answering("turning.example.com", "127.0.0.2")
        .answering("turning.example.com", "127.0.0.1");
    SinkSurroundings surroundings =
        Surroundings.allowing(
            host -> {
              asked.add(host);
              return names.resolve(host);
            },
            "127.0.0.2/32");
    SinkSettings settings = settings(type, "http://turning.example.com:" + canary.port());
    try (Sink sink = Surroundings.type(type, surroundings).open(settings)) {
      // The first goes to 127.0.0.2, where nobody listens; the second is refused.
      assertThatThrownBy(() -> sink.send(Messages.of(2)))
          .hasMessageContaining("takes no connection");
      assertThat(asked).hasSize(1);
      assertThatThrownBy(() -> sink.send(Messages.of(2))).hasMessageContaining("is not allowed");
    }
    assertThat(canary.connections()).isZero();
  }

  static Stream<Arguments> everyRedirectThroughEverySink() {
    return TYPES.stream()
        .flatMap(
            type -> Stream.of(300, 301, 302, 303, 307, 308).map(code -> Arguments.of(type, code)));
  }

  @ParameterizedTest
  @MethodSource("everyRedirectThroughEverySink")
  void noRedirectIsFollowed(String type, int status) throws Exception {
    try (FakeHttp redirecting =
        new FakeHttp(
            (exchange, body) -> {
              exchange
                  .getResponseHeaders()
                  .set("Location", "http://127.0.0.1:" + canary.port() + "/");
              return FakeHttp.Answer.of(status, "");
            })) {
      SinkType open = Surroundings.type(type, Surroundings.allowing(names(), "127.0.0.1/32"));
      assertThatThrownBy(() -> open.open(settings(type, redirecting.url())).send(Messages.of(2)))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("redirect, which is never followed (" + status + ")");
      assertThat(canary.connections()).isZero();
    }
  }

  @Test
  void theListenerCounts() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), canary.port())) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(canary.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("serversOfOtherProtocols")
  void theSameHoldsForHostsAndPorts(String type, String setting, String host) {
    String address = host + ":" + canary.port();
    Map<String, @Nullable Object> settings = new HashMap<>();
    settings.put(setting, type.equals("kafka") ? List.of(address) : address);
    settings.put("transport", "tcp");
    settings.put("allow_plaintext", true);
    settings.put("timeout_seconds", 2L);
    if (type.equals("kafka")) {
      settings.put("topic", "events");
    }
    SinkType guarded = Surroundings.type(type, Surroundings.allowing(names()));
    assertThatThrownBy(() -> guarded.open(Surroundings.settings(settings)).send(Messages.of(2)))
        .isInstanceOfAny(ProblemException.class, SinkException.class);
    assertThat(canary.connections()).isZero();
  }

  static Stream<Arguments> serversOfOtherProtocols() {
    List<String> hosts =
        List.of(
            "127.0.0.1",
            "localhost",
            "[::1]",
            "0.0.0.0",
            "2130706433",
            "0x7f.1",
            "127.1",
            "127.0.0.1.",
            "[::ffff:127.0.0.1]",
            "user@127.0.0.1",
            "inside.example.com",
            "both.example.com",
            "inside6.example.com",
            "127.0.0.1/x",
            "１２７.0.0.1");
    return Stream.concat(
        hosts.stream().map(host -> Arguments.of("syslog", "address", host)),
        hosts.stream().map(host -> Arguments.of("kafka", "bootstrap_servers", host)));
  }
}
