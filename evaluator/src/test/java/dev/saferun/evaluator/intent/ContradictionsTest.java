package dev.saferun.evaluator.intent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.IntentSignal;
import dev.saferun.evaluator.IntentSignal.Kind;
import dev.saferun.evaluator.texts.Work;
import dev.saferun.platform.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContradictionsTest {

  @Test
  void aDeniedFlagAndAnotherOperationStandAgainstTheTool() {
    List<IntentSignal> found =
        find(
            "{'plan': {'is_refund': false, 'operation': 'charge', 'amount': 4500}}",
            "payments.refund",
            "{'amount': 4500}");

    assertThat(found).extracting(IntentSignal::kind).containsOnly(Kind.PLAN_FLIPPED);
    assertThat(found)
        .extracting(signal -> Objects.requireNonNull(signal.place()).pointer())
        .containsExactly("/context/plan/is_refund", "/context/plan/operation");
  }

  @Test
  void aFlagThatTheToolFulfilsIsNone() {
    assertThat(
            find(
                "{'plan': {'is_refund': true, 'operation': 'refund'}}",
                "payments.createRefund",
                "{}"))
        .isEmpty();
  }

  @Test
  void aFlippedArgumentIsOne() {
    assertThat(find("{'plan': {'notify': {'dry_run': true}}}", "mail.send", "{'dry_run': false}"))
        .extracting(IntentSignal::kind, IntentSignal::argument)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.PLAN_FLIPPED, "/dry_run"));
  }

  @Test
  void unitsAreConvertedBeforeTheyAreCompared() {
    String plan = "{'plan': {'amount_usd': 45.2}}";
    assertThat(find(plan, "t", "{'amount_cents': 4520}")).isEmpty();
    assertThat(kinds(find(plan, "t", "{'amount_cents': 45}"))).containsExactly(Kind.PLAN_DIFFERS);
    assertThat(kinds(find(plan, "t", "{'amount': 4520}"))).containsExactly(Kind.OTHER_UNIT);
  }

  @Test
  void whoCountsInCentsMayBeGivenCents() {
    String plan = "{'plan': {'amount': 45}}";
    assertThat(find(plan, "stripe.create_charge", "{'amount': 4500}")).isEmpty();
    assertThat(kinds(find(plan, "stripe.create_charge", "{'amount': 9900}")))
        .containsExactly(Kind.PLAN_DIFFERS);
  }

  @Test
  void oneNumberHasOneValueHoweverItIsWritten() {
    assertThat(find("{'plan': {'amount': 5}}", "t", "{'amount': 5.0}")).isEmpty();
    assertThat(find("{'plan': {'amount': 5}}", "t", "{'amount': '5'}")).hasSize(1);
  }

  @Test
  void theStateSpeaksToo() {
    assertThat(
            kinds(find("{'state': {'ticket': {'customer_id': 'a'}}}", "t", "{'customer_id': 'b'}")))
        .containsExactly(Kind.STATE_DIFFERS);
  }

  @Test
  void aValueThatIsSaidUnderOneOfSeveralNamesIsNone() {
    assertThat(find("{'state': {'old': {'id': 'a'}, 'new': {'id': 'b'}}}", "t", "{'id': 'b'}"))
        .isEmpty();
  }

  @Test
  void aTargetThatTheStateCallsSomethingElseThanThePlanIsOne() {
    String context =
        "{'plan': {'environment': 'staging'}, 'state': {'db': {'a': 'production', 'b': 'staging'}}}";
    assertThat(kinds(find(context, "sql.execute", "{'on': 'a', 'statement': 'delete from t'}")))
        .containsExactly(Kind.OTHER_TARGET);
    assertThat(find(context, "sql.execute", "{'on': 'b', 'statement': 'delete from t'}")).isEmpty();
    assertThat(find(context, "sql.execute", "{'on': 'a', 'statement': 'select 1'}")).isEmpty();
  }

  @Test
  void aPlanInProseIsLeftToTheReader() {
    assertThat(find("{'plan': 'charge the card'}", "payments.refund", "{}")).isEmpty();
  }

  private static List<Kind> kinds(List<IntentSignal> signals) {
    return signals.stream().map(IntentSignal::kind).toList();
  }

  private static List<IntentSignal> find(String context, String tool, String arguments) {
    Map<String, @Nullable Object> given = tree(arguments);
    Contradictions search =
        new Contradictions(1, tool, ToolWords.of(tool, given), given, new Work());
    search.compare(tree(context).get("plan"), tree(context).get("state"));
    return search.signals();
  }

  private static Map<String, @Nullable Object> tree(String json) {
    return StrictJson.parseObject(json.replace('\'', '"').getBytes(UTF_8));
  }
}
