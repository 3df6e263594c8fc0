package dev.saferun.redaction;

import static dev.saferun.redaction.Documents.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A layer of a policy as a person writes it. */
class RedactionRulesTest {

  @Test
  void whatIsWrittenIsReadAgain() {
    for (RedactionRules rules : List.of(StandardRules.STANDARD, StandardRules.PRODUCTION, all())) {
      assertThat(RedactionRules.read(rules.toJson())).isEqualTo(rules);
    }
    assertThat(CanonicalJson.write(all().toJson())).isNotEmpty();
  }

  private static RedactionRules all() {
    return RedactionRules.read(
        tree(
            "{'rules':[{'path':'/a','action':'band','edges':[1,2.5],'class':'amount'},"
                + "{'path':'/b','action':'mask','keep_last':4},{'path':'/c','action':'seal',"
                + "'any_case':true},{'path':'/d','action':'keep'},{'path':'/e','action':'drop'}],"
                + "'detectors':{'card_number':{'action':'token'}},'text':{'action':'seal'},"
                + "'unlisted':{'action':'drop'}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'rule':[]}                                          | /rule                  | no such field
          {'rules':{}}                                         | /rules                 | an array
          {'rules':[1]}                                        | /rules/0               | an object
          {'rules':[{'action':'drop'}]}                        | /rules/0/path          | a text
          {'rules':[{'path':'/a'}]}                            | /rules/0/action        | a text
          {'rules':[{'path':'/a','action':'hide'}]}            | /rules/0/action        | drop, keep, mask
          {'rules':[{'path':'/a','action':'drop','edges':[]}]} | /rules/0/edges         | no such field
          {'rules':[{'path':'/a','action':'mask','keep_last':9}]} | /rules/0/keep_last  | 0 to 8
          {'rules':[{'path':'/a','action':'band','edges':['1']}]} | /rules/0/edges/0    | a number
          {'rules':[{'path':'/a','action':'band','edges':[2,1]}]} | /rules/0/action     | greater
          {'rules':[{'path':'/a','action':'drop','any_case':1}]} | /rules/0/any_case    | true or false
          {'detectors':{'carrd':{'action':'drop'}}}            | /detectors/carrd       | card_number
          {'detectors':{'secret':{'action':'band','edges':[1]}}} | /detectors/secret/action | band
          {'text':{'action':'band','edges':[1]}}               | /text/action           | band
          """)
  void whatCannotBeTakenIsRefusedWithItsPlace(String json, String pointer, String detail) {
    assertThatThrownBy(() -> RedactionPolicy.of(List.of(RedactionRules.read(tree(json)))))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(RedactionProblem.INVALID_REDACTION_POLICY);
              assertThat(problem.pointer()).isEqualTo(pointer);
              assertThat(problem.detail()).contains(detail);
            });
  }
}
