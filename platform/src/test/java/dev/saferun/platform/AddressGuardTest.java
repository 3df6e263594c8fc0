package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.AddressRefusedException.Reason;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  private static final Set<String> HTTPS = Set.of("https");

  private final FakeResolver names = new FakeResolver();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.254",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.0.1",
        "169.254.169.254",
        "169.254.170.2",
        "172.16.0.1",
        "172.31.255.254",
        "192.0.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.254",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "100.100.100.200",
        "::",
        "::1",
        "::7f00:1",
        "::a00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:a00:1::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2002:808:808::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "::ffff:0:7f00:1"
      })
  void refusesWhatIsNotThePublicInternet(String address) {
    assertThat(refusal(guard(), address)).isEqualTo(Reason.NOT_ALLOWED);
    names.answering("a.example.com", address);
    assertThat(refusal(guard(), "a.example.com")).isEqualTo(Reason.NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "1.0.0.1",
        "9.255.255.255",
        "11.0.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "126.0.0.1",
        "128.0.0.1",
        "169.253.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.167.0.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "64:ff9b::808:808",
        "2001:4860:4860::8888"
      })
  void takesWhatIs(String address) throws Exception {
    assertThat(guard().pin(address, 443).address())
        .isEqualTo(new InetSocketAddress(Cidr.parse(address).network(), 443));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0177.0.0.1",
        "0x7f.1",
        "0x7f000001",
        "127.1",
        "127.0.1",
        "017700000001",
        "127.0.0.1.",
        "127.0.0.01",
        "127.0.0.256",
        "１２７.0.0.1",
        "127。0。0。1",
        "①②⑦.0.0.1",
        "127.0.0.1%00",
        "127.0.0.1%20",
        "%31%32%37.0.0.1",
        "[::1",
        "::1%lo",
        "fe80::1%eth0",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "0:0:0:0:0:ffff:127.0.0.1",
        "localhost.",
        "example.com.",
        "a..example.com",
        "-a.example.com",
        "a_b.example.com",
        "ex ample.com",
        "localhost\u0000.example.com",
        "\u212A.example.com",
        "bücher.example",
        "example.c0m.0x7f",
        "1.2.3.4.5",
        "a.example.1",
        "",
        ".",
        "user@127.0.0.1",
        "127.0.0.1:80",
        "127.0.0.1/",
        "127.0.0.1#.example.com",
        "127.0.0.1\\.example.com"
      })
  void refusesOddSpellings(String host) {
    names.answering(host, "8.8.8.8");
    assertThat(refusal(guard(), host)).isEqualTo(Reason.SPELLING);
  }

  @Test
  void oneRefusedAddressRefusesTheName() {
    names.answering("a.example.com", "8.8.8.8", "127.0.0.1");
    assertThat(refusal(guard(), "a.example.com")).isEqualTo(Reason.NOT_ALLOWED);
  }

  @Test
  void aNameIsResolvedOnceAndPinned() throws Exception {
    names.answering("a.example.com", "8.8.8.8").answering("a.example.com", "127.0.0.1");
    Pinned pinned = guard().pin("A.example.com", 443);
    assertThat(pinned.host()).isEqualTo("a.example.com");
    assertThat(pinned.address()).hasToString("a.example.com/8.8.8.8:443");
    assertThat(refusal(guard(), "a.example.com")).isEqualTo(Reason.NOT_ALLOWED);
  }

  @Test
  void anUnknownNameIsRefusedAsAnInnerOneIs() {
    names.answering("inside.example.com", "10.0.0.1");
    assertThatThrownBy(() -> guard().pin("inside.example.com", 443))
        .hasMessage(message(guard(), "nothing.example.com"));
  }

  private static String message(AddressGuard guard, String host) {
    try {
      guard.pin(host, 443);
      return "";
    } catch (AddressRefusedException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @Test
  void theOperatorOpensARange() throws Exception {
    AddressGuard guard = guard("10.1.0.0/16", "fd00::/8");
    assertThat(guard.pin("10.1.2.3", 443).addresses()).hasSize(1);
    assertThat(guard.pin("fd12::1", 443).addresses()).hasSize(1);
    assertThat(guard.pin("64:ff9b::a01:203", 443).addresses()).hasSize(1);
    assertThat(refusal(guard, "10.2.0.1")).isEqualTo(Reason.NOT_ALLOWED);
  }

  @ParameterizedTest
  @CsvSource({
    "169.254.169.254, 169.254.0.0/16",
    "169.254.169.254, 0.0.0.0/0",
    "168.63.129.16, 168.63.0.0/16",
    "fd00:ec2::254, fd00:ec2::/32"
  })
  void metadataIsOpenedByItsOwnAddressOnly(String address, String range) throws Exception {
    assertThat(refusal(guard(range), address)).isEqualTo(Reason.NOT_ALLOWED);
    assertThat(guard(address).pin(address, 80).addresses()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_536})
  void refusesPortsThatAreNone(int port) {
    assertThatThrownBy(() -> guard().pin("8.8.8.8", port))
        .isInstanceOf(AddressRefusedException.class)
        .extracting(fault -> ((AddressRefusedException) fault).reason())
        .isEqualTo(Reason.PORT);
  }

  @Test
  void takesAUrlApart() throws Exception {
    assertThat(guard().target("HTTPS://Logs.Example.com:8088/a/b?c=d", HTTPS))
        .isEqualTo(new Target("https", "logs.example.com", 8088, "/a/b", "c=d"));
    assertThat(guard().target("https://[2606:4700::1111]", HTTPS))
        .isEqualTo(new Target("https", "2606:4700::1111", 443, "", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com, SCHEME",
    "file:///etc/passwd, SCHEME",
    "gopher://example.com, SCHEME",
    "//example.com, URL",
    "/path, URL",
    "example.com, URL",
    "https:example.com, URL",
    "https:/example.com, URL",
    "https:///path, URL",
    "'https://exa mple.com', URL",
    "'https://example.com\\@127.0.0.1', URL",
    "https://ex\u00E4mple.com, URL",
    "https://user@example.com, USER_INFO",
    "https://user:password@example.com, USER_INFO",
    "https://example.com@127.0.0.1, USER_INFO",
    "https://127.0.0.1@example.com, USER_INFO",
    "https://example.com#a, FRAGMENT",
    "https://example.com:0, PORT",
    "https://example.com:, PORT",
    "https://example.com:080, PORT",
    "https://example.com:65536, PORT",
    "https://example.com:99999999, PORT",
    "https://2130706433, SPELLING",
    "https://0x7f.1, SPELLING",
    "https://127.1, SPELLING",
    "https://example.com., SPELLING",
    "https://[::ffff:127.0.0.1], SPELLING",
    "https://[fe80::1%25eth0], SPELLING",
    "https://[127.0.0.1], URL",
    "https://%31%32%37.0.0.1, SPELLING",
    "https://127.0.0.1, NOT_ALLOWED",
    "https://[::1], NOT_ALLOWED"
  })
  void refusesUrlsThatLeaveRoom(String url, Reason reason) {
    assertThatThrownBy(() -> guard().target(url, HTTPS))
        .isInstanceOf(AddressRefusedException.class)
        .extracting(fault -> ((AddressRefusedException) fault).reason())
        .isEqualTo(reason);
  }

  @Test
  void aUrlIsNotResolved() throws Exception {
    assertThat(guard().target("https://nothing.example.com", HTTPS).host())
        .isEqualTo("nothing.example.com");
  }

  private AddressGuard guard(String... allowed) {
    return new AddressGuard(Stream.of(allowed).map(Cidr::parse).toList(), names);
  }

  private static Reason refusal(AddressGuard guard, String host) {
    try {
      throw new AssertionError("taken: " + guard.pin(host, 443));
    } catch (AddressRefusedException refused) {
      return refused.reason();
    }
  }

  @Test
  void theSystemKnowsThisMachine() throws Exception {
    AddressGuard guard =
        new AddressGuard(
            List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1")), Resolver.ofSystem());
    assertThat(guard.pin("localhost", 80).addresses()).isNotEmpty();
  }
}
