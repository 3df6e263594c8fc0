package dev.saferun.evaluator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Our own compiled conditions against CEL's runtime, on conditions and requests made at random: the
 * same outcome, failures and their kinds included.
 */
class CompiledConditionsTest {

  private static final int CONDITIONS =
      Integer.getInteger("saferun.differential.conditions", 4_000);
  private static final int REQUESTS = 8;
  private static final List<String> KEYS = List.of("a", "b", "amount", "note", "list", "map");

  @Test
  void areDecidedAsCelDecidesThem() {
    Random random = new Random(20_261_123);
    RandomConditions conditions = new RandomConditions(random);
    int compared = 0;
    int failed = 0;
    int held = 0;
    int otherKind = 0;
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < CONDITIONS; i++) {
      String condition = conditions.next();
      if (!(Language.compile(condition) instanceof Language.Result.Compiled ours)
          || !(Language.plan(condition) instanceof Language.Result.Compiled theirs)) {
        continue;
      }
      for (int j = 0; j < REQUESTS; j++) {
        Check check = check(random);
        Condition.Outcome expected = evaluate(theirs.condition(), check);
        Condition.Outcome found = evaluate(ours.condition(), check);
        compared++;
        failed += expected instanceof Condition.Outcome.Failed ? 1 : 0;
        held += expected instanceof Condition.Outcome.Held ? 1 : 0;
        otherKind += !found.equals(expected) && bothFailed(found, expected) ? 1 : 0;
        if (!found.equals(expected) && !bothFailed(found, expected)) {
          differences.add(
              condition + "\n  on " + check + "\n  CEL " + expected + "\n  we " + found);
        }
      }
    }
    System.out.printf(
        "%d evaluations compared: %d held, %d failed (%d for another reason), %d differ%n",
        compared, held, failed, otherKind, differences.size());
    assertThat(differences.stream().limit(12)).isEmpty();
    assertThat(compared).isGreaterThan(CONDITIONS);
    assertThat(held).isGreaterThan(compared / 50);
    assertThat(failed).isGreaterThan(compared / 50);
  }

  private static boolean bothFailed(Condition.Outcome one, Condition.Outcome other) {
    return one instanceof Condition.Outcome.Failed && other instanceof Condition.Outcome.Failed;
  }

  private static Condition.Outcome evaluate(Condition condition, Check check) {
    RunState before =
        RunState.fromJson(
            Map.of(
                "whole",
                true,
                "frame",
                4L,
                "calls",
                3L,
                "calls_by_tool",
                Map.of("pay", 2L),
                "sums",
                Map.of("refunds", 12.5),
                "recent_calls",
                ""));
    LoopGuard guard = new LoopGuard(LoopGuardSettings.DEFAULT);
    Inputs inputs = Inputs.open(check, before, guard);
    try {
      return condition.evaluate(inputs);
    } finally {
      inputs.close();
    }
  }

  private static Check check(Random random) {
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("plan", random.nextInt(8) == 0 ? value(random, 0) : map(random, 2));
    context.put("state", random.nextInt(8) == 0 ? value(random, 0) : map(random, 2));
    if (random.nextInt(4) > 0) {
      context.put("user_request", random.nextInt(12) == 0 ? 5L : "refund me");
      context.put("retrieved", List.of(map(random, 1), map(random, 1)));
    }
    Map<String, @Nullable Object> action = new LinkedHashMap<>();
    action.put("tool", "pay");
    action.put("arguments", map(random, 2));
    return new Check("r", null, Map.of(), action, context, null);
  }

  private static Map<String, @Nullable Object> map(Random random, int depth) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (String key : KEYS) {
      if (random.nextInt(5) > 0) {
        map.put(key, value(random, depth));
      }
    }
    return map;
  }

  private static @Nullable Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 14 : 9)) {
      case 0, 1 -> (long) random.nextInt(3);
      case 2 -> 4500L;
      case 3 -> random.nextBoolean() ? 1.5 : -1e300;
      case 4, 5 -> List.of("", "a", "refund", "Ä€", "pay me").get(random.nextInt(5));
      case 6, 7 -> random.nextBoolean();
      case 8 -> null;
      case 9, 10, 11 -> list(random, depth - 1);
      default -> map(random, depth - 1);
    };
  }

  private static List<@Nullable Object> list(Random random, int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(random, depth));
    }
    return list;
  }
}
