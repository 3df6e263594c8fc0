package dev.saferun.evaluator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.RequestLimits;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckRequestReaderTest {

  private static final String MINIMAL = "'run_id':'r','action':{'tool':'t','arguments':{}}";

  @Test
  void everyFieldIsHandedOnAsItCame() {
    Check check =
        read(
            """
            {'run_id':'run-1','step':3,'at':'2026-11-23T04:05:06.123+01:00',
             'agent':{'name':'billing','version':'2.1','model':'m-1'},
             'action':{'tool':'payments.refund','arguments':{'amount':4500.0},'call_id':'c'},
             'context':{'user_request':'charge me','plan':{'is_refund':false},'reasoning':'because',
              'retrieved':[{'source':'crm','content':{'any':1}},{'content':null}],
              'state':[1],'messages':[{'role':'user'}]}}""");

    assertThat(check.runId()).isEqualTo("run-1");
    assertThat(check.step()).isEqualTo(3L);
    assertThat(check.at()).isEqualTo("2026-11-23T04:05:06.123+01:00");
    assertThat(check.agent()).containsEntry("model", "m-1").hasSize(3);
    assertThat(check.tool()).isEqualTo("payments.refund");
    assertThat(check.arguments()).isEqualTo(Map.of("amount", 4500L));
    assertThat(check.action()).containsEntry("call_id", "c");
    assertThat(check.context().keySet())
        .containsExactly("user_request", "plan", "reasoning", "retrieved", "state", "messages");
  }

  @Test
  void whatIsLeftOutStaysAbsent() {
    Check check = read("{" + MINIMAL + "}");

    assertThat(check.step()).isNull();
    assertThat(check.at()).isNull();
    assertThat(check.agent()).isEmpty();
    assertThat(check.context()).isEmpty();
  }

  @Test
  void anOptionalFieldThatIsNullCountsAsAbsent() {
    Check check =
        read(
            "{'step':null,'at':null,'agent':null,'context':{'retrieved':null,'reasoning':null},"
                + MINIMAL
                + "}");

    assertThat(check.step()).isNull();
    assertThat(check.agent()).isEmpty();
    assertThat(check.context()).containsEntry("retrieved", null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'action':{'tool':'t','arguments':{}}} | /run_id",
        "{'run_id':null,'action':{'tool':'t','arguments':{}}} | /run_id",
        "{'run_id':7,'action':{'tool':'t','arguments':{}}} | /run_id",
        "{'run_id':'','action':{'tool':'t','arguments':{}}} | /run_id",
        "{'run_id':'r'} | /action",
        "{'run_id':'r','action':'t'} | /action",
        "{'run_id':'r','action':{'arguments':{}}} | /action/tool",
        "{'run_id':'r','action':{'tool':'','arguments':{}}} | /action/tool",
        "{'run_id':'r','action':{'tool':['t'],'arguments':{}}} | /action/tool",
        "{'run_id':'r','action':{'tool':'t'}} | /action/arguments",
        "{'run_id':'r','action':{'tool':'t','arguments':null}} | /action/arguments",
        "{'run_id':'r','action':{'tool':'t','arguments':[]}} | /action/arguments",
        "{'run_id':'r','action':{'tool':'t','arguments':{},'call_id':1}} | /action/call_id",
        "{'run_id':'r','action':{'tool':'t','arguments':{},'description':[]}} | /action/description",
        "{'run_id':'r','action':{'tool':'t','arguments':{},'x':1}} | /action/x",
        "{'extra':1,MINIMAL} | /extra",
        "{'a/b~c':1,MINIMAL} | /a~1b~0c",
        "{'step':-1,MINIMAL} | /step",
        "{'step':1.5,MINIMAL} | /step",
        "{'step':'1',MINIMAL} | /step",
        "{'agent':[],MINIMAL} | /agent",
        "{'agent':{'name':1},MINIMAL} | /agent/name",
        "{'agent':{'age':1},MINIMAL} | /agent/age",
        "{'context':'x',MINIMAL} | /context",
        "{'context':{'history':[]},MINIMAL} | /context/history",
        "{'context':{'user_request':{}},MINIMAL} | /context/user_request",
        "{'context':{'reasoning':1},MINIMAL} | /context/reasoning",
        "{'context':{'messages':{}},MINIMAL} | /context/messages",
        "{'context':{'retrieved':{}},MINIMAL} | /context/retrieved",
        "{'context':{'retrieved':[{'content':1},'x']},MINIMAL} | /context/retrieved/1",
        "{'context':{'retrieved':[{'source':'s'}]},MINIMAL} | /context/retrieved/0/content",
        "{'context':{'retrieved':[{'source':1,'content':1}]},MINIMAL} | /context/retrieved/0/source",
        "{'context':{'retrieved':[{'score':1,'content':1}]},MINIMAL} | /context/retrieved/0/score",
        "{'at':'now',MINIMAL} | /at",
        "{'at':0,MINIMAL} | /at",
        "{'at':'2026-11-23',MINIMAL} | /at",
        "{'at':'2026-11-23T04:05Z',MINIMAL} | /at",
        "{'at':'2026-11-23T04:05:06',MINIMAL} | /at",
        "{'at':'2026-13-23T04:05:06Z',MINIMAL} | /at",
        "{'at':'2026-11-23T24:05:06Z',MINIMAL} | /at",
      })
  void aWrongShapeIsRefusedWithItsPlace(String body, String pointer) {
    ProblemException refused = refused(body.replace("MINIMAL", MINIMAL));

    assertThat(refused.code()).isEqualTo(CommonProblem.INVALID_FIELD);
    assertThat(refused.pointer()).isEqualTo(pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23T04:05:06Z",
        "2026-11-23t04:05:06z",
        "2026-11-23T04:05:06.123456789-08:00"
      })
  void timesOfRfc3339AreTaken(String at) {
    assertThat(read("{'at':'" + at + "'," + MINIMAL + "}").at()).isEqualTo(at);
  }

  @Test
  void aTextBeyondItsLimitIsRefusedAndOneAtItIsTaken() {
    String longest = "x".repeat(RequestLimits.TOOL_CHARACTERS.most());

    assertThat(read("{'run_id':'r','action':{'tool':'" + longest + "','arguments':{}}}").tool())
        .isEqualTo(longest);
    assertThat(
            refused("{'run_id':'r','action':{'tool':'" + longest + "x','arguments':{}}}").pointer())
        .isEqualTo("/action/tool");
    assertThat(
            refused("{'run_id':'" + longest + "x','action':{'tool':'t','arguments':{}}}").pointer())
        .isEqualTo("/run_id");
    assertThat(refused("{'agent':{'model':'" + longest + "x'}," + MINIMAL + "}").pointer())
        .isEqualTo("/agent/model");
  }

  @Test
  void tooManyPassagesAreRefused() {
    String passages = "{'content':1},".repeat(RequestLimits.RETRIEVED_PASSAGES.most());

    assertThat(
            refused("{'context':{'retrieved':[" + passages + "{'content':1}]}," + MINIMAL + "}")
                .pointer())
        .isEqualTo("/context/retrieved");
  }

  @Test
  void aBodyBeyondItsLimitIsRefusedBeforeItIsRead() {
    byte[] body = new byte[RequestLimits.REQUEST_BYTES.most() + 1];
    Arrays.fill(body, (byte) '[');

    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> CheckRequestReader.read(body));

    assertThat(refused.code()).isEqualTo(CommonProblem.BODY_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "null", "{'run_id':'r','run_id':'r'}"})
  void whatIsNotAnObjectIsNotJsonThatCanBeTaken(String body) {
    assertThat(refused(body).code()).isEqualTo(CommonProblem.INVALID_JSON);
  }

  private static Check read(String body) {
    return CheckRequestReader.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static ProblemException refused(String body) {
    return catchThrowableOfType(ProblemException.class, () -> read(body));
  }
}
