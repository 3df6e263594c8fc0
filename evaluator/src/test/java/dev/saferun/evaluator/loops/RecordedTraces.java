package dev.saferun.evaluator.loops;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.loops.Trace.Step;
import dev.saferun.platform.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs of real agents. Those in which one call ended the same four times and more stand apart in
 * the table. Read from {@code shared/data} above the checkout, or from {@code SAFERUN_SHARED_DATA}.
 */
final class RecordedTraces {

  /** From so many times on the same call with the same result is a repetition and no work. */
  private static final int SAME_MAX = 4;

  /** The family of those that repeat themselves. */
  static final String REPEATING = "recorded: one call 4 times alike";

  private static final String FILE = "dev.jsonl.gz";

  private RecordedTraces() {}

  /** False where there are none. */
  static boolean each(int max, Consumer<Trace> traces) throws IOException {
    Optional<Path> file = find();
    if (file.isEmpty()) {
      return false;
    }
    int read = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file.get())), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null && read < max; line = lines.readLine()) {
        read++;
        traces.accept(trace(StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8))));
      }
    }
    return true;
  }

  private static Trace trace(Map<String, ?> run) {
    List<Step> steps = new ArrayList<>();
    for (Object frame : run.get("frames") instanceof List<?> frames ? frames : List.of()) {
      if (frame instanceof Map<?, ?> call && "tool_call".equals(call.get("role"))) {
        steps.add(step(call));
      }
    }
    String family = repeatsItself(steps) ? REPEATING : "recorded: " + run.get("source");
    return new Trace(family, steps, -1, List.of(), Map.of());
  }

  /** Whether one call ended the same so often that nobody could say that it served. */
  private static boolean repeatsItself(List<Step> steps) {
    Map<List<@Nullable Object>, Integer> times = new HashMap<>();
    for (Step step : steps) {
      List<@Nullable Object> same = new ArrayList<>();
      same.add(step.check().action());
      same.add(step.result());
      same.add(step.error());
      if (times.merge(same, 1, Integer::sum) == SAME_MAX) {
        return true;
      }
    }
    return false;
  }

  private static Step step(Map<?, ?> call) {
    Object arguments = call.get("arguments") instanceof Map<?, ?> tree ? tree : Map.of();
    Check check =
        new Check(
            "run",
            null,
            Map.of(),
            Map.of("tool", String.valueOf(call.get("tool")), "arguments", arguments),
            Map.of(),
            null);
    int turn = call.get("turn") instanceof Long number ? number.intValue() : -1;
    return new Step(turn, check, call.get("result"), call.get("error"), true);
  }

  private static Optional<Path> find() {
    String named = System.getenv("SAFERUN_SHARED_DATA");
    if (named != null) {
      return Optional.of(Path.of(named, FILE)).filter(Files::exists);
    }
    for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
      Path file = above.resolve("shared/data").resolve(FILE);
      if (Files.exists(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
