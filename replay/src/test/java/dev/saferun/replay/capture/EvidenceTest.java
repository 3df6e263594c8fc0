package dev.saferun.replay.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.Fingerprint;
import dev.saferun.evaluator.Observation;
import dev.saferun.evaluator.RecentCalls;
import dev.saferun.evaluator.RunLog.Decided;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.Verdict;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import dev.saferun.redaction.DerivedTokenKeys;
import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.Redactor;
import dev.saferun.redaction.Subject;
import dev.saferun.tenancy.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvidenceTest {

  private static final UUID ID = new UUID(1, 2);
  private static final Redactor REDACTOR =
      new Redactor(new DerivedTokenKeys(new byte[32]), Evidence.MEMBERS);

  /** A run that goes on after a restart must be judged as if it had never been interrupted. */
  @Test
  void theStateAfterEachCallOfALongRunIsReadBackFromItsRedactedEvidence() {
    Random random = new Random(11);
    RunState state = RunState.NEW;
    for (int call = 0; call < 2_000; call++) {
      String tool = "tool-" + random.nextInt(300);
      boolean counted = random.nextBoolean();
      Check check = check(tool, random.nextInt(40));
      RunState after =
          state.after(
              tool,
              state
                  .recent()
                  .with(
                      Fingerprint.of(check),
                      state.frame(),
                      random.nextInt(9) == 0,
                      random.nextInt(9) == 0),
              new RunState.Change(
                  counted ? Map.of("refunds", call * 0.1) : state.sums(),
                  counted ? state.uncounted() : Map.of("refunds", (long) call),
                  random.nextInt(9) == 0 ? Map.of("list", call * 1.5) : state.grown(),
                  call < 1_000 ? 0 : 1_000));
      assertThat(Evidence.stateAfter(kept(check, state, after))).isEqualTo(after);
      state = after;
      if (random.nextInt(4) > 0) {
        state = observed(state, random);
      }
    }
    assertThat(state.whole()).isFalse();
    assertThat(state.recent().size()).isEqualTo(RecentCalls.CALLS_MAX);
    assertThat(state.uncounted()).isNotEmpty();
  }

  /** One of the latest calls ends, in any order; what is kept of that tells the same. */
  private static RunState observed(RunState state, Random random) {
    long actionFrame = state.frame() - 1 - random.nextInt(8);
    Object result = random.nextInt(3) == 0 ? List.of() : Map.of("ok", random.nextInt(4));
    Observation observed = Observation.of(result, random.nextInt(3) == 0 ? "not found" : null);
    RunState after = state.observed(actionFrame, observed).at(state.frame() + 1, List.of());
    Map<String, @Nullable Object> document =
        Evidence.frame("outcome", "r", state.frame(), null, null, Instant.EPOCH);
    document.put("action_frame", actionFrame);
    document.put("observed", observed.text());
    Map<String, @Nullable Object> kept = redacted(document);
    assertThat(Evidence.stateAfter(state, kept).at(after.frame(), List.of())).isEqualTo(after);
    return after;
  }

  private static Check check(String tool, int argument) {
    return new Check(
        "r",
        null,
        Map.of(),
        Map.of("tool", tool, "arguments", Map.of("id", (long) argument)),
        Map.of(),
        null);
  }

  private static Map<String, @Nullable Object> kept(Check check, RunState before, RunState after) {
    Decision decision =
        new Decision(Verdict.ALLOW, Effect.PROCEED, Mode.BLOCK, List.of(), List.of(), "s", "1");
    Map<String, @Nullable Object> document =
        Evidence.action(check, before, new Decided(decision, after, 3), ID, Instant.EPOCH, null);
    return redacted(document);
  }

  private static Map<String, @Nullable Object> redacted(Map<String, @Nullable Object> document) {
    byte[] kept =
        REDACTOR.redact(RedactionPolicy.standard(), new Subject(ID, ID, null), document).bytes();
    assertThat(kept).isEqualTo(CanonicalJson.write(StrictJson.parse(kept)));
    return StrictJson.parseObject(kept);
  }
}
