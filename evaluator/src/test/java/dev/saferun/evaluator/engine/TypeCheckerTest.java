package dev.saferun.evaluator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationResult;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A compiler that knows only what a condition calls finds what the one that knows all finds. */
class TypeCheckerTest {

  @Test
  void findsTheSameTypesAndFunctions() throws Exception {
    RandomConditions conditions = new RandomConditions(new Random(11));
    int checked = 0;
    for (int i = 0; i < 2_000; i++) {
      checked += assertSame(conditions.next()) ? 1 : 0;
    }
    assertThat(checked).isGreaterThan(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int(action.arguments.a) > 1 && string(context.plan) != 'x' && double(1) < 2.5",
        "type(action.arguments.a) == int || type(context.plan) == type({})",
        "timestamp(action.arguments.at).getHours() > 8 && duration('1h') < duration('2h')",
        "action.arguments.list.map(x, x * 2).filter(x, x > 1).size() / 2 % 3 == -1",
        "size(action.arguments.a) == 1 || uint(1) == 1u || 1 < 2.5 || b'a' == bytes('a')",
        "math.greatest(1, action.arguments.a) > 2 && 'AB'.lowerAscii() == 'ab'",
        "action.arguments.a in {'x': 1} && [1, 2].exists_one(x, x == 1) && dyn(1) == 1.0",
        "{'a': 1}.a == 1 ? true : !false"
      })
  void findsTheSameInConditionsOfEveryKind(String condition) throws Exception {
    assertThat(assertSame(condition)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nobody(1)", "1 + 'a' == 2", "action.nothing == 1", "action.tool.size(1) == 2"})
  void tellsTheSameFaults(String condition) throws Exception {
    CelValidationResult whole = Language.COMPILER.compile(condition);
    CelValidationResult narrow = Language.TYPES.check(condition);

    assertThat(whole.hasError()).isTrue();
    assertThat(narrow.getErrorString()).isEqualTo(whole.getErrorString());
  }

  private static boolean assertSame(String condition) throws Exception {
    CelValidationResult whole = Language.COMPILER.compile(condition);
    CelValidationResult narrow = Language.TYPES.check(condition);
    assertThat(narrow.hasError()).as(condition).isEqualTo(whole.hasError());
    if (whole.hasError()) {
      return false;
    }
    CelAbstractSyntaxTree expected = whole.getAst();
    CelAbstractSyntaxTree found = narrow.getAst();
    assertThat(found.getExpr()).as(condition).isEqualTo(expected.getExpr());
    assertThat(found.getTypeMap()).as(condition).isEqualTo(expected.getTypeMap());
    assertThat(found.getReferenceMap()).as(condition).isEqualTo(expected.getReferenceMap());
    return true;
  }
}
