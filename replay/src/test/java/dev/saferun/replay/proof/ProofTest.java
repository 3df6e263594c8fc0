package dev.saferun.replay.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Evaluation;
import dev.saferun.evaluator.KeptPolicy;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.RunLog.Decided;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.Verdict;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.replay.capture.EvidenceOf;
import dev.saferun.replay.proof.Finding.Altered;
import dev.saferun.replay.proof.Finding.Different;
import dev.saferun.replay.proof.Finding.OtherEvaluator;
import dev.saferun.replay.proof.Finding.Part;
import dev.saferun.replay.proof.Finding.Proven;
import dev.saferun.replay.proof.Finding.Source;
import dev.saferun.replay.proof.Finding.Undecidable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProofTest {

  private static final String CARD = "4242 4242 4242 4242";

  private final ProofCase amounts =
      ProofCase.of("large: action.arguments.amount > 100", "refund: has(context.plan.refund)");

  @Test
  void whatIsWholeIsProven() {
    assertThat(amounts.finding(amounts.decided("{'amount':500}", "{'plan':{}}")))
        .isEqualTo(new Proven());
    assertThat(amounts.finding(amounts.decided("{'amount':5}", "{'plan':{'refund':true}}")))
        .isEqualTo(new Proven());
    assertThat(amounts.finding(amounts.decided("{'amount':'much'}", "{}"))).isEqualTo(new Proven());
  }

  @Test
  void theRunsEarlierCallsComeFromTheFrame() {
    ProofCase looping =
        ProofCase.guarded(
            "{'budgets':{'sums':[{'name':'paid','tool':'pay','argument':'/amount','max':9}]}}");
    RunState state = RunState.NEW;
    for (int call = 0; call < 12; call++) {
      EvidenceOf.Kept frame =
          EvidenceOf.decided(looping.policy(), ProofCase.call("{'amount':1.5}", "{}"), state);
      assertThat(looping.finding(frame)).isEqualTo(new Proven());
      state = frame.after();
    }
  }

  @Test
  void eachByteOfTheEvidenceCounts() {
    EvidenceOf.Kept frame = amounts.decided("{'amount':500}", "{'plan':{'note':'é'}}");
    byte[] evidence = frame.evidence();
    for (int i = 0; i < evidence.length; i++) {
      byte[] flipped = evidence.clone();
      flipped[i] ^= 1;
      assertThat(amounts.finding(flipped, frame.sha256(), amounts.kept()))
          .as("byte %d", i)
          .isInstanceOfSatisfying(
              Altered.class, altered -> assertThat(altered.part()).isEqualTo(Part.EVIDENCE));
    }
  }

  @Test
  void eachByteOfTheManifestCounts() {
    EvidenceOf.Kept frame = amounts.decided("{'amount':500}", "{}");
    KeptPolicy kept = amounts.kept();
    for (int i = 0; i < kept.manifest().length; i++) {
      byte[] flipped = kept.manifest().clone();
      flipped[i] ^= 1;
      assertThat(
              amounts.finding(
                  frame.evidence(),
                  frame.sha256(),
                  new KeptPolicy(kept.id(), flipped, kept.rules())))
          .as("byte %d", i)
          .isEqualTo(new Altered(Part.SNAPSHOT, kept.id()));
    }
  }

  @Test
  void eachByteOfARulesConditionCounts() {
    EvidenceOf.Kept frame = amounts.decided("{'amount':500}", "{}");
    KeptPolicy kept = amounts.kept();
    RuleVersion large = kept.rules().getFirst();
    for (int i = 0; i < large.condition().length(); i++) {
      char[] condition = large.condition().toCharArray();
      condition[i] = (char) (condition[i] ^ 1);
      List<RuleVersion> rules =
          List.of(ProofCase.rule("large", new String(condition)), kept.rules().getLast());
      assertThat(
              amounts.finding(
                  frame.evidence(),
                  frame.sha256(),
                  new KeptPolicy(kept.id(), kept.manifest(), rules)))
          .isEqualTo(new Altered(Part.RULE, "large"));
    }
  }

  @Test
  void aSnapshotThatIsNotThereIsAltered() {
    EvidenceOf.Kept frame = amounts.decided("{'amount':500}", "{}");
    assertThat(
            Proof.open(frame.evidence(), frame.sha256())
                .finding(Optional.empty(), new CompiledPolicies()))
        .isEqualTo(new Altered(Part.SNAPSHOT, amounts.policy().id()));
  }

  @Test
  void aDecisionThatTheRulesDoNotGiveIsDifferent() {
    Evaluation decided =
        amounts.policy().evaluate(ProofCase.call("{'amount':500}", "{}"), RunState.NEW);
    Evaluation other =
        amounts.policy().evaluate(ProofCase.call("{'amount':5}", "{}"), RunState.NEW);
    EvidenceOf.Kept frame =
        EvidenceOf.kept(
            ProofCase.call("{'amount':500}", "{}"),
            RunState.NEW,
            new Decided(other.decision(), decided.after(), 3));

    assertThat(amounts.finding(frame))
        .isEqualTo(new Different("/effect", "\"proceed\"", "\"stop\""));
  }

  @Test
  void aReasonThatSaysSomethingElseIsDifferentThere() {
    Evaluation decided =
        amounts.policy().evaluate(ProofCase.call("{'amount':500}", "{}"), RunState.NEW);
    Decision decision = decided.decision();
    Reason reason = decision.reasons().getFirst();
    Decision changed =
        new Decision(
            decision.verdict(),
            decision.effect(),
            decision.mode(),
            List.of(
                new Reason(
                    reason.kind(),
                    reason.source(),
                    2,
                    reason.state(),
                    reason.verdict(),
                    "Why not.",
                    reason.details())),
            decision.shadow(),
            decision.policySnapshot(),
            decision.evaluatorVersion());

    assertThat(
            amounts.finding(
                EvidenceOf.kept(
                    ProofCase.call("{'amount':500}", "{}"),
                    RunState.NEW,
                    new Decided(changed, decided.after(), 3))))
        .isEqualTo(new Different("/reasons/0/version", "2", "1"));
  }

  @Test
  void anotherEvaluatorsDecisionIsNotJudged() {
    Evaluation decided =
        amounts.policy().evaluate(ProofCase.call("{'amount':500}", "{}"), RunState.NEW);
    Decision decision = decided.decision();
    Decision older =
        new Decision(
            Verdict.ALLOW,
            decision.effect(),
            decision.mode(),
            List.of(),
            List.of(),
            decision.policySnapshot(),
            "0");

    assertThat(
            amounts.finding(
                EvidenceOf.kept(
                    ProofCase.call("{'amount':500}", "{}"),
                    RunState.NEW,
                    new Decided(older, decided.after(), 3))))
        .isEqualTo(new OtherEvaluator("0"));
  }

  @Test
  void aRuleThatNeedsWhatRedactionTookIsNamedAndTheOthersAreProven() {
    ProofCase cards =
        ProofCase.of(
            "card: action.arguments.card.startsWith('4242')",
            "large: action.arguments.amount > 100");
    EvidenceOf.Kept stopped = cards.decided("{'card':'" + CARD + "','amount':1}", "{}");
    EvidenceOf.Kept both = cards.decided("{'card':'" + CARD + "','amount':500}", "{}");

    assertThat(cards.finding(stopped))
        .isEqualTo(
            new Undecidable(
                List.of(new Source("card", 1)), false, List.of("/action/arguments/card")));
    assertThat(cards.finding(both))
        .isEqualTo(
            new Undecidable(
                List.of(new Source("card", 1)), true, List.of("/action/arguments/card")));
  }

  @Test
  void redactionHidesNoOtherRulesDifference() {
    ProofCase cards =
        ProofCase.of(
            "card: action.arguments.card.startsWith('9')", "large: action.arguments.amount > 100");
    Evaluation small =
        cards
            .policy()
            .evaluate(ProofCase.call("{'card':'" + CARD + "','amount':1}", "{}"), RunState.NEW);
    EvidenceOf.Kept frame =
        EvidenceOf.kept(
            ProofCase.call("{'card':'" + CARD + "','amount':500}", "{}"),
            RunState.NEW,
            new Decided(small.decision(), small.after(), 3));

    assertThat(cards.finding(frame)).isInstanceOf(Different.class);
  }

  @Test
  void aSumThatWasTakenLeavesTheGuardAndWhoReadsSumsOpen() {
    ProofCase sums =
        ProofCase.guarded(
            "{'budgets':{'sums':[{'name':'paid','tool':'pay','argument':'/amount','max':9}]}}",
            "much: has(run.sums.paid) && run.sums.paid > 100.0",
            "large: action.tool == 'sell'");
    EvidenceOf.Kept frame = sums.decided("{'amount':4242424242424242}", "{}");

    assertThat(sums.finding(frame))
        .isInstanceOfSatisfying(
            Undecidable.class,
            open ->
                assertThat(open.sources())
                    .containsExactly(new Source("loop-guard", 0), new Source("much", 1)));
  }

  @Test
  void whatRedactionTookOutOfTheDecisionItselfIsLeftOutOnBothSides() {
    ProofCase sums =
        ProofCase.guarded(
            "{'budgets':{'sums':[{'name':'paid','tool':'pay','argument':'/amount','max':4242424242424242}]}}");
    EvidenceOf.Kept frame = sums.decided("{'amount':5000000000000000}", "{}");
    assertThat(new String(frame.evidence(), StandardCharsets.UTF_8))
        .contains("/decision/reasons/0/details/max");

    assertThat(sums.finding(frame)).isEqualTo(new Proven());
  }

  @Test
  void whatNothingOfOursEverWroteIsAltered() throws Exception {
    String text =
        new String(amounts.decided("{'amount':500}", "{}").evidence(), StandardCharsets.UTF_8);
    for (String forged :
        List.of(
            "{",
            text.replace("\"calls\":0", "\"calls\":\"none\""),
            text.replaceFirst("\"call\":\"[a-p]+\"", "\"call\":\"\""))) {
      byte[] bytes = forged.getBytes(StandardCharsets.UTF_8);
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(amounts.finding(bytes, sha256, amounts.kept())).isInstanceOf(Altered.class);
    }
  }

  @Test
  void aFrameWithoutADecisionHasNoProof() throws Exception {
    byte[] plan = CanonicalJson.write(Map.of("kind", "plan", "format", 1L));
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(plan);
    assertThat(Proof.isWhole(plan, sha256)).isTrue();
    assertThat(amounts.finding(plan, sha256, amounts.kept())).isInstanceOf(Altered.class);
  }
}
