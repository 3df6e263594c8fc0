package dev.saferun.evaluator.loops;

import static dev.saferun.evaluator.loops.TuningTraces.make;
import static dev.saferun.evaluator.loops.TuningTraces.work;

import dev.saferun.evaluator.loops.Trace.CallList;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Generators that the figures come from: other families than those of {@link TuningTraces}, with
 * other tools, arguments and results. They were seen while the defaults were set, so they say how
 * the guard does on what it was made for, not on what nobody thought of.
 */
final class MeasuredTraces {

  /** The family that the guard stops too late. */
  static final String THINKING = "loop: thinks in between";

  private static final int WASTED = 40;

  private MeasuredTraces() {}

  static void each(int perFamily, long seed, Consumer<Trace> traces) {
    make(traces, perFamily, seed, "loop: one write again", MeasuredTraces::writeAgain);
    make(traces, perFamily, seed, "loop: no outcomes told", MeasuredTraces::untold);
    make(traces, perFamily, seed, "loop: circle of 2 to 8", MeasuredTraces::circle);
    make(traces, perFamily, seed, "loop: circle after work", MeasuredTraces::circleAfterWork);
    make(traces, perFamily, seed, "loop: query that never parses", MeasuredTraces::syntaxError);
    make(traces, perFamily, seed, "loop: guessing a path", MeasuredTraces::guessing);
    make(traces, perFamily, seed, "loop: service is down", MeasuredTraces::down);
    make(traces, perFamily, seed, "loop: asking in other words", MeasuredTraces::asking);
    make(traces, perFamily, seed, "loop: same page, other address", MeasuredTraces::samePage);
    make(traces, perFamily, seed, "loop: job that never ends", MeasuredTraces::endlessJob);
    make(traces, perFamily, seed, THINKING, MeasuredTraces::thinking);
    make(traces, perFamily, seed, "batch: one write an item", MeasuredTraces::writes);
    make(traces, perFamily, seed, "batch: read, write, verify", MeasuredTraces::readWriteVerify);
    make(traces, perFamily, seed, "batch: letters from a template", MeasuredTraces::letters);
    make(traces, perFamily, seed, "batch: mostly nothing found", MeasuredTraces::lookups);
    make(traces, perFamily, seed, "batch: bad items", MeasuredTraces::badItems);
    make(traces, perFamily, seed, "batch: posts to one channel", MeasuredTraces::posts);
    make(traces, perFamily, seed, "pagination: offset", MeasuredTraces::offsets);
    make(traces, perFamily, seed, "pagination: cursor", MeasuredTraces::cursors);
    make(traces, perFamily, seed, "pagination: days, some empty", MeasuredTraces::days);
    make(traces, perFamily, seed, "other: retries, then works", MeasuredTraces::retries);
    make(traces, perFamily, seed, "other: edits and tests", MeasuredTraces::editAndTest);
    make(traces, perFamily, seed, "other: job with a percentage", MeasuredTraces::jobWithPercent);
    make(traces, perFamily, seed, "polling: job that ends", MeasuredTraces::job);
  }

  private static CallList writeAgain(Words words, CallList run) {
    work(words, run, words.upTo(12));
    Map<String, Object> arguments = Map.of("to", words.id("acc"), "text", words.sentence(9));
    Object acknowledgement = words.acknowledgement();
    run.call("mail.send", arguments, acknowledgement).wasted();
    for (int i = 0; i < WASTED; i++) {
      run.call("mail.send", arguments, acknowledgement);
    }
    return run;
  }

  private static CallList untold(Words words, CallList run) {
    run.withoutOutcomes();
    work(words, run, words.upTo(6));
    int period = words.between(1, 3);
    List<Map<String, Object>> arguments = new ArrayList<>();
    for (int i = 0; i < period; i++) {
      arguments.add(Map.of("sku", words.id("sku"), "warehouse", words.noun()));
    }
    for (int i = 0; i < period + WASTED; i++) {
      if (i == period) {
        run.wasted();
      }
      run.call("stock.check", arguments.get(i % period), null);
    }
    return run;
  }

  private static CallList circle(Words words, CallList run) {
    work(words, run, words.upTo(10));
    return around(words, run, words.between(2, 8), words.chance(.3));
  }

  private static CallList circleAfterWork(Words words, CallList run) {
    work(words, run, words.between(20, 60));
    return around(words, run, words.between(2, 5), false);
  }

  /** A circle of different calls; one of them may fail each time. */
  private static CallList around(Words words, CallList run, int period, boolean oneFails) {
    List<Map<String, Object>> arguments = new ArrayList<>();
    List<Object> results = new ArrayList<>();
    for (int i = 0; i < period; i++) {
      arguments.add(Map.of("path", "/" + words.noun() + "/" + words.id("f"), "depth", (long) i));
      results.add(words.chance(.3) ? words.acknowledgement() : words.record());
    }
    for (int i = 0; i < period + WASTED; i++) {
      if (i == period) {
        run.wasted();
      }
      int at = i % period;
      if (oneFails && at == 0) {
        run.failing("fs.open", arguments.get(at), "Permission denied");
      } else {
        run.call("fs.step" + at % 3, arguments.get(at), results.get(at));
      }
    }
    return run;
  }

