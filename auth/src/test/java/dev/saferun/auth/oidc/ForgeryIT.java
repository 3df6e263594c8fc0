package dev.saferun.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing forged gets in, and each check is what keeps something out. */
class ForgeryIT {

  static Stream<Forgery> forgeries() {
    return Forgeries.all();
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void nothingForgedGetsIn(Forgery forgery) {
    try (Scene scene = new Scene()) {
      assertThat(forgery.attempt().on(scene)).contains(forgery.refusal());
    }
  }

  /** All that it is said to keep out, and at least one thing: a check without a use fails. */
  @ParameterizedTest
  @EnumSource(OidcCheck.class)
  void withoutACheckGetsInWhatItKeepsOut(OidcCheck check) {
    List<Forgery> keptOut = Forgeries.all().filter(forgery -> forgery.check() == check).toList();
    assertThat(keptOut).isNotEmpty();
    for (Forgery forgery : keptOut) {
      try (Scene scene = new Scene(OidcChecks.allBut(check))) {
        assertThat(forgery.attempt().on(scene)).as(forgery.toString()).isEmpty();
      }
    }
  }

  /** The same scene without a forgery is one in which everything works. */
  @Test
  void whatIsNotForgedGetsIn() {
    try (Scene scene = new Scene()) {
      assertThat(scene.refusalOfLogin()).isEmpty();
      assertThat(scene.refusalOfLogout(scene.provider.logoutToken())).isEmpty();
    }
  }

  @Test
  void allChecksAreOnInProduction() {
    assertThat(OidcChecks.all().on()).containsExactly(OidcCheck.values());
  }
}
