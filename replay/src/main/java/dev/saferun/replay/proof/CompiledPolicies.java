package dev.saferun.replay.proof;

import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.PolicySnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The compiled policies that were asked for last. They are found by the hash of their content,
 * which the caller has checked, so they serve every organization; safe for many threads.
 */
public final class CompiledPolicies {

  private static final int MOST = 32;

  private final Map<String, PolicySnapshot> byId =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PolicySnapshot> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Compiles what it does not have, which takes milliseconds a rule.
   *
   * @throws dev.saferun.evaluator.UnusableRuleException when a rule is refused that was once taken
   */
  public synchronized PolicySnapshot of(String id, PolicyContent content) {
    PolicySnapshot known = byId.get(id);
    if (known != null) {
      return known;
    }
    PolicySnapshot compiled = PolicySnapshot.of(content, List.copyOf(byId.values()));
    byId.put(id, compiled);
    return compiled;
  }
}
