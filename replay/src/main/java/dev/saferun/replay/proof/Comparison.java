package dev.saferun.replay.proof;

import static dev.saferun.replay.capture.Evidence.object;

import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.Redecision;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.Verdict;
import dev.saferun.tenancy.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a decision as it is kept against the same decided again. What redaction took out of the
 * decision's own texts is left out on both sides, and so are the reasons of what cannot be decided
 * any more; verdict and effect must then be those of all the reasons together.
 */
final class Comparison {

  private static final String REASONS = "reasons";
  private static final String TAKEN = "redacted";

  private final Map<String, @Nullable Object> kept;
  private final List<List<String>> taken;
  private final String snapshot;

  Comparison(Map<String, @Nullable Object> evidence, String snapshot) {
    this.kept = object(evidence.get("decision"));
    this.taken = Redactions.of(evidence).within("decision");
    this.snapshot = snapshot;
  }

  Finding with(Redecision again, List<String> takenFromCall) {
    Set<String> open =
        again.undecidable().stream()
            .map(Redecision.Undecidable::source)
            .collect(Collectors.toSet());
    Map<String, @Nullable Object> decided = again.decision().toJson();
    // The name was checked against the manifest's bytes; how this version writes one is no matter.
    decided.put("policy_snapshot", snapshot);
    strengthen(decided, again.decision(), open);
    Optional<Finding.Different> difference =
        Difference.between(without(masked(kept), open), without(masked(decided), open));
    if (difference.isPresent()) {
      return difference.get();
    }
    return open.isEmpty()
        ? new Finding.Proven()
        : new Finding.Undecidable(
            again.undecidable().stream()
                .map(one -> new Finding.Source(one.source(), one.version()))
                .toList(),
            again.isCertain(),
            takenFromCall);
  }

  /** What the kept reasons of the undecidable add to the verdict of all the others. */
  private void strengthen(
      Map<String, @Nullable Object> decided, Decision decision, Set<String> open) {
    Verdict verdict = decision.verdict();
    Effect effect = decision.effect();
    for (Map<String, @Nullable Object> reason : reasons(kept)) {
      if (open.contains(String.valueOf(reason.get("source")))) {
        Verdict its = Verdict.valueOf(upper(reason.get("verdict")));
        verdict = its.compareTo(verdict) > 0 ? its : verdict;
        Effect itsEffect = effect(reason, its, decision.mode());
        effect = itsEffect.compareTo(effect) > 0 ? itsEffect : effect;
      }
    }
    decided.put("verdict", verdict.wire());
    decided.put("effect", effect.wire());
  }

  private static Effect effect(Map<String, @Nullable Object> reason, Verdict verdict, Mode mode) {
    RuleState state =
        reason.get("state") == null ? null : RuleState.valueOf(upper(reason.get("state")));
    return new Reason(Reason.Kind.RULE, "", 0, state, verdict, "", Map.of()).effect(mode);
  }

  private static String upper(@Nullable Object wire) {
    return String.valueOf(wire).toUpperCase(Locale.ROOT);
  }

  private Map<String, @Nullable Object> masked(Map<String, @Nullable Object> decision) {
    Object tree = decision;
    for (List<String> names : taken) {
      tree = Pointers.with(tree, names, TAKEN);
    }
    return object(tree);
  }

  private static Map<String, @Nullable Object> without(
      Map<String, @Nullable Object> decision, Set<String> open) {
    if (open.isEmpty()) {
      return decision;
    }
    Map<String, @Nullable Object> rest = new LinkedHashMap<>(decision);
    for (String member : List.of(REASONS, Decision.SHADOW)) {
      List<?> all = decision.get(member) instanceof List<?> list ? list : List.of();
      rest.put(
          member,
          all.stream()
              .filter(reason -> !open.contains(String.valueOf(object(reason).get("source"))))
              .toList());
    }
    return rest;
  }

  private static List<Map<String, @Nullable Object>> reasons(
      Map<String, @Nullable Object> decision) {
    List<Map<String, @Nullable Object>> reasons = new ArrayList<>();
    if (decision.get(REASONS) instanceof List<?> list) {
      list.forEach(reason -> reasons.add(object(reason)));
    }
    return reasons;
  }
}
