package dev.saferun.evaluator.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On what grounds rules are put in force: a backtest of them, a reason for doing without, both, or
 * neither.
 */
public record Grounds(Optional<UUID> backtest, Optional<String> overrideReason) {

  public static final Grounds NONE = new Grounds(Optional.empty(), Optional.empty());

  Map<String, @Nullable Object> audited() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    backtest.ifPresent(id -> json.put("backtest", id.toString()));
    overrideReason.ifPresent(reason -> json.put("override_reason", reason));
    return json;
  }
}
