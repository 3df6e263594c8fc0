package dev.saferun.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts made to take long: each start of anything, repeated. The time for four times the text is
 * compared with the time for the text, both by the best of several rounds: a quadratic scan would
 * need sixteen times as long. Whatever the text, a scan of one that is a mebibyte also ends.
 */
class LinearTimeTest {

  /** Of the processor's time alone, so that neighbours on the machine do not count. */
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

  private static final int SHORT = 1 << 18;
  private static final int LONG = 4 * SHORT;
  private static final int ROUNDS = 2;

  /** A quadratic scan takes sixteen times; noise of a shared machine stays below this. */
  private static final double RATIO_MAX = 9;

  /** Shorter than this is all noise. */
  private static final long NANOS_MEASURABLE = 20_000_000;

  static Stream<String> parts() {
    List<String> parts = new ArrayList<>();
    for (char c = ' '; c < 0x7F; c++) {
      parts.add(String.valueOf(c));
    }
    parts.addAll(
        List.of(
            "\n",
            "é",
            "4111 ",
            "4111-",
            "4111 1111 1111 ",
            "41 ",
            "+4",
            "(4",
            "4-4",
            "0 ",
            "a@",
            "a@b.",
            "@a.b",
            "a@b.eu ",
            "-----BEGIN ",
            "-----BEGIN PRIVATE KEY",
            "Bearer ",
            "bearer a",
            "basic YWFh",
            "srk_",
            "sk_live_a ",
            "sk-",
            "sk-a-",
            "SG.",
            "eyJ",
            "eyJ.",
            "eyJ-",
            "eyJhbGciOiJub25lIn0.",
            "eyJhbGciOiJub25lIn0.eyJ-",
            "password=",
            "password=<",
            "password=a",
            "password: \"",
            "password: \" ",
            "\"password\":\"",
            "--password ",
            "-u a:",
            "<password>",
            "secret =",
            "a://",
            "a://b:",
            "a://b:c",
            "a://b:c@",
            "1.",
            "1.2.3.",
            "a:",
            "::",
            "a::",
            "DE89",
            "DE89 ",
            "dob ",
            "dob 1.1.",
            "born on May ",
            "Q~",
            "1Q~a",
            "M.",
            "xoxb-",
            "YWFh",
            "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh\n",
            "%41",
            "%",
            "%2",
            "\\u0041",
            "\\",
            "\\\\",
            "\\\"",
            "tel ",
            "tel 12",
            "tel 1234567 ",
            "020 7946 0958 ",
            "+44 20 7946 0958 ",
            "ssn ",
            "nhs 943 ",
            "hooks.slack.com/services/"));
    return parts.stream();
  }

  @ParameterizedTest
  @MethodSource("parts")
  void fourTimesTheTextTakesNoSixteenTimesAsLong(String part) {
    String shorter = part.repeat(SHORT / part.length());
    String longer = part.repeat(LONG / part.length());
    double ratio = 0;
    for (int attempt = 0; attempt < 3; attempt++) {
      long longTime = best(longer);
      if (longTime < NANOS_MEASURABLE) {
        return;
      }
      ratio = (double) longTime / best(shorter);
      if (ratio < RATIO_MAX) {
        return;
      }
    }
    assertThat(ratio).as("'%s' repeated", part).isLessThan(RATIO_MAX);
  }

  private static long best(String text) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = THREAD.getCurrentThreadCpuTime();
      List<TextScanner.Finding> found = TextScanner.find(text);
      best = Math.min(best, THREAD.getCurrentThreadCpuTime() - start);
      assertThat(found.size()).isLessThan(text.length());
    }
    return best;
  }
}