  private static CallList syntaxError(Words words, CallList run) {
    work(words, run, words.upTo(10));
    String table = words.noun();
    for (int i = 0; i < 1 + WASTED; i++) {
      if (i == 1) {
        run.wasted();
      }
      String sql =
          "select " + words.noun() + ", from " + table + " where " + words.noun() + " = " + i;
      run.failing(
          "sql.run",
          Map.of("statement", sql),
          Map.of("code", 400L, "message", "syntax error at or near \"from\" at character " + i));
    }
    return run;
  }

  private static CallList guessing(Words words, CallList run) {
    work(words, run, words.upTo(10));
    String name = words.noun();
    List<String> folders = List.of("", "/", "./", "/data/", "data/", "/tmp/", "~/", "/home/app/");
    for (int i = 0; i < 1 + WASTED; i++) {
      if (i == 1) {
        run.wasted();
      }
      String path = words.one(folders) + name + (words.chance(.5) ? ".csv" : "_" + i + ".csv");
      run.failing("fs.read", Map.of("path", path), "File not found: '" + path + "'");
    }
    return run;
  }

  private static CallList down(Words words, CallList run) {
    work(words, run, words.upTo(20));
    String error =
        words.one(
            List.of(
                "HTTP 503 from upstream (request " + words.id("req") + ")",
                "Timeout after 30000 ms",
                "The API key is not valid for this resource."));
    for (int i = 0; i < 1 + WASTED; i++) {
      if (i == 1) {
        run.wasted();
      }
      run.failing(
          "billing.charge",
          Map.of("invoice", words.id("inv"), "retry", words.chance(.5)),
          error.replaceAll("req_\\w+", words.id("req")));
    }
    return run;
  }

  private static CallList asking(Words words, CallList run) {
    work(words, run, words.upTo(10));
    String about = words.noun() + " " + words.noun();
    Object nothing =
        words.one(
            List.<Object>of(
                Map.of("hits", List.of(), "count", 0L, "more", false),
                "Nothing matched.",
                "",
                "0 documents"));
    for (int i = 0; i < 1 + WASTED; i++) {
      if (i == 1) {
        run.wasted();
      }
      run.call(
          "wiki.find",
          Map.of("text", words.more() + " " + about + " " + words.more(), "space", "all"),
          nothing);
    }
    return run;
  }

  private static CallList samePage(Words words, CallList run) {
    work(words, run, words.upTo(10));
    String page = "<html>Please sign in to go on. " + words.sentence(60) + "</html>";
    for (int i = 0; i < 1 + WASTED; i++) {
      if (i == 1) {
        run.wasted();
      }
      run.call("browser.open", Map.of("url", "https://shop.example/" + words.id("p")), page);
    }
    return run;
  }

  private static CallList endlessJob(Words words, CallList run) {
    work(words, run, words.upTo(10));
    String job = words.id("job");
    boolean waits = words.chance(.5);
    run.call("jobs.status", Map.of("job", job), Map.of("state", "queued")).wasted();
    for (int i = 0; i < WASTED; i++) {
      if (waits && i % 2 == 0) {
        run.call("sleep", Map.of("seconds", 5L), "ok");
      } else {
        run.call("jobs.status", Map.of("job", job), Map.of("state", "queued"));
      }
    }
    return run;
  }

  /** A call again and again, with a new thought each time: the hardest to tell from work. */
  private static CallList thinking(Words words, CallList run) {
    work(words, run, words.upTo(10));
    Map<String, Object> arguments = Map.of("order", words.id("ord"));
    Object result = words.record();
    run.call("orders.get", arguments, result).wasted();
    for (int i = 0; i < WASTED; i++) {
      if (i % 2 == 0) {
        run.call("think", Map.of("thought", words.sentence(12)), "ok");
      } else {
        run.call("orders.get", arguments, result);
      }
    }
    return run;
  }

  private static CallList writes(Words words, CallList run) {
    Object acknowledgement = words.acknowledgement();
    int items = words.between(5, 300);
    long first = words.number();
    boolean counted = words.chance(.5);
    for (int i = 0; i < items; i++) {
      Map<String, Object> arguments = new LinkedHashMap<>();
      arguments.put("ticket", counted ? first + i : words.id("t"));
      arguments.put("state", "closed");
      arguments.put("comment", "Closed as agreed with the customer.");
      run.call("desk.update", arguments, acknowledgement);
    }
    return run;
  }

  private static CallList readWriteVerify(Words words, CallList run) {
    Object acknowledgement = words.acknowledgement();
    int items = words.between(4, 80);
    for (int i = 0; i < items; i++) {
      Map<String, Object> item = Map.of("id", words.id("emp"));
      run.call("hr.read", item, words.record());
      run.call("hr.raise", Map.of("id", item.get("id"), "percent", 3L), acknowledgement);
      run.call("hr.verify", item, Map.of("valid", true));
    }
    return run;
  }

