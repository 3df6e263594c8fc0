package dev.saferun.replay.backtest;

import dev.saferun.evaluator.Candidates.Draft;
import dev.saferun.tenancy.EnvironmentSettings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to know.
 *
 * @param environment whose recorded decisions are decided again, and over whose policy the drafts
 *     are laid
 * @param from the first moment of the window; all that there is where absent
 * @param to the end of the window; now where absent
 * @param sample how many decisions at most, spread over the window; all where absent
 * @param drafts none asks what the policy in force would do
 * @param money a JSON Pointer into the arguments to the number that calls move
 */
public record BacktestRequest(
    EnvironmentSettings environment,
    Optional<Instant> from,
    Optional<Instant> to,
    OptionalInt sample,
    List<Draft> drafts,
    Optional<String> money) {

  /** The names on the way to the money; null where none was named. */
  @Nullable List<String> moneySteps() {
    return money
        .map(
            pointer ->
                List.of(pointer.substring(1).split("/", -1)).stream()
                    .map(step -> step.replace("~1", "/").replace("~0", "~"))
                    .toList())
        .orElse(null);
  }

  /** As it is kept and answered. */
  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("environment", environment.environment());
    from.ifPresent(time -> json.put("from", time.toString()));
    to.ifPresent(time -> json.put("to", time.toString()));
    sample.ifPresent(count -> json.put("sample", (long) count));
    json.put("rules", drafts.stream().map(BacktestRequest::draft).toList());
    money.ifPresent(pointer -> json.put("money", pointer));
    return json;
  }

  private static Map<String, @Nullable Object> draft(Draft draft) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("rule", draft.rule());
    draft.version().ifPresent(version -> json.put("version", (long) version));
    return json;
  }
}
