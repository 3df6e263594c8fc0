package dev.saferun.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.auth.saml.Forgery.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** None of the forged messages gets in, and none of the checks could be spared. */
class ForgeryTest {

  static final List<Forgery> FORGERIES = Forgeries.ALL;

  @ParameterizedTest
  @FieldSource("FORGERIES")
  void isRefusedForItsReason(Forgery forgery) {
    Verdict verdict = forgery.attempt().apply(Checks.ALL);
    assertThat(verdict.isIn()).as(verdict.detail()).isFalse();
    assertThat(forgery.expected().stream().map(SamlCheck::text)).contains(verdict.detail());
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheCheckSomethingGetsIn(SamlCheck check) {
    Checks without = Checks.without(check);
    Stream<Forgery> itsClass =
        FORGERIES.stream().filter(forgery -> forgery.expected().contains(check));
    assertThat(itsClass.filter(forgery -> forgery.attempt().apply(without).isIn()).findFirst())
        .as("a forged message that only %s keeps out", check)
        .isPresent();
  }

  /**
   * The rule, without all that stands before it: where nothing judges how a message is built, some
   * of the rebuilt ones get in, but nobody as whom the identity provider did not vouch for.
   */
  @Test
  void whateverGetsInIsWhoWasSigned() {
    Checks noStructure =
        Checks.without(
            SamlCheck.SHAPE,
            SamlCheck.ONE_ASSERTION,
            SamlCheck.UNIQUE_IDS,
            SamlCheck.SIGNATURE_PLACE,
            SamlCheck.REFERENCE_TARGET,
            SamlCheck.ONE_REFERENCE,
            SamlCheck.TRANSFORMS,
            SamlCheck.MARKUP);
    List<Verdict> in =
        FORGERIES.stream()
            .filter(forgery -> !forgery.base64().isEmpty())
            .map(forgery -> forgery.attempt().apply(noStructure))
            .filter(Verdict::isIn)
            .toList();
    System.out.println(in.size() + "\tget in where nothing judges the structure, none as another");
    assertThat(in)
        .hasSizeGreaterThan(30)
        .allMatch(verdict -> verdict.detail().contains("value=" + Drafts.USER + ","))
        .noneMatch(verdict -> verdict.detail().contains(Drafts.VICTIM));
  }

  @Test
  void eachCheckHasASentenceOfItsOwn() {
    assertThat(Stream.of(SamlCheck.values()).map(SamlCheck::text)).doesNotHaveDuplicates();
  }

  @Test
  void thereAreAsManyAsIsSaid() {
    Map<String, Integer> classes = new TreeMap<>();
    FORGERIES.forEach(one -> classes.merge(one.attack(), 1, Integer::sum));
    classes.forEach((attack, count) -> System.out.println(count + "\t" + attack));
    System.out.println(FORGERIES.size() + "\tforged messages in " + classes.size() + " classes");
    assertThat(FORGERIES).hasSizeGreaterThan(150);
    assertThat(FORGERIES.stream().map(Forgery::toString)).doesNotHaveDuplicates();
  }
}
