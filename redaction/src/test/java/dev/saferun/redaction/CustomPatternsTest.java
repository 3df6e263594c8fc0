package dev.saferun.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.ProblemException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomPatternsTest {

  private static CustomPatterns patterns(String... namesAndExpressions) {
    return CustomPatterns.of(
        IntStream.range(0, namesAndExpressions.length / 2)
            .mapToObj(
                i ->
                    new CustomPatterns.CustomPattern(
                        namesAndExpressions[2 * i], namesAndExpressions[2 * i + 1]))
            .toList(),
        "/patterns");
  }

  private static List<String> found(String text, CustomPatterns custom) {
    return TextScanner.find(text, custom).stream()
        .map(finding -> finding.dataClass() + " " + text.substring(finding.start(), finding.end()))
        .toList();
  }

  @Test
  void findsBesideTheBuiltInDetectors() {
    CustomPatterns custom = patterns("employee", "EMP-\\d{5}", "ward", "(?i)ward [a-f]\\d");
    assertThat(found("EMP-12345 of Ward C7, a@b.eu, EMP-1", custom))
        .containsExactly("employee EMP-12345", "ward Ward C7", "email a@b.eu");
    assertThat(found("nothing here", custom)).isEmpty();
  }

  @Test
  void holdsWhereItIsLongerThanWhatItOverlaps() {
    assertThat(found("acct:jane@b.eu!", patterns("account", "acct:\\S+")))
        .containsExactly("account acct:jane@b.eu!");
    assertThat(found("acct:jane@b.eu!", patterns("account", "acct:jane")))
        .containsExactly("email jane@b.eu");
    assertThat(found("x-1 a@b.eu", patterns("one", "x-\\d a@b.eu", "two", "a@b.eu")))
        .containsExactly("one x-1 a@b.eu");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EMP-\\d+",
        "\\bMRN[ :]?\\d{7}\\b",
        "[A-Z]{2}\\d{6}[A-Z]",
        "\\d{4}-\\d{4}-[A-Z]",
        "(?i)patient no\\. ?\\d+",
        "Project (Falcon|Osprey)",
        "\\p{Lu}{3}_[0-9a-f]{8}",
        "[]x]{3}-\\d",
      })
  void takes(String expression) {
    assertThat(patterns("own", expression).patterns()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          EMP-(\\d+           ~ no regular expression: missing closing )
          EMP-[0-9            ~ no regular expression: missing closing ] '[0-9', at character 5
          *abc                ~ no regular expression
          (a)\\1              ~ a backreference is not supported (at character 4)
          (?<n>a)\\k<n>       ~ a backreference
          a(?=b)              ~ lookahead is not supported (at character 2)
          a(?!b)              ~ lookahead
          (?<=a)b             ~ lookbehind
          (?<!a)b             ~ match what stands before too
          (?>a)b              ~ an atomic group
          a++b                ~ possessive
          x*                  ~ nothing at all
          (EMP-\\d+)?         ~ nothing at all
          \\b                 ~ nothing at all
          .+                  ~ too broad
          \\w+                ~ too broad
          [a-z]+              ~ too broad
          [a-zA-Z]{3,}        ~ too broad
          \\d+                ~ too broad
          \\d\\d              ~ too broad
          \\S                 ~ too broad
          [0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9:]+ ~ too broad
          x{1001}             ~ steps
          (x{100}){100}       ~ steps
          ((a{10}){11}){12}   ~ steps
          (a|b{500}c{501})   ~ steps
          """)
  void refusesWithTheReason(String expression, String reason) {
    assertInvalid(
        () -> patterns("fine", "EMP-\\d+", "own", expression), "/patterns/1/pattern", reason);
  }

  @ParameterizedTest
  @CsvSource({"email,built-in", "secret,built-in", "Own,lower-case", "'',lower-case", "a-b,lower"})
  void refusesNames(String name, String reason) {
    assertInvalid(() -> patterns(name, "EMP-\\d+"), "/patterns/0/name", reason);
  }

  @Test
  void refusesWhatIsTooMuch() {
    assertInvalid(() -> patterns("own", "E".repeat(501)), "/patterns/0/pattern", "501");
    assertInvalid(() -> patterns("own", ""), "/patterns/0/pattern", "1 to 500");
    assertInvalid(() -> patterns("own", "EMP1", "own", "EMP2"), "/patterns/1/name", "earlier");
    List<CustomPatterns.CustomPattern> many =
        IntStream.range(0, 21)
            .mapToObj(i -> new CustomPatterns.CustomPattern("own" + i, "EMP" + i))
            .toList();
    assertInvalid(() -> CustomPatterns.of(many, "/patterns"), "/patterns", "20");
    assertThat(CustomPatterns.of(many.subList(0, 20), "/patterns").patterns()).hasSize(20);
  }

  private static void assertInvalid(Runnable making, String pointer, String detail) {
    assertThatThrownBy(making::run)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(RedactionProblem.INVALID_REDACTION_POLICY);
              assertThat(problem.pointer()).isEqualTo(pointer);
              assertThat(problem.detail()).contains(detail);
            });
  }
}
