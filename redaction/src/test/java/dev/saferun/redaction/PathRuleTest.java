package dev.saferun.redaction;

import static dev.saferun.redaction.Documents.drop;
import static dev.saferun.redaction.Documents.kept;
import static dev.saferun.redaction.Documents.policy;
import static dev.saferun.redaction.Documents.tree;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values a path reaches: in each document, exactly those that are written {@code 'X'}. */
class PathRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          /a             | {'a':'X','b':{'a':'k'}}
          /a/b           | {'a':{'b':'X','c':'k'},'b':'k'}
          /a/0           | {'a':['X','k']}
          /a/0           | {'a':{'0':'X','00':'k'}}
          /a/10          | {'a':['k','k','k','k','k','k','k','k','k','k','X','k']}
          /a/*           | {'a':['X','X'],'b':['k']}
          /a/*/c         | {'a':{'x':{'c':'X'},'c':'k','y':{'z':{'c':'k'}}}}
          /a/*/*/c       | {'a':[[{'c':'X','d':'k'}],{'c':'k'}]}
          /**/c          | {'c':'X','a':{'c':'X','d':[{'c':'X','cc':'k'}]}}
          /a/**/c        | {'c':'k','a':{'c':'X','b':{'b':{'c':'X'}}}}
          /a/**          | {'a':'X','b':'k'}
          /a/**/b/**/c   | {'a':{'b':{'c':'X'},'x':{'b':{'y':{'c':'X','d':'k'}},'c':'k'}}}
          /**/0/c        | {'a':[{'c':'X'},{'c':'k'}],'0':{'c':'X'}}
          /**/*/c        | {'c':'k','a':{'c':'X'}}
          /*_token       | {'a_token':'X','_token':'X','token':'k','a_tokens':'k'}
          /a*b*c         | {'abc':'X','aXbXc':'X','abcb':'k','acb':'k','ab':'k'}
          /ab*bc         | {'abc':'k','abbc':'X'}
          /a*b*b         | {'ab':'k','abb':'X'}
          /**/x*         | {'x':'X','a':{'xy':'X','yx':'k'}}
          /a/1*          | {'a':['k','X','k']}
          /a~1b          | {'a/b':'X','a':{'b':'k'}}
          /a~0b          | {'a~b':'X','a':'k'}
          /a~2           | {'a*':'X','ab':'k'}
          /~01           | {'~1':'X','/':'k'}
          /              | {'':'X','a':'k'}
          /a/            | {'a':{'':'X','b':'k'}}
          /Password      | {'Password':'X','password':'k'}
          """)
  void reaches(String path, String json) {
    assertThat(kept(policy(drop(path)), json))
        .isEqualTo(tree(json.replace("'X'", "{'$redacted':'dropped'}")));
  }

  @Test
  void anyCaseHoldsForNamesAndGlobs() {
    RedactionPolicy policy =
        policy(
            new PathRule("/**/API_Key", new Action.Drop(), "test", true),
            new PathRule("/**/*_Token", new Action.Drop(), "test", true));
    String json = "{'api_KEY':'X','a':{'MY_TOKEN':'X','Api_Key':'X'},'apikey':'k'}";
    assertThat(kept(policy, json)).isEqualTo(tree(json.replace("'X'", "{'$redacted':'dropped'}")));
  }

  @Test
  void theRuleThatHidesMostHolds() {
    RedactionPolicy policy =
        policy(
            new PathRule("/**/a", new Action.Mask(0, 2), "test", false),
            new PathRule("/x/*", new Action.Token(), "test", false),
            new PathRule("/y/**/a", new Action.Drop(), "test", false));
    assertThat(
            Documents.text(
                Documents.REDACTOR.redact(
                    policy,
                    Documents.SUBJECT,
                    tree("{'x':{'a':'12345'},'y':{'a':'1'},'a':'12345'}"))))
        .contains("\"x\":{\"a\":\"tok_test_")
        .contains("\"y\":{\"a\":{\"$redacted\":\"dropped\"}}")
        .contains("\"a\":\"****45\"");
  }

  @Test
  void whatIsAboveIsDroppedWhole() {
    assertThat(kept(policy(drop("/a"), drop("/a/b")), "{'a':{'b':'x','c':[1,2]}}"))
        .isEqualTo(tree("{'a':{'$redacted':'dropped'}}"));
  }

  @Test
  void structuralMembersStayAndNamesakesBelowDoNot() {
    assertThat(kept(policy(drop("/**/run_id")), "{'run_id':'r','a':{'run_id':'r'}}"))
        .isEqualTo(tree("{'run_id':'r','a':{'run_id':{'$redacted':'dropped'}}}"));
  }
}
