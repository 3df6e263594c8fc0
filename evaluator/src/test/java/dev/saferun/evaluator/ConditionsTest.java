package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a condition can say about a request, and that null and numbers mean what JSON means. */
class ConditionsTest {

  private static final String ARGUMENTS =
      "{'amount':4500,'rate':1.5,'to':{'id':'cus_1','tags':['a','b'],'note':null},'dry':false}";
  private static final String CONTEXT =
      """
      {'user_request':'Charge the card','plan':{'is_refund':false,'amount':4500.0,'steps':[{'tool':'x'}],
       'note':null},'reasoning':'so','state':{'environment':'staging'},
       'retrieved':[{'source':'crm','content':'customer cus_1'},{'source':'web','content':'hi'}]}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "action.tool == 'payments.refund'",
        "action.arguments.amount == context.plan.amount",
        "action.arguments.amount == 4500 && action.arguments.amount == 4500.0",
        "action.arguments.amount > 4499.5 && action.arguments.rate < 2",
        "action.arguments.to.id == 'cus_1'",
        "action.arguments['to']['id'] == 'cus_1'",
        "'b' in action.arguments.to.tags",
        "'to' in action.arguments && !('from' in action.arguments)",
        "size(action.arguments.to.tags) == 2 && action.arguments.to.tags.size() == 2",
        "action.arguments.to.tags == ['a', 'b']",
        "action.arguments.to == {'id': 'cus_1', 'tags': ['a', 'b'], 'note': null}",
        "action.arguments.to.note == null && context.plan.note == action.arguments.to.note",
        "action.arguments.to.id != null",
        "context.plan.is_refund == false",
        "has(context.plan.is_refund) && !has(context.plan.other) && has(context.plan)",
        "has(context.state.environment) && !has(context.messages)",
        "!has(action.call_id) && has(agent.model)",
        "context.messages.size() == 0",
        "context.retrieved.exists(r, r.content.contains(action.arguments.to.id))",
        "context.retrieved.filter(r, r.source == 'web').size() == 1",
        "context.retrieved.map(r, r.source) == ['crm', 'web']",
        "context.plan.steps.exists_one(s, s.tool == 'x')",
        "context.plan.steps[0].tool == 'x'",
        "action.arguments.exists(name, name == 'dry')",
        "action.arguments.to.all(name, name.size() > 1)",
        "context.user_request.lowerAscii().contains('charge')",
        "context.user_request.matches('(?i)\\\\bcharge\\\\b') && !context.reasoning.matches('^x')",
        "matches(context.user_request, '^Charge')",
        "math.greatest(action.arguments.amount, 1) == 4500",
        "string(action.arguments.amount) == '4500'",
        "double(action.arguments.amount) / 100.0 == 45.0",
        "type(action.arguments.to) == map && type(action.arguments.to.tags) == list",
        "run.id == 'run-1' && run.calls == 1 && run.tool_calls == 1 && run.repeat == 1",
        "run.calls_by_tool == {'payments.refund': 1} && run.sums == {} && run.whole",
        "run.cycle_period == 0 && run.cycle_repeats == 0",
        "agent.name == 'assistant' && agent.version == '7'",
        "context.plan.missing == 1 || true",
        "['a', 'b'] == action.arguments.to.tags && ['a'] != action.arguments.to.tags",
        "{'id': 'cus_1', 'tags': ['a', 'b'], 'note': null} == action.arguments.to",
        "{'tags': action.arguments.to.tags} == {'tags': ['a', 'b']}",
        "{'tool': 'x'} in context.plan.steps && context.plan.steps[0] in [{'tool': 'x'}]",
        "action.arguments.to in [action.arguments.to] && action.arguments.to == action.arguments.to",
        "action.arguments.to.exists(k, action.arguments.to[k] == null)",
        "has(context.plan.note) && context.plan.steps + [1] == [{'tool': 'x'}, 1]",
        "(has(context.plan.x) ? context.plan.x : context.plan.steps)[0].tool == 'x'",
        "timestamp('2026-11-23T00:00:00Z') - timestamp('2026-11-22T00:00:00Z') == duration('24h')",
        "dyn(action.arguments.to.tags) + ['c'] == ['a', 'b', 'c']",
      })
  void holds(String condition) {
    RuleVersion rule = Policies.rule("r", condition, Verdict.DENY);
    assertThat(RuleChecker.check(rule)).isEmpty();
    Decision decision =
        Policies.blocking(rule)
            .decide(Policies.check("payments.refund", ARGUMENTS, CONTEXT), RunState.NEW);

    assertThat(decision.reasons())
        .extracting(reason -> reason.kind() + " " + reason.details())
        .containsExactly("RULE {}");
  }
}
