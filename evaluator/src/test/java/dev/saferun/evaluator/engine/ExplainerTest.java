package dev.saferun.evaluator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Explanation;
import dev.saferun.evaluator.Explanation.Part;
import dev.saferun.evaluator.Explanation.Truth;
import dev.saferun.evaluator.Fingerprint;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.Policies;
import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.Unknown;
import dev.saferun.evaluator.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A condition is taken apart, and what settles it is named. */
class ExplainerTest {

  private static final int ATOMS = 5;
  private static final Truth[] TRUTHS = Truth.values();

  @Test
  void eachPartSaysWhatItComesToAndWhatItRead() {
    Part whole =
        explain(
            "action.arguments.amount > 100 && has(context.plan.is_refund) && !context.plan.is_refund",
            call(Map.of("amount", 4500L), Map.of("is_refund", false)));

    assertThat(whole.truth()).isEqualTo(Truth.TRUE);
    assertThat(whole.parts())
        .extracting(Part::expression)
        .containsExactly(
            "action.arguments.amount > 100",
            "has(context.plan.is_refund)",
            "!context.plan.is_refund");
    Part amount = whole.parts().getFirst();
    assertThat(amount.decides()).isTrue();
    assertThat(amount.reads())
        .singleElement()
        .satisfies(
            read -> {
              assertThat(read.path()).isEqualTo("action.arguments.amount");
              assertThat(read.value()).isEqualTo(4500L);
            });
    Part turned = whole.parts().getLast().parts().getFirst();
    assertThat(turned.truth()).isEqualTo(Truth.FALSE);
    assertThat(turned.decides()).isTrue();
    assertThat(turned.reads().getFirst().value()).isEqualTo(false);
  }

  @Test
  void oneFalsePartOfManyIsEnough() {
    Part whole =
        explain(
            "(action.arguments.a == 1 || action.arguments.b == 1) && action.arguments.c == 1",
            call(Map.of("a", 0L, "b", 0L, "c", 0L), Map.of()));

    assertThat(deciding(whole)).containsExactly("action.arguments.c == 1");
  }

  @Test
  void whatWasNotSentAndWhatWasTakenSayWhy() {
    Map<String, @Nullable Object> arguments = new HashMap<>();
    arguments.put("card", Unknown.VALUE);
    Part whole =
        explain(
            "action.arguments.missing == 1 || action.arguments.card.startsWith('4')",
            call(arguments, Map.of()));

    assertThat(whole.truth()).isEqualTo(Truth.UNKNOWN);
    assertThat(whole.parts().get(0).error()).isEqualTo("no_such_key");
    assertThat(whole.parts().get(0).reads().getFirst().error()).isEqualTo("no_such_key");
    assertThat(whole.parts().get(1).error()).isEqualTo("unknown_value");
    assertThat(whole.parts().get(1).reads().getFirst().error()).isEqualTo("unknown_value");
  }

  @Test
  void theElementThatSettledALoopIsNamed() {
    Part whole =
        explain(
            "action.arguments.to.exists(one, one.endsWith('.example'))",
            call(Map.of("to", List.of("a@b.com", "c@d.example", "e@f.example")), Map.of()));

    assertThat(whole.element()).hasValue(1);
    assertThat(whole.expression())
        .isEqualTo("action.arguments.to.exists(one, one.endsWith(\".example\"))");
    assertThat(whole.reads().getFirst().size()).hasValue(3);
  }

  @Test
  void aLongTextIsGivenByItsBeginning() {
    Part whole =
        explain(
            "action.arguments.text.contains('x')", call(Map.of("text", "é".repeat(500)), Map.of()));

    assertThat(String.valueOf(whole.reads().getFirst().value())).hasSize(200);
    assertThat(whole.reads().getFirst().size()).hasValue(500);
  }

  @Test
  void rulesThatSpokeStandFirst() {
    Explanation explanation =
        Policies.blocking(
                Policies.rule("a-silent", "action.arguments.a > 1", Verdict.DENY),
                Policies.rule("b-speaks", "action.arguments.a == 1", Verdict.FLAG),
                Policies.rule("c-of-another-tool", "true", Verdict.DENY, "other"))
            .explain(call(Map.of("a", 1L), Map.of()), name -> true);

    assertThat(explanation.asked()).isEqualTo(2);
    assertThat(explanation.rules())
        .extracting(rule -> rule.active().rule().name())
        .containsExactly("b-speaks", "a-silent");
  }

