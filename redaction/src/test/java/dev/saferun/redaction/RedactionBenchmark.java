package dev.saferun.redaction;

import dev.saferun.platform.CanonicalJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prints what redaction costs for documents like a recorded action: prose, passages and state, with
 * a card and a password among them. Each line is the best of several rounds, after a warm-up. Run
 * its {@code main} from the test classes; it asserts nothing.
 */
public final class RedactionBenchmark {

  private static final int ROUNDS = 12;
  private static final int CALLS = 4_000;
  private static final String WORDS =
      "the agent asks to transfer 4500.00 EUR to account DE89370400440532013000 because the user"
          + " said so on 2026-11-23 in message 8f3a1c; booking KX93AB, flight LH 1171, seat 14C. ";

  private static int sink;

  private RedactionBenchmark() {}

  public static void main(String[] arguments) {
    for (int size : List.of(4_096, 16_384)) {
      Map<String, @Nullable Object> document = document(size);
      byte[] bytes = CanonicalJson.write(document);
      System.out.printf("document of %d bytes%n", bytes.length);
      print("walk: paths only", () -> walk(pathsOnly(), document));
      print("walk: standard policy", () -> walk(RedactionPolicy.standard(), document));
      print("canonical form", () -> CanonicalJson.write(document).length);
      print("hash", () -> Sha256.of(bytes)[0]);
      print(
          "whole",
          () ->
              Documents.REDACTOR
                  .redact(RedactionPolicy.standard(), Documents.SUBJECT, document)
                  .redactions());
    }
    System.out.printf("(%d)%n", sink);
  }

  private static RedactionPolicy pathsOnly() {
    return PATHS_ONLY;
  }

  private static final RedactionPolicy PATHS_ONLY =
      RedactionPolicy.of(StandardRules.rules(), Map.of());

  private interface Work {
    int once();
  }

  private static int walk(RedactionPolicy policy, Map<String, @Nullable Object> document) {
    Tokens tokens = new Tokens(new DerivedTokenKeys(new byte[32]), Documents.ORGANIZATION);
    return new DocumentWalk(policy, tokens, new SealBox(Documents.SUBJECT))
        .document(document, new RedactedMembers(Set.of(), Set.of()))
        .size();
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

  private static Map<String, @Nullable Object> document(int size) {
    Random random = new Random(1);
    List<@Nullable Object> passages = new ArrayList<>();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("run_id", "run-1");
    document.put("frame", 7L);
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    arguments.put("card", "4111 1111 1111 1111");
    arguments.put("password", "hunter2");
    document.put("action", Map.of("tool", "send_money", "arguments", arguments));
    document.put("context", Map.of("user_request", WORDS, "retrieved", passages));
    while (CanonicalJson.write(document).length < size) {
      Map<String, @Nullable Object> passage = new LinkedHashMap<>();
      passage.put("source", "mail/" + random.nextInt(100_000));
      passage.put("content", WORDS.substring(random.nextInt(60)));
      passage.put("amount_cents", random.nextLong(1_000_000));
      passage.put("score", random.nextDouble());
      passage.put("read", random.nextBoolean());
      passages.add(passage);
    }
    return document;
  }
}
