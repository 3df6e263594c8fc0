package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a failing rule does: each way to fail, in each state of the rule, under each mode of the
 * environment, with each {@code on_error}, said by the rule or by the environment.
 */
class ErrorMatrixTest {

  /** The specification: state, mode, and the effects for deny, escalate and ignore. */
  private static final String EFFECTS =
      """
      block  | block | stop                 | wait_for_approval    | proceed
      block  | warn  | proceed_with_warning | proceed_with_warning | proceed
      block  | log   | proceed              | proceed              | proceed
      warn   | block | proceed_with_warning | proceed_with_warning | proceed
      warn   | warn  | proceed_with_warning | proceed_with_warning | proceed
      warn   | log   | proceed              | proceed              | proceed
      shadow | block | proceed              | proceed              | proceed
      shadow | warn  | proceed              | proceed              | proceed
      shadow | log   | proceed              | proceed              | proceed
      """;

  private static final List<OnError> COLUMNS =
      List.of(OnError.DENY, OnError.ESCALATE, OnError.IGNORE);

  private static final Map<OnError, Verdict> VERDICTS =
      Map.of(
          OnError.DENY, Verdict.DENY,
          OnError.ESCALATE, Verdict.ESCALATE,
          OnError.IGNORE, Verdict.ALLOW);

  /** Each way to fail, and the error that the reason names. */
  private static final Map<String, String> FAILURES =
      Map.of(
          "context.plan.name > 1", "type_mismatch",
          "context.reasoning == 'x'", "no_such_field",
          "context.plan.missing == 1", "no_such_key",
          "context.plan.amount * 9223372036854775807 > 1", "overflow",
          "context.retrieved.exists(a, context.retrieved.exists(b, b.content.matches('(x+)+y')))",
              "cost_exceeded",
          "context.plan.list.all(a, context.plan.list.all(b, a + b >= 0))", "cost_exceeded");

  private static final Check CALL = call();

  record Cell(
      String condition,
      String error,
      RuleState state,
      Mode mode,
      OnError onError,
      boolean own,
      String effect) {}

  static Stream<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (Map.Entry<String, String> failure : FAILURES.entrySet()) {
      for (String line : EFFECTS.lines().toList()) {
        String[] columns = line.split("\\|", -1);
        for (int i = 0; i < COLUMNS.size(); i++) {
          for (boolean own : new boolean[] {true, false}) {
            cells.add(
                new Cell(
                    failure.getKey(),
                    failure.getValue(),
                    RuleState.valueOf(columns[0].strip().toUpperCase(Locale.ROOT)),
                    Mode.valueOf(columns[1].strip().toUpperCase(Locale.ROOT)),
                    COLUMNS.get(i),
                    own,
                    columns[i + 2].strip()));
          }
        }
      }
    }
    return cells.stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void isAsSpecified(Cell cell) {
    RuleVersion rule = Policies.rule("r", cell.condition, Verdict.FLAG, "pay");
    OnError other = cell.onError == OnError.DENY ? OnError.IGNORE : OnError.DENY;
    PolicyContent content =
        new PolicyContent(
            cell.mode,
            cell.own ? other : cell.onError,
            Policies.in(cell.state, cell.own ? Policies.onError(rule, cell.onError) : rule),
            LoopGuardSettings.DEFAULT);

    Decision decision = PolicySnapshot.of(content).decide(CALL, RunState.NEW);

    boolean silent = cell.state == RuleState.SHADOW;
    assertThat(decision.effect().wire()).isEqualTo(cell.effect);
    assertThat(decision.verdict()).isEqualTo(silent ? Verdict.ALLOW : VERDICTS.get(cell.onError));
    assertThat(decision.reasons()).hasSize(silent ? 0 : 1);
    Reason reason = (silent ? decision.shadow() : decision.reasons()).getFirst();
    assertThat(reason.kind()).isEqualTo(Reason.Kind.RULE_ERROR);
    assertThat(reason.state()).isEqualTo(cell.state);
    assertThat(reason.verdict()).isEqualTo(VERDICTS.get(cell.onError));
    assertThat(reason.details())
        .containsEntry("error", cell.error)
        .containsEntry("on_error", cell.onError.wire());
  }

  @Test
  void isWhole() {
    assertThat(cells())
        .hasSize(
            FAILURES.size()
                * (RuleState.values().length - 1)
                * Mode.values().length
                * OnError.values().length
                * 2);
  }

  private static Check call() {
    String passages =
        IntStream.range(0, 90)
            .mapToObj(i -> "{'content':'" + "x".repeat(10_000) + "'}")
            .collect(Collectors.joining(","));
    String numbers =
        IntStream.range(0, 200).mapToObj(Integer::toString).collect(Collectors.joining(","));
    return Policies.check(
        "pay",
        "{}",
        "{'plan':{'amount':10,'name':'x','list':[%s]},'retrieved':[%s]}"
            .formatted(numbers, passages));
  }
}
