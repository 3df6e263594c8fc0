package dev.saferun.evaluator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolPatternTest {

  @ParameterizedTest
  @CsvSource({
    "a.b,      a.b,        true",
    "a.b,      axb,        false",
    "a.*,      a.,         true",
    "a.*,      a.b.c,      true",
    "a.*,      b.a.c,      false",
    "*.refund, stripe.refund, true",
    "*.refund, stripe.refunds, false",
    "*a*b,     xxaxxabxb,  true",
    "*a*b,     xxaxxabx,   false",
    "s*.*_all, stripe.delete_all, true",
    "*,        anything,   true",
    "a*a,      a,          false",
    "[x](y)*,  [x](y)z,    true",
  })
  void aStarIsAnyRunOfCharactersAndNothingElseIsSpecial(
      String pattern, String tool, boolean matches) {
    assertThat(new ToolPattern(pattern).matches(tool)).isEqualTo(matches);
  }
}
