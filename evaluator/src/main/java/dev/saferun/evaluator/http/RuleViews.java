package dev.saferun.evaluator.http;

import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.http.PinViews.PinOutcome;
import dev.saferun.evaluator.rules.RuleInProject;
import dev.saferun.evaluator.rules.Rules;
import dev.saferun.evaluator.rules.StoredRule;
import dev.saferun.tenancy.OnError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules as they stand in answers. */
final class RuleViews {

  private RuleViews() {}

  /**
   * A version of a rule.
   *
   * @param id of this version
   * @param author who wrote this version
   * @param comment what the author said of it
   * @param inForce what each environment has of the rule; only with the newest version
   * @param pins how the calls that are pinned to the rule come out with it; only where it was just
   *     written
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
      String comment,
      String author,
      String createdAt,
      @Nullable List<InForce> inForce,
      @Nullable List<PinOutcome> pins) {

    static RuleView of(StoredRule stored) {
      return of(stored, null, null);
    }

    static RuleView of(RuleInProject rule) {
      return of(rule.newest(), rule.inForce().stream().map(InForce::of).toList(), null);
    }

    static RuleView of(Rules.Written written) {
      return of(written.rule(), null, written.pins().stream().map(PinOutcome::of).toList());
    }

    private static RuleView of(
        StoredRule stored, @Nullable List<InForce> inForce, @Nullable List<PinOutcome> pins) {
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
          stored.comment(),
          stored.author(),
          stored.createdAt().toString(),
          inForce,
          pins);
    }
  }

  /**
   * What an environment has of a rule; an environment that is not listed has none.
   *
   * @param state shadow, warn or block
   */
  record InForce(String environment, int version, String state) {

    static InForce of(RuleInProject.InEnvironment one) {
      return new InForce(one.environment(), one.version(), one.state().wire());
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
    static RuleList of(List<RuleInProject> found, int limit) {
      List<RuleView> page = found.stream().limit(limit).map(RuleView::of).toList();
      return new RuleList(page, found.size() > limit ? page.getLast().name() : null);
    }
  }

  /**
   * A page of a rule's versions, the newest first.
   *
   * @param nextCursor where the next page begins; absent on the last
   */
  record VersionList(List<RuleView> versions, @Nullable Integer nextCursor) {

    static VersionList of(List<StoredRule> found, int limit) {
      List<RuleView> page = found.stream().limit(limit).map(RuleView::of).toList();
      return new VersionList(page, found.size() > limit ? page.getLast().version() : null);
    }
  }
}
