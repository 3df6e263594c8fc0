package dev.saferun.audit.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressKindTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, IPV4",
    "0.0.0.0, IPV4",
    "::1, IPV6",
    "2001:db8::7, IPV6",
    "::ffff:192.0.2.7, IPV6",
    "127.1, OTHER",
    "0177.0.0.1, OTHER",
    "256.0.0.1, OTHER",
    "fe80::1%eth0, OTHER",
    "[::1], OTHER",
    "1::2::3, OTHER",
    "a.example, OTHER",
    "'', OTHER"
  })
  void anAddressIsKnownByItsForm(String text, AddressKind kind) {
    assertThat(AddressKind.of(text)).isEqualTo(kind);
  }
}
