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
