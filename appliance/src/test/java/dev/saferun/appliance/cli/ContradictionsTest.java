package dev.saferun.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.appliance.cli.Contradictions.Contradiction;
import dev.saferun.appliance.cli.Contradictions.Kind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContradictionsTest {

  @Test
  void aDeniedFlagAndAnotherOperationStandAgainstTheTool() throws IOException {
    List<Contradiction> found =
        find(
            "{'plan': {'is_refund': false, 'operation': 'charge', 'amount': 4500}}",
            "{'tool': 'payments.refund', 'arguments': {'amount': 4500}}");

    assertThat(found)
        .containsExactly(
            new Contradiction(
                Kind.FLIPPED, "plan", "is_refund", "false", "tool", "payments.refund"),
            new Contradiction(
                Kind.DIFFERS, "plan", "operation", "\"charge\"", "tool", "payments.refund"));
  }

  @Test
  void aFlagThatTheToolFulfilsIsNone() throws IOException {
    assertThat(
            find(
                "{'plan': {'is_refund': true, 'operation': 'refund'}}",
                "{'tool': 'payments.createRefund', 'arguments': {}}"))
        .isEmpty();
  }

  @Test
  void aFlippedArgumentIsOne() throws IOException {
    assertThat(
            find(
                "{'plan': {'notify': {'dry_run': true}}}",
                "{'tool': 'mail.send', 'arguments': {'dry_run': false}}"))
        .extracting(Contradiction::kind, Contradiction::said)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.FLIPPED, "notify.dry_run"));
  }

  @Test
  void unitsAreConvertedBeforeTheyAreCompared() throws IOException {
    String plan = "{'plan': {'amount_usd': 45.2}}";
    assertThat(find(plan, "{'tool': 't', 'arguments': {'amount_cents': 4520}}")).isEmpty();
    assertThat(find(plan, "{'tool': 't', 'arguments': {'amount_cents': 45}}")).hasSize(1);
    assertThat(find(plan, "{'tool': 't', 'arguments': {'amount': 4520}}")).hasSize(1);
  }

  @Test
  void oneNumberHasOneValueHoweverItIsWritten() throws IOException {
    assertThat(find("{'plan': {'amount': 5}}", "{'tool': 't', 'arguments': {'amount': 5.0}}"))
        .isEmpty();
    assertThat(find("{'plan': {'amount': 5}}", "{'tool': 't', 'arguments': {'amount': '5'}}"))
        .hasSize(1);
  }

  @Test
  void theStateSpeaksToo() throws IOException {
    assertThat(
            find(
                "{'state': {'ticket': {'customer_id': 'a'}}}",
                "{'tool': 't', 'arguments': {'customer_id': 'b'}}"))
        .extracting(Contradiction::where)
        .containsExactly("state");
  }

  @Test
  void aValueThatIsSaidUnderOneOfSeveralNamesIsNone() throws IOException {
    assertThat(
            find(
                "{'state': {'old': {'id': 'a'}, 'new': {'id': 'b'}}}",
                "{'tool': 't', 'arguments': {'id': 'b'}}"))
        .isEmpty();
  }

  @Test
  void aPlanInProseIsLeftToTheReader() throws IOException {
    assertThat(find("{'plan': 'charge the card'}", "{'tool': 'payments.refund'}")).isEmpty();
  }

  private static List<Contradiction> find(String context, String action) throws IOException {
    return Contradictions.in(
        Client.JSON.readTree(context.replace('\'', '"')),
        Client.JSON.readTree(action.replace('\'', '"')));
  }
}
