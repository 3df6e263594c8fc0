package dev.saferun.redaction;

import static dev.saferun.redaction.Documents.drop;
import static dev.saferun.redaction.Documents.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.ProblemException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionPolicyTest {

  @Test
  void theIdIsTheHashOfTheContent() {
    RedactionPolicy policy = policy(drop("/a"), drop("/b"));
    assertThat(policy.id())
        .isEqualTo(HexFormat.of().formatHex(Sha256.of(CanonicalJson.write(policy.content()))))
        .isEqualTo(policy(drop("/a"), drop("/b")).id());
  }

  @Test
  void theIdChangesWithAnyPartOfTheContent() {
    List<RedactionPolicy> policies =
        List.of(
            policy(),
            policy(drop("/a")),
            policy(drop("/b")),
            policy(drop("/a"), drop("/b")),
            policy(drop("/b"), drop("/a")),
            policy(new PathRule("/a", new Action.Drop(), "test", true)),
            policy(new PathRule("/a", new Action.Drop(), "other", false)),
            policy(new PathRule("/a", new Action.Token(), "test", false)),
            policy(new PathRule("/a", new Action.Mask(0, 4), "test", false)),
            policy(new PathRule("/a", new Action.Mask(4, 0), "test", false)),
            RedactionPolicy.of(List.of(), Map.of(Detector.SECRET, new Action.Drop())),
            RedactionPolicy.of(List.of(), Map.of(Detector.SECRET, new Action.Token())),
            RedactionPolicy.of(List.of(), Map.of(Detector.CARD_NUMBER, new Action.Drop())),
            RedactionPolicy.standard());
    assertThat(policies.stream().map(RedactionPolicy::id)).doesNotHaveDuplicates();
  }

  /** Evidence names the policy by this id; a change of it is a change of what is kept. */
  @Test
  void theStandardPolicyIsPinned() {
    assertThat(RedactionPolicy.standard().id())
        .isEqualTo("5b3838940599b37f703bd975fad7a812a63d19a83279b3c7938f1b3ff7a8af7d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a              | a path starts with '/'
          ''             | a path starts with '/'
          /a/b**         | '**' stands alone between two '/'
          /a~3           | after '~' stands 0, 1 or 2
          /a~            | after '~' stands 0, 1 or 2
          /a*b*c*d*e*f   | a name has '*' at most 4 times
          /**/**/**/**/**| a path has '**' at most 4 times
          """)
  void namesTheRuleAndTheFault(String path, String fault) {
    assertInvalid(() -> policy(drop("/good"), drop(path)), "/rules/1/path", fault);
  }

  @Test
  void refusesWhatIsTooMuch() {
    assertInvalid(() -> policy(drop("/" + "a".repeat(512))), "/rules/0/path", "512");
    assertInvalid(() -> policy(drop("/a".repeat(33))), "/rules/0/path", "32 segments");
    assertInvalid(
        () -> policy(Collections.nCopies(501, drop("/a")).toArray(PathRule[]::new)),
        "/rules",
        "500");
  }

  @Test
  void refusesTheSamePathTwice() {
    assertInvalid(() -> policy(drop("/a"), drop("/a")), "/rules/1/path", "earlier");
  }

  @ParameterizedTest
  @CsvSource({"-1,0", "0,-1", "5,4", "2147483647,2147483647"})
  void refusesMasksThatKeepTooMuch(int first, int last) {
    Action mask = new Action.Mask(first, last);
    assertInvalid(
        () -> policy(new PathRule("/a", mask, "test", false)), "/rules/0/action", "0 to 8");
    assertInvalid(
        () -> RedactionPolicy.of(List.of(), Map.of(Detector.CARD_NUMBER, mask)),
        "/detectors/card_number/action",
        "0 to 8");
  }

  @ParameterizedTest
  @CsvSource({"Upper", "a-b", "''", "1a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void refusesClassesThatWouldNotFitATokenName(String dataClass) {
    assertInvalid(
        () -> policy(new PathRule("/a", new Action.Drop(), dataClass, false)),
        "/rules/0/class",
        "32");
  }

  private static void assertInvalid(Runnable making, String pointer, String detail) {
    assertThatThrownBy(making::run)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(RedactionProblem.INVALID_REDACTION_POLICY);
              assertThat(problem.pointer()).isEqualTo(pointer);
              assertThat(problem.detail()).contains(detail);
            });
  }
}
