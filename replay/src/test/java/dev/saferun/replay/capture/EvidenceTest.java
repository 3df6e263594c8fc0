package dev.saferun.replay.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.RunLog.Decided;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.Verdict;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import dev.saferun.redaction.DerivedTokenKeys;
import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.Redactor;
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
      new Redactor(new DerivedTokenKeys(new byte[32]), Evidence.STRUCTURAL_MEMBERS);

  /** A run that goes on after a restart must be judged as if it had never been interrupted. */
  @Test
  void theStateAfterEachCallOfALongRunIsReadBackFromItsRedactedEvidence() {
    Random random = new Random(11);
    RunState state = RunState.NEW;
    for (int call = 0; call < 2_000; call++) {
      String tool = "tool-" + random.nextInt(300);
      boolean counted = random.nextBoolean();
      RunState after =
          state.after(
              tool,
              random.nextLong(),
              counted ? Map.of("refunds", call * 0.1) : state.sums(),
              counted ? state.uncounted() : Map.of("refunds", (long) call));
      assertThat(Evidence.stateAfter(kept(tool, state, after))).isEqualTo(after);
      state = after;
    }
    assertThat(state.whole()).isFalse();
    assertThat(state.recent()).hasSize(RunState.RECENT_MAX);
    assertThat(state.uncounted()).isNotEmpty();
  }

  private static Map<String, @Nullable Object> kept(String tool, RunState before, RunState after) {
    Check check =
        new Check("r", null, Map.of(), Map.of("tool", tool, "arguments", Map.of()), Map.of(), null);
    Decision decision =
        new Decision(Verdict.ALLOW, Effect.PROCEED, Mode.BLOCK, List.of(), List.of(), "s", "1");
    Map<String, @Nullable Object> document =
        Evidence.action(
            check,
            new RunEntry.Turn(before, 1),
            new Decided(decision, after, 3),
            ID,
            Instant.EPOCH,
            null);
    byte[] kept = REDACTOR.redact(RedactionPolicy.standard(), ID, document).bytes();
    assertThat(kept).isEqualTo(CanonicalJson.write(StrictJson.parse(kept)));
    return StrictJson.parseObject(kept);
  }
}
