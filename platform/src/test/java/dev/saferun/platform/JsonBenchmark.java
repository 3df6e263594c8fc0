package dev.saferun.platform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Prints what reading and writing cost for bodies like that of a checked action: prose, passages,
 * messages and state. Each line is the best of several rounds, after a warm-up. Run its {@code
 * main} from the test classes; it asserts nothing.
 */
public final class JsonBenchmark {

  private static final int ROUNDS = 12;
  private static final int CALLS = 4_000;
  private static final int SIZE_BYTES = 4_096;
  private static final String PROSE =
      "the user asks to transfer 4500.00 EUR to account DE89370400440532013000 because the mail"
          + " of 2026-11-23 said so; booking KX93AB, flight LH 1171, seat 14C. ";
  private static final String LINES = "He wrote:\n\"Book it, please.\"\n\tThanks\n" + PROSE;
  private static final String UMLAUTS = "Überweisung an Müller – 4500 €, wie besprochen. " + PROSE;

  private static int sink;

  private JsonBenchmark() {}

  public static void main(String[] arguments) {
    for (String text : List.of(PROSE, LINES, UMLAUTS)) {
      byte[] body = body(text, SIZE_BYTES);
      Object tree = StrictJson.parse(body);
      System.out.printf("body of %d bytes: %.20s...%n", body.length, text.replace('\n', ' '));
      print("parse", () -> StrictJson.parse(body) instanceof Map<?, ?> object ? object.size() : 0);
      print("write", () -> CanonicalJson.write(tree).length);
    }
    System.out.printf("(%d)%n", sink);
  }

  private interface Work {
    int once();
  }

  private static void print(String name, Work work) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        sink += work.once();
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    System.out.printf("  %-24s %8.2f micros%n", name, best / 1e3 / CALLS);
  }

  /** A body of at least this size, as an agent's SDK sends it, with its free texts made of this. */
  static byte[] body(String text, int sizeBytes) {
    Random random = new Random(1);
    List<@Nullable Object> passages = new ArrayList<>();
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("user_request", text);
    context.put("plan", List.of("find the invoice", "check the account", text));
    context.put("reasoning", text);
    context.put("retrieved", passages);
    context.put("state", Map.of("balance_cents", 1_234_567L, "currency", "EUR", "dry_run", false));
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("run_id", "run-8f3a1c");
    body.put("step", 7L);
    body.put("agent", Map.of("name", "payer", "version", "1.4.2", "model", "m-1"));
    body.put("action", Map.of("tool", "send_money", "arguments", arguments(text)));
    body.put("context", context);
    while (CanonicalJson.write(body).length < sizeBytes) {
      passages.add(passage(random, text));
    }
    return CanonicalJson.write(body);
  }

  private static Map<String, Object> arguments(String text) {
    return Map.of("to", "DE89370400440532013000", "amount", 4500.5, "subject", text);
  }

  private static Map<String, Object> passage(Random random, String text) {
    return Map.of(
        "source",
        "mail/" + random.nextInt(100_000),
        "content",
        text.substring(random.nextInt(20)),
        "amount_cents",
        random.nextLong(1_000_000),
        "score",
        random.nextInt(1_000) / 1_000.0);
  }
}
