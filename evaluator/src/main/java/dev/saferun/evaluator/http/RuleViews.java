package dev.saferun.evaluator.http;

import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.rules.StoredRule;
import dev.saferun.tenancy.OnError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules as they stand in answers. */
final class RuleViews {

  private RuleViews() {}

  /**
   * The newest version of a rule.
   *
   * @param id of this version
   * @param author who wrote this version
   */
  record RuleView(
      String id,
      String name,
      int version,
      String condition,
      String verdict,
      String message,
      List<String> tools,
      @Nullable String onError,
      String author,
      String createdAt) {

    static RuleView of(StoredRule stored) {
      RuleVersion rule = stored.rule();
      return new RuleView(
          rule.id().toString(),
          rule.name(),
          rule.version(),
          rule.condition(),
          rule.verdict().wire(),
          rule.message(),
          rule.tools(),
          rule.onError().map(OnError::wire).orElse(null),
          stored.author(),
          stored.createdAt().toString());
    }
  }

  /**
   * A page of rules.
   *
   * @param nextCursor where the next page begins; absent on the last
   */
  record RuleList(List<RuleView> rules, @Nullable String nextCursor) {

    /**
     * A page of {@code limit} rules, of which one more was read to learn whether it is the last.
     */
    static RuleList of(List<StoredRule> found, int limit) {
      boolean more = found.size() > limit;
      List<RuleView> page = found.stream().limit(limit).map(RuleView::of).toList();
      return new RuleList(page, more ? page.getLast().name() : null);
    }
  }
}
