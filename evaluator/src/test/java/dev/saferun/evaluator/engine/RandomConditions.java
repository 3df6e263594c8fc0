package dev.saferun.evaluator.engine;

import java.util.List;
import java.util.Random;

/** Makes conditions at random: most are well typed, all of them can be written by a customer. */
final class RandomConditions {

  private static final List<String> KEYS = List.of("a", "b", "amount", "note", "list", "map");
  private static final List<String> TEXTS = List.of("''", "'a'", "'refund'", "'Ä€'", "'pay me'");
  private static final List<String> ORDERS = List.of("<", "<=", ">", ">=");
  private static final List<String> MACROS = List.of("exists", "all", "exists_one");
  private static final List<String> RELATIONS = List.of("contains", "startsWith", "endsWith");
  private static final List<String> REGEXES = List.of("'^a'", "'re.*d'", "'[0-9]+'", "'€'");
  private static final List<String> NUMBERS =
      List.of("0", "1", "-1", "2", "4500", "1.5", "-0.5", "9223372036854775807", "1e300");
  private static final List<String> RUN =
      List.of("run.calls", "run.repeat", "run.tool_calls", "run.cycle_period", "run.sums.refunds");

  private final Random random;
  private int loops;

  RandomConditions(Random random) {
    this.random = random;
  }

  String next() {
    loops = 0;
    return truth(3);
  }

  private String truth(int depth) {
    if (depth == 0) {
      return comparison(0);
    }
    return switch (random.nextInt(11)) {
      case 0, 1 -> "(" + truth(depth - 1) + " && " + truth(depth - 1) + ")";
      case 2, 3 -> "(" + truth(depth - 1) + " || " + truth(depth - 1) + ")";
      case 4 -> "!" + truth(depth - 1);
      case 5 -> "(" + truth(depth - 1) + " ? " + truth(depth - 1) + " : " + truth(depth - 1) + ")";
      case 6, 7 -> loops < 2 ? loop(depth) : comparison(depth - 1);
      default -> comparison(depth - 1);
    };
  }

  private String loop(int depth) {
    loops++;
    String range = random.nextInt(4) == 0 ? "context.retrieved" : value(1);
    String loop = range + "." + one(MACROS) + "(x" + loops + ", " + truth(depth - 1) + ")";
    loops--;
    return loop;
  }

  private String comparison(int depth) {
    return switch (random.nextInt(9)) {
      case 0, 1 -> value(depth) + " == " + value(depth);
      case 2 -> value(depth) + " != " + value(depth);
      case 3, 4 -> value(depth) + " " + one(ORDERS) + " " + value(depth);
      case 5 -> text() + "." + one(RELATIONS) + "(" + text() + ")";
      case 6 -> text() + ".matches(" + one(REGEXES) + ")";
      case 7 -> "has(" + path() + "." + one(KEYS) + ")";
      default -> value(depth) + " in " + (random.nextBoolean() ? literals() : value(depth));
    };
  }

  private String literals() {
    return "[" + one(TEXTS) + ", " + one(TEXTS) + "]";
  }

  private String text() {
    return random.nextInt(3) == 0 ? one(TEXTS) : value(0);
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 14 : 11)) {
      case 0, 1, 2 -> path() + "." + one(KEYS);
      case 3 -> path() + "['" + one(KEYS) + "']";
      case 4 -> path() + ".list[" + random.nextInt(3) + "]";
      case 5 -> one(NUMBERS);
      case 6 -> one(TEXTS);
      case 7 -> random.nextBoolean() ? "null" : "true";
      case 8 -> one(RUN);
      case 9 -> random.nextBoolean() ? "action.tool" : "context.user_request";
      case 10 -> loops > 0 ? "x" + (1 + random.nextInt(loops)) : path() + ".amount";
      case 11 -> "size(" + value(depth - 1) + ")";
      case 12 ->
          "(" + value(depth - 1) + one(List.of(" + ", " - ", " * ")) + value(depth - 1) + ")";
      default -> "(" + truth(0) + " ? " + value(depth - 1) + " : " + value(depth - 1) + ")";
    };
  }

  private String path() {
    int choice = random.nextInt(loops > 0 ? 5 : 4);
    return switch (choice) {
      case 0 -> "action.arguments";
      case 1 -> "context.plan";
      case 2 -> "context.state";
      case 3 -> "context.plan." + one(KEYS);
      default -> "x" + (1 + random.nextInt(loops));
    };
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
