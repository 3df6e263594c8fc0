package dev.saferun.replay.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Fingerprint;
import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.Unknown;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.EvidenceOf;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeptCallTest {

  private static final String CARD = "4242 4242 4242 4242";

  private final ProofCase policy = ProofCase.of();

  @Test
  void whatWasNotTouchedIsWhatWasSent() {
    Check sent = ProofCase.call("{'a':[1,{'b':null}]}", "{'plan':{'x':1.5}}");
    EvidenceOf.Kept frame = EvidenceOf.decided(policy.policy(), sent, RunState.NEW);

    KeptCall kept = KeptCall.of(tree(frame)).orElseThrow();

    assertThat(kept.taken()).isEmpty();
    assertThat(kept.call()).isEqualTo(new Recorded(sent, RunState.NEW, Fingerprint.of(sent)));
  }

  @Test
  void aValueThatWasTakenIsUnknownWhereverItStands() {
    KeptCall kept =
        kept(
            "{'list':[1,{'card':'" + CARD + "'}],'password':{'x':1}}",
            "{'plan':{'a/b~c':'card " + CARD + "'},'user_request':'pay'}");

    Check check = kept.call().check();
    assertThat(check.arguments().get("list")).isEqualTo(List.of(1L, Map.of("card", Unknown.VALUE)));
    assertThat(check.arguments().get("password")).isSameAs(Unknown.VALUE);
    assertThat(check.context().get("plan")).isEqualTo(Map.of("a/b~c", Unknown.VALUE));
    assertThat(check.context().get("user_request")).isEqualTo("pay");
    assertThat(kept.taken())
        .containsExactlyInAnyOrder(
            "/action/arguments/list/1/card", "/action/arguments/password", "/context/plan/a~1b~0c");
  }

  @Test
  void aNameThatWasTakenMakesTheObjectAroundItUnknown() {
    KeptCall kept = kept("{'byCard':{'" + CARD + "':1},'amount':2}", "{}");

    assertThat(kept.call().check().arguments())
        .isEqualTo(Map.of("byCard", Unknown.VALUE, "amount", 2L));
  }

  @Test
  void aNameInTheArgumentsThemselvesMakesThemUnknown() {
    KeptCall kept = kept("{'" + CARD + "':1,'amount':2}", "{'plan':{'x':1}}");

    assertThat(kept.call().check().action())
        .isEqualTo(Map.of("tool", "pay", "arguments", Unknown.VALUE));
    assertThat(kept.call().check().context()).isEqualTo(Map.of("plan", Map.of("x", 1L)));
  }

  @Test
  void beyondWhatIsListedNothingIsKnown() {
    String many = String.join(",", Collections.nCopies(101, "'" + CARD + "'"));
    KeptCall kept = kept("{'cards':[" + many + "]}", "{'plan':{'x':1},'user_request':'u'}");

    assertNothingIsKnown(kept);
  }

  @Test
  void whereAPathIsCutNothingIsKnown() {
    KeptCall kept =
        kept("{'" + "n".repeat(600) + "':'" + CARD + "'}", "{'plan':{'x':1},'user_request':'u'}");

    assertNothingIsKnown(kept);
  }

  private static void assertNothingIsKnown(KeptCall kept) {
    assertThat(kept.call().check().action())
        .isEqualTo(Map.of("tool", "pay", "arguments", Unknown.VALUE));
    assertThat(kept.call().check().context())
        .isEqualTo(Map.of("plan", Unknown.VALUE, "user_request", Unknown.VALUE));
    assertThat(kept.taken()).containsExactly("/action/arguments", "/context");
  }

  @Test
  void theEvidenceItselfStaysAsItIs() {
    Map<String, @Nullable Object> evidence =
        tree(policy.decided("{'card':'" + CARD + "'}", "{'plan':{'card':'" + CARD + "'}}"));
    String before = evidence.toString();

    assertThat(KeptCall.of(evidence)).isPresent();

    assertThat(evidence.toString()).isEqualTo(before);
  }

  @Test
  void aStateThatWasTakenGivesNoCall() {
    RunState state =
        RunState.fromJson(
            ProofCase.json(
                "{'whole':true,'frame':2,'calls':1,'calls_by_tool':{'pay':1},"
                    + "'sums':{'paid':4242424242424242},'uncounted':{},'recent_calls':''}"));
    EvidenceOf.Kept frame = EvidenceOf.decided(policy.policy(), ProofCase.call("{}", "{}"), state);

    assertThat(KeptCall.of(tree(frame))).isEmpty();
    assertThat(policy.finding(frame))
        .isEqualTo(
            new Finding.Undecidable(
                List.of(new Finding.Source("run", 0)), false, List.of("/run/sums/paid")));
  }

  private KeptCall kept(String arguments, String context) {
    return KeptCall.of(tree(policy.decided(arguments, context))).orElseThrow();
  }

  private static Map<String, @Nullable Object> tree(EvidenceOf.Kept frame) {
    return StrictJson.parseObject(frame.evidence());
  }
}
