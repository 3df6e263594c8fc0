package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.Verdict;
import dev.saferun.tenancy.OnError;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads rule versions from plain rows. */
final class RuleVersions {

  private RuleVersions() {}

  static RuleVersion of(Row row) {
    return new RuleVersion(
        row.getUUID("id"),
        row.getString("name"),
        row.getInteger("version"),
        row.getString("condition"),
        Verdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT)),
        row.getString("message"),
        List.of(row.getArrayOfStrings("tools")),
        Optional.ofNullable(row.getString("on_error"))
            .map(wire -> OnError.valueOf(wire.toUpperCase(Locale.ROOT))));
  }
}