  private static CallList letters(Words words, CallList run) {
    Object acknowledgement = words.acknowledgement();
    int items = words.between(4, 100);
    for (int i = 0; i < items; i++) {
      String name = words.noun() + words.number();
      run.call(
          "mail.send",
          Map.of("to", name + "@example.org", "text", "Dear " + name + ", your invoice is ready."),
          acknowledgement);
    }
    return run;
  }

  private static CallList lookups(Words words, CallList run) {
    Object nothing = words.nothing();
    double found = words.upTo(10) / 100.0;
    int items = words.between(5, 150);
    for (int i = 0; i < items; i++) {
      run.call(
          "sanctions.lookup",
          Map.of("name", words.noun() + words.number(), "country", "DE"),
          words.chance(found) ? words.records(1) : nothing);
    }
    return run;
  }

  private static CallList badItems(Words words, CallList run) {
    Object acknowledgement = words.acknowledgement();
    double bad = words.between(1, 10) / 100.0;
    int items = words.between(10, 200);
    boolean echoes = words.chance(.5);
    for (int i = 0; i < items; i++) {
      Map<String, Object> item = Map.of("sku", words.id("sku"), "price", words.number());
      if (words.chance(bad)) {
        run.failing(
            "shop.price", item, echoes ? "Not found: " + item.get("sku") : "Unknown product");
      } else {
        run.call("shop.price", item, acknowledgement);
      }
    }
    return run;
  }

  private static CallList posts(Words words, CallList run) {
    Object acknowledgement = words.acknowledgement();
    int items = words.between(4, 40);
    for (int i = 0; i < items; i++) {
      run.call(
          "chat.post", Map.of("channel", "general", "text", words.sentence(8)), acknowledgement);
    }
    return run;
  }

  private static CallList offsets(Words words, CallList run) {
    work(words, run, words.upTo(5));
    int pages = words.between(3, 120);
    for (long page = 0; page < pages; page++) {
      run.call(
          "ledger.rows",
          Map.of("account", "a-1", "offset", page * 50, "limit", 50L),
          words.records(4));
    }
    return run;
  }

  private static CallList cursors(Words words, CallList run) {
    int pages = words.between(3, 120);
    String cursor = "";
    for (int page = 0; page < pages; page++) {
      String next = words.id("cur");
      run.call(
          "events.list",
          cursor.isEmpty() ? Map.of("type", "sale") : Map.of("type", "sale", "cursor", cursor),
          Map.of("events", words.records(3), "next", next));
      cursor = next;
    }
    return run;
  }

  private static CallList days(Words words, CallList run) {
    int days = words.between(5, 90);
    for (int day = 0; day < days; day++) {
      run.call(
          "calendar.events",
          Map.of("day", LocalDate.of(2026, 1, 1).plusDays(day).toString()),
          words.chance(.5) ? List.of() : words.records(1));
    }
    return run;
  }

  private static CallList retries(Words words, CallList run) {
    int rounds = words.between(1, 4);
    for (int round = 0; round < rounds; round++) {
      work(words, run, words.between(2, 8));
      Map<String, Object> arguments = Map.of("shipment", words.id("shp"));
      int failures = words.between(1, 2);
      for (int i = 0; i < failures; i++) {
        run.failing("carrier.track", arguments, "Timeout after 10000 ms");
      }
      run.call("carrier.track", arguments, words.record());
    }
    return run;
  }

  private static CallList editAndTest(Words words, CallList run) {
    int rounds = words.between(3, 25);
    String file = words.noun() + ".py";
    for (int round = 0; round < rounds; round++) {
      run.call(
          "editor.replace",
          Map.of("file", file, "old", words.sentence(4), "new", words.sentence(4)),
          "The file was edited.");
      run.call(
          "shell.run",
          Map.of("command", "pytest -q"),
          round == rounds - 1
              ? "12 passed"
              : words.between(1, 9) + " failed: " + words.sentence(30));
    }
    return run;
  }

  private static CallList jobWithPercent(Words words, CallList run) {
    work(words, run, words.upTo(6));
    String job = words.id("exp");
    int polls = words.between(3, 18);
    for (int i = 0; i <= polls; i++) {
      run.call(
          "export.status", Map.of("job", job), Map.of("percent", 100L * i / polls, "job", job));
    }
    return work(words, run, words.upTo(6));
  }

  private static CallList job(Words words, CallList run) {
    work(words, run, words.upTo(6));
    String job = words.id("bld");
    int polls = words.between(1, 15);
    run.polls("build.status");
    for (int i = 0; i < polls; i++) {
      run.call("build.status", Map.of("build", job), Map.of("state", "running"));
    }
    run.call("build.status", Map.of("build", job), Map.of("state", "passed"));
    return work(words, run, words.upTo(6));
  }
}
