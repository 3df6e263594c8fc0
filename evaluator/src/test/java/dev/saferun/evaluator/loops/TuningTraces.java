package dev.saferun.evaluator.loops;

import dev.saferun.evaluator.loops.Trace.CallList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Generators that thresholds may be chosen on. The figures come from {@link MeasuredTraces}. */
final class TuningTraces {

  private static final int WASTED = 40;

  private TuningTraces() {}

  static void each(int perFamily, long seed, Consumer<Trace> traces) {
    make(traces, perFamily, seed, "loop: one call again", TuningTraces::repeat);
    make(traces, perFamily, seed, "loop: circle", TuningTraces::circle);
    make(traces, perFamily, seed, "loop: one error, varied arguments", TuningTraces::error);
    make(traces, perFamily, seed, "loop: other words, nothing found", TuningTraces::rewording);
    make(traces, perFamily, seed, "loop: idle parameter", TuningTraces::idleParameter);
    make(traces, perFamily, seed, "batch: writes", TuningTraces::writes);
    make(traces, perFamily, seed, "batch: reads", TuningTraces::reads);
    make(traces, perFamily, seed, "pagination: page", TuningTraces::pages);
    make(traces, perFamily, seed, "other: retry", TuningTraces::retry);
  }

  static void make(
      Consumer<Trace> traces,
      int count,
      long seed,
      String family,
      BiFunction<Words, CallList, CallList> generator) {
    Random random = new Random(seed ^ family.hashCode());
    for (int i = 0; i < count; i++) {
      traces.accept(generator.apply(new Words(random), new CallList()).build(family));
    }
  }

  /** Some work as it goes when all is well. */
  static CallList work(Words words, CallList run, int calls) {
    for (int i = 0; i < calls; i++) {
      switch (words.upTo(4)) {
        case 0 -> run.call("crm.read", Map.of("id", words.id("cus")), words.record());
        case 1 -> run.call("docs.search", Map.of("query", words.sentence(3)), words.records(2));
        case 2 ->
            run.call(
                "crm.update",
                Map.of("id", words.id("cus"), "note", words.sentence(5)),
                Map.of("ok", true));
        default -> run.call("files.list", Map.of("folder", "/" + words.noun()), words.records(4));
      }
    }
    return run;
  }

  private static CallList repeat(Words words, CallList run) {
    work(words, run, words.upTo(8));
    Map<String, Object> arguments = Map.of("query", words.sentence(3));
    Object result = words.chance(.5) ? words.nothing() : words.records(2);
    run.call("docs.search", arguments, result).wasted();
    for (int i = 0; i < WASTED; i++) {
      run.call("docs.search", arguments, result);
    }
    return run;
  }

  private static CallList circle(Words words, CallList run) {
    work(words, run, words.upTo(8));
    int period = words.between(2, 8);
    List<Map<String, Object>> arguments = new ArrayList<>();
    List<Object> results = new ArrayList<>();
    for (int i = 0; i < period; i++) {
      arguments.add(Map.of("id", words.id("cus")));
      results.add(words.record());
    }
    for (int i = 0; i < period + WASTED; i++) {
      if (i == period) {
        run.wasted();
      }
      run.call("tool-" + i % period, arguments.get(i % period), results.get(i % period));
    }
    return run;
  }

  private static CallList error(Words words, CallList run) {
    work(words, run, words.upTo(8));
    String error =
        words.one(
            List.of(
                "401 Unauthorized: the token has expired",
                "Invalid argument: limit must be between 1 and 100",
                "Connection refused"));
    for (int i = 0; i < 1 + WASTED; i++) {
      if (i == 1) {
        run.wasted();
      }
      run.failing("api.query", Map.of("path", words.noun(), "limit", words.number()), error);
    }
    return run;
  }

  private static CallList rewording(Words words, CallList run) {
    work(words, run, words.upTo(8));
    String about = words.noun();
    Object nothing = words.nothing();
    for (int i = 0; i < 1 + WASTED; i++) {
      if (i == 1) {
        run.wasted();
      }
      run.call("kb.search", Map.of("query", about + " " + words.sentence(2)), nothing);
    }
    return run;
  }

  private static CallList idleParameter(Words words, CallList run) {
    work(words, run, words.upTo(8));
    Object page = words.records(5);
    for (int i = 0; i < 1 + WASTED; i++) {
      if (i == 1) {
        run.wasted();
      }
      run.call("web.get", Map.of("url", "https://x.example/", "timeout", words.number()), page);
    }
    return run;
  }

  private static CallList writes(Words words, CallList run) {
    Object acknowledgement = words.acknowledgement();
    int items = words.between(10, 150);
    for (int i = 0; i < items; i++) {
      run.call("crm.close", Map.of("id", words.id("tic")), acknowledgement);
    }
    return run;
  }

  private static CallList reads(Words words, CallList run) {
    int items = words.between(10, 150);
    Object nothing = words.nothing();
    for (int i = 0; i < items; i++) {
      Object result = words.chance(.6) ? nothing : words.records(1);
      run.call("tickets.open", Map.of("customer", words.number()), result);
    }
    return run;
  }

  private static CallList pages(Words words, CallList run) {
    int pages = words.between(5, 60);
    for (long page = 1; page <= pages; page++) {
      run.call("orders.list", Map.of("status", "open", "page", page), words.records(3));
    }
    return run;
  }

  private static CallList retry(Words words, CallList run) {
    work(words, run, words.between(2, 10));
    Map<String, Object> arguments = Map.of("id", words.id("pay"));
    int failures = words.between(1, 2);
    for (int i = 0; i < failures; i++) {
      run.failing("payments.get", arguments, "503 Service Unavailable");
    }
    run.call("payments.get", arguments, words.record());
    return work(words, run, words.between(2, 10));
  }
}
