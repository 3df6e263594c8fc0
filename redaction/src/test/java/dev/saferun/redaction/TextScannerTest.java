package dev.saferun.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets here are put together from parts, so that no scanner of sources takes them for real. */
class TextScannerTest {

  private static List<String> cards(String text) {
    return found(text, Detector.CARD_NUMBER);
  }

  private static List<String> secrets(String text) {
    return found(text, Detector.SECRET);
  }

  private static List<String> found(String text, Detector detector) {
    return TextScanner.find(text).stream()
        .filter(finding -> finding.dataClass().equals(detector.dataClass()))
        .map(finding -> text.substring(finding.start(), finding.end()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "5500005555555559",
        "2221000000000009",
        "378282246310005",
        "3782 822463 10005",
        "30569309025904",
        "3056 930902 5904",
        "6011111111111117",
        "3530111333300000",
        "6221260000000000",
        "4222222222222",
        "4000000000000000006",
        "630427373398",
        "180016070420458",
      })
  void findsCards(String card) {
    assertThat(cards(card)).containsExactly(card);
    for (String around :
        List.of(
            "card %s.", "(%s)", "a=%s&b=1", "12 %s 123", "%s, %s", "PAN%s", "é%sé", "%%3D%s%%26")) {
      assertThat(cards(around.replace("%s", card))).as(around).isNotEmpty().containsOnly(card);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111112", // check digit
        "4111-1111-1111-1112",
        "9111111111111111", // no issuer
        "1732300000000", // milliseconds
        "1732300000000000", // microseconds
        "41111111111111111111", // 20 digits
        "411111111111111", // a Visa of 15
        "+4222222222222", // phone
        "0.4111111111111111", // fraction
        "a4111111111111111b", // within a hash
        "4111 1111-1111 1111", // no card is printed so
        "41 11 11 11 11 11 11 11",
        "4111  1111  1111  1111",
        "DE89 3704 0044 0532 0130 00",
        "DE89370400440532013000",
        "DK5000400440116243",
        "NO9386011117947",
        "GB29 NWBK 6016 1331 9268 19",
        "12345678-4111-1111-1111-111111111111",
        "00000000-0000-4000-8000-630427373398",
        "2026-11-23 03:08:58.123456",
        "192.168.111.111",
        "",
      })
  void leavesLookAlikes(String text) {
    assertThat(cards(text)).isEmpty();
  }

  @Test
  void takesFewRandomNumbersForCards() {
    Random random = new Random(7);
    int taken = 0;
    for (int i = 0; i < 100_000; i++) {
      long digits = 1_000_000_000_000_000L + random.nextLong(9_000_000_000_000_000L);
      taken += cards(Long.toString(digits)).size();
    }
    assertThat(taken).isBetween(1, 5_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "srk_" + "0123456789abcdefABCDEF",
        "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + "0123456789abcdefghijABCDEFGHIJ012345",
        "-----BEGIN " + "PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----",
      })
  void findsSecrets(String secret) {
    assertThat(secrets(secret)).containsExactly(secret);
    for (String around : List.of("key: %s ", "(%s)", "k=%s;", "%%3D%s%%26", "\"%s\"", "é%s")) {
      assertThat(secrets(around.replace("%s", secret))).as(around).containsExactly(secret);
    }
  }

  @Test
  void keepsTheWordBearer() {
    assertThat(secrets("Authorization: bearer abc.DEF-123_x==, then"))
        .containsExactly("abc.DEF-123_x==");
  }

  @Test
  void takesACutKeyBlockToTheEnd() {
    assertThat(secrets("x -----BEGIN EC " + "PRIVATE KEY-----\nMIIB"))
        .containsExactly("-----BEGIN EC " + "PRIVATE KEY-----\nMIIB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the bearer of this letter",
        "Bearer instruments are",
        "task_live_deployment_identifier",
        "AKIAIOSFODNN7EXAMPLEANDMORE",
        "AKIA",
        "srk_short",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
        "---------------------",
      })
  void leavesOrdinaryText(String text) {
    assertThat(TextScanner.find(text)).isEmpty();
  }
}
