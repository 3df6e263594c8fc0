package dev.saferun.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What an engineer reads at night: the whole view, letter by letter, narrow and wide. */
class FrameViewTest {

  private static final String FRAME =
      """
      {"kind": "action", "frame": 7, "run_id": "order-1", "received_at": "2026-11-01T03:00:00.000001Z", "step": 3,
       "decision_id": "d-1", "sha256": "abc",
       "agent": {"name": "billing", "version": "2", "model": "m-1"},
       "action": {"tool": "payments.refund", "arguments": {"amount": 450000, "currency": "usd"}},
       "context": {"user_request": "charge my card", "plan": {"is_refund": false, "amount": 4500, "currency": "usd"},
                   "reasoning": "I will settle it.", "retrieved": [{"source": "crm", "content": "open"}]},
       "run": {"calls": 2, "intent": {"status": "measured", "whole": true, "features": {"plan_flipped": 1},
         "signals": [
           {"kind": "plan_flipped", "strength": 1, "argument": "", "frame": 7, "pointer": "/context/plan/is_refund", "start": 0, "end": 0},
           {"kind": "other_unit", "strength": 1, "argument": "/amount", "frame": 7, "pointer": "/context/plan/amount", "start": 0, "end": 0}],
         "origins": [
           {"argument": "/amount", "origin": "plan", "form": "hundredfold", "frame": 7, "pointer": "/context/plan/amount", "start": 0, "end": 4},
           {"argument": "/currency", "origin": "nowhere", "form": "exact"}]}},
       "decision": {"verdict": "deny", "effect": "stop", "mode": "block", "intent": {"status": "measured", "score": 0.9936, "model": "intent-1"}, "policy_snapshot": "sha256:1", "evaluator": {"version": "1"},
                    "reasons": [{"kind": "rule", "source": "refund-not-planned", "version": 2, "verdict": "deny",
                                 "message": "The plan does not say refund."},
                                {"kind": "intent", "source": "intent-guard", "verdict": "deny",
                                 "message": "The plan says the opposite of what this call does.",
                                 "details": {"cause": "model", "score": 0.9936}}]},
       "redaction": {"applied": [{"path": "/context/token", "action": "drop"}]}}
      """;

  @Test
  void aStoppedCallSaysWhyAndShowsWhatContradicts() throws IOException {
    assertThat(FrameView.of(json(FRAME), new Terminal(72, false)))
        .isEqualTo(
            """
            run order-1, frame 7 (action)
            2026-11-01T03:00:00.000001Z, agent billing 2 m-1, client's step 3

            DECISION
            DENY -> stop (mode block)
              - rule refund-not-planned v2 says deny: The plan does not say refund.
              - intent intent-guard says deny: The plan says the opposite of what
                this call does.

            PLAN AND CALL
              the plan said                    |   the call does
            ! is_refund: false                 | ! tool: payments.refund
            ! amount: 4500                     | ! amount: 450000
              currency: "usd"                  |   currency: "usd"
            ! CONTRADICTS: plan.is_refund is false, but tool is payments.refund
            ! CONTRADICTS: plan.amount is 4500, but amount is 450000

            INTENT
              score 0.994 by intent-1: the probability that the user did not ask
                for this
              cause: model. The model chose this by itself, against the request or
                its own plan.
              - The plan says the opposite of what this call does. (frame 7
                /context/plan/is_refund)
              - /amount: The amount is a hundred times, or a hundredth of, the one
                that was asked for, and nothing says that the tool counts in that
                unit. (frame 7 /context/plan/amount)

            WHERE THE VALUES CAME FROM
              /amount: plan (hundredfold) (frame 7 /context/plan/amount,
                characters 0 to 4)
              /currency: nowhere

            THE USER ASKED
              charge my card

            REASONING (claimed by the model, not evidence)
              I will settle it.

            RETRIEVED
              crm: open

            THE RUN BEFORE THIS CALL
              {"calls":2}

            EVIDENCE
              sha256 abc
              policy sha256:1, evaluator 1
              decision d-1
              redacted /context/token (drop)
            """);
  }

  @Test
  void noLineIsWiderThanANarrowTerminal() throws IOException {
    String view = FrameView.of(json(FRAME), new Terminal(60, false));

    assertThat(
            view.lines()
                .filter(line -> !line.startsWith("! CONTRADICTS") && !line.startsWith("2026")))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(66));
  }

  @Test
  void whatCouldNotBeMeasuredIsSaid() throws IOException {
    String late = FRAME.replace("\"whole\": true", "\"whole\": true, \"meaning\": \"late\"");
    String unavailable =
        "{\"kind\": \"action\", \"run\": {\"intent\": {\"status\": \"unavailable\","
            + " \"reason\": \"too_much\"}}}";

    assertThat(FrameView.of(json(late), new Terminal(120, false)))
        .contains("the sentence model had no time for all that was new");
    assertThat(FrameView.of(json(unavailable), new Terminal(120, false)))
        .contains("not measured (too much)");
  }

  @Test
  void whatWasSealedOrIsGoneIsSaid() throws IOException {
    String sealed =
        FRAME.replace("\"redaction\": {", "\"redaction\": {\"sealed\": {\"count\": 5},");
    String gone =
        sealed.replace(
            "\"kind\": \"action\",",
            "\"kind\": \"action\", \"originals\": {\"state\": \"shredded\","
                + " \"shredded_at\": \"2026-11-28T10:00:00Z\"},");

    assertThat(FrameView.of(json(sealed), new Terminal(120, false)))
        .contains("5 sealed; `saferun runs reveal RUN --frame 7 --reason TEXT`");
    assertThat(FrameView.of(json(gone), new Terminal(120, false)))
        .contains("5 sealed; gone since 2026-11-28T10:00:00Z");
  }

  @Test
  void bothPlacesOfASumAreSaid() throws IOException {
    String sum =
        FRAME.replace(
            "\"form\": \"hundredfold\", \"frame\": 7,",
            "\"form\": \"sum\", \"second\": {\"frame\": 2, \"pointer\": \"/result/fee\", \"start\": 0, \"end\": 2},"
                + " \"frame\": 7,");

    assertThat(FrameView.of(json(sum), new Terminal(160, false)))
        .contains("characters 0 to 4) and (frame 2 /result/fee, characters 0 to 2)");
  }

  @Test
  void colourIsNeverTheOnlySign() throws IOException {
    String plain = FrameView.of(json(FRAME), new Terminal(72, false));
    String coloured = FrameView.of(json(FRAME), new Terminal(72, true));

    assertThat(coloured).isNotEqualTo(plain);
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
  }

  @Test
  void whatAnAgentReadCannotMoveTheCursor() throws IOException {
    String poisoned = FRAME.replace("charge my card", "charge\\u001b[2J\\u202egnp");

    String view = FrameView.of(json(poisoned), new Terminal(72, false));

    assertThat(view)
        .doesNotContain("\u001b")
        .doesNotContain("\u202e")
        .contains("charge\\u001b[2J\\u202egnp");
  }

  private static JsonNode json(String text) throws IOException {
    return Client.JSON.readTree(text);
  }
}
