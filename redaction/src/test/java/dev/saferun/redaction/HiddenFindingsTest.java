package dev.saferun.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What escapes and base64 hide is found where it stands. */
class HiddenFindingsTest {

  private static List<String> found(String text) {
    return TextScanner.find(text).stream()
        .map(finding -> finding.dataClass() + " " + text.substring(finding.start(), finding.end()))
        .toList();
  }

  private static String base64(String plain) {
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "write to jane@example.com",
        "{\"password\":\"Tr0ub4dor&3\"}",
        "card 4111 1111 1111 1111 expires soon",
        "ssn 536-90-4399 ü €",
        "Authorization: Bearer abcdef0123456789",
      })
  void findsWholeRunsOfBase64(String plain) {
    String dataClass = TextScanner.find(plain).getFirst().dataClass();
    for (String run :
        List.of(
            base64(plain),
            Base64.getEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.UTF_8)),
            Base64.getUrlEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)),
            base64("x: " + base64(plain)))) {
      String whole = dataClass + " " + run;
      assertThat(found(run)).as(plain).containsExactly(whole);
      assertThat(found("a " + run + ", b")).as(plain).containsExactly(whole);
      assertThat(found("{\"data\":\"" + run + "\"}")).as(plain).containsExactly(whole);
    }
  }

  @Test
  void findsRunsThatAreWrapped() {
    String plain = "x".repeat(70) + " write to jane@example.com " + "y".repeat(70);
    String wrapped = Base64.getMimeEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    assertThat(wrapped).contains("\r\n");
    assertThat(found("Body:\r\n\r\n" + wrapped + "\r\n--")).containsExactly("email " + wrapped);
  }

  @Test
  void theMostTellingClassHolds() {
    String run = base64("a@b.eu has password=Tr0ub4dor&3");
    assertThat(found(run)).containsExactly("secret " + run);
  }

  @Test
  void leavesRunsThatHideNothing() {
    Random random = new Random(5);
    assertThat(found(base64("nothing to see in here, move along"))).isEmpty();
    for (int i = 0; i < 200; i++) {
      byte[] image = new byte[600];
      random.nextBytes(image);
      assertThat(found("data:image/png;base64," + Base64.getEncoder().encodeToString(image)))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jane%40example.com",
        "jane\\u0040example.com",
        "jane%2540example.com",
        "jane@example%2Ecom",
      })
  void escapesHideNoAddress(String written) {
    List<String> found = found("to=" + written + "&x=1");
    assertThat(found).hasSize(written.contains("%25") ? 0 : 1);
    assertThat(found).allMatch(finding -> finding.equals("email " + written));
  }

  @Test
  void escapesHideNoSecret() {
    assertThat(found("{\\\"password\\\":\\\"Tr0ub4dor\\u00263\\\"}"))
        .containsExactly("secret Tr0ub4dor\\u00263");
    assertThat(found("https:\\/\\/u:Tr0ub4dor3@h.example.com\\/x"))
        .containsExactly("secret Tr0ub4dor3");
    assertThat(found("q%3Dapi_key%3Dabcdef0123456789%26n%3D1"))
        .containsExactly("secret abcdef0123456789");
    assertThat(found("4111%201111%201111%201111"))
        .containsExactly("card_number 4111%201111%201111%201111");
    assertThat(found("100% sure, 50%20 \\n \\u12 C:\\new\\table %zz %")).isEmpty();
  }
}