  /** The whole agrees with what decides, whatever the condition; each text can be read again. */
  @Test
  void takesApartEveryConditionThatCanBeWritten() {
    RandomConditions conditions = new RandomConditions(new Random(7));
    Recorded call = call(Map.of("a", 1L, "b", "x", "amount", 2L), Map.of("a", true));
    int taken = 0;
    for (int i = 0; i < 2_000; i++) {
      String condition = conditions.next();
      if (Language.compile(condition) instanceof Language.Result.Compiled) {
        Part whole = explain(condition, call);
        assertThat(Language.compile(whole.expression()))
            .as(condition)
            .isInstanceOf(Language.Result.Compiled.class);
        taken++;
      }
    }
    assertThat(taken).isGreaterThan(500);
  }

  /**
   * Every way to give five parts true, false or unknown: the deciding parts alone settle the whole,
   * and no smaller set of parts does.
   */
  @Test
  void theDecidingPartsAreTheFewestThatSettleTheWhole() throws Exception {
    for (String formula :
        List.of(
            "0 && 1 && 2 && 3 && 4",
            "0 && (1 || 2) && !(3 && 4)",
            "(0 || 1 && 2) && (3 || 4)",
            "(0 && 1) ? (2 || 3) : !4",
            "!(0 ? 1 : 2) || 3 && 4")) {
      CheckedCondition condition = Language.checked(withAtoms(formula));
      Map<List<Truth>, Part> explained = new LinkedHashMap<>();
      assignments(new ArrayList<>())
          .forEach(truths -> explained.put(truths, explain(condition, truths)));
      explained.forEach(
          (truths, whole) -> {
            int set = places(deciding(whole));
            assertThat(settles(set, truths, explained)).as(formula + truths).isTrue();
            for (int smaller = 0; smaller < 1 << ATOMS; smaller++) {
              if (Integer.bitCount(smaller) < Integer.bitCount(set)) {
                assertThat(settles(smaller, truths, explained)).as(formula + truths).isFalse();
              }
            }
          });
    }
  }

  /** Whether the whole is the same for all that agree with these in the places of the set. */
  private static boolean settles(int set, List<Truth> truths, Map<List<Truth>, Part> explained) {
    Truth expected = Optional.ofNullable(explained.get(truths)).orElseThrow().truth();
    return explained.entrySet().stream()
        .filter(other -> agree(set, truths, other.getKey()))
        .allMatch(other -> other.getValue().truth() == expected);
  }

  private static boolean agree(int set, List<Truth> one, List<Truth> other) {
    for (int i = 0; i < ATOMS; i++) {
      if ((set & 1 << i) != 0 && one.get(i) != other.get(i)) {
        return false;
      }
    }
    return true;
  }

  private static int places(List<String> deciding) {
    return deciding.stream()
        .mapToInt(text -> 1 << (text.charAt(text.length() - 1) - '0'))
        .reduce(0, (one, other) -> one | other);
  }

  private static Stream<List<Truth>> assignments(List<Truth> begun) {
    if (begun.size() == ATOMS) {
      return Stream.of(begun);
    }
    return Stream.of(TRUTHS)
        .flatMap(
            truth -> {
              List<Truth> longer = new ArrayList<>(begun);
              longer.add(truth);
              return assignments(longer);
            });
  }

  private static String withAtoms(String formula) {
    return formula.replaceAll("(\\d)", "action.arguments.a$1");
  }

  private static Part explain(CheckedCondition condition, List<Truth> truths) {
    Map<String, @Nullable Object> arguments = new HashMap<>();
    for (int i = 0; i < ATOMS; i++) {
      if (truths.get(i) != Truth.UNKNOWN) {
        arguments.put("a" + i, truths.get(i) == Truth.TRUE);
      }
    }
    Recorded call = call(arguments, Map.of());
    Inputs inputs = Inputs.open(call, new LoopGuard(LoopGuardSettings.DEFAULT));
    try {
      return new Explainer(inputs).explain(condition);
    } finally {
      inputs.close();
    }
  }

  private static List<String> deciding(Part part) {
    if (part.parts().isEmpty()) {
      return part.decides() ? List.of(part.expression()) : List.of();
    }
    return part.parts().stream().flatMap(below -> deciding(below).stream()).toList();
  }

  private static Part explain(String condition, Recorded call) {
    return Policies.blocking(Policies.rule("rule", condition, Verdict.DENY))
        .explain(call, name -> true)
        .rules()
        .getFirst()
        .whole();
  }

  private static Recorded call(
      Map<String, ? extends @Nullable Object> arguments,
      Map<String, ? extends @Nullable Object> plan) {
    Check check =
        new Check(
            "r",
            null,
            Map.of(),
            Map.of("tool", "pay", "arguments", arguments),
            Map.of("plan", plan),
            null);
    return new Recorded(check, RunState.NEW, Fingerprint.of(Policies.call("pay", "{}")));
  }
}
