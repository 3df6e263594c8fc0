package dev.saferun.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two other implementations read the same texts. */
class SecondOpinionTest {

  /** They say a lot about what they refuse. */
  private static final List<Logger> TALKERS =
      List.of(Logger.getLogger("org.keycloak"), Logger.getLogger("org.apache.xml.security"));

  @BeforeAll
  static void silence() {
    TALKERS.forEach(one -> one.setLevel(Level.OFF));
  }

  @AfterAll
  static void letTalk() {
    TALKERS.forEach(one -> one.setLevel(null));
  }

  @ParameterizedTest
  @EnumSource
  void whoeverTakesAValidResponseReadsTheSame(SecondOpinion opinion) {
    TreeSet<String> refused = new TreeSet<>();
    int agreed = 0;
    for (ValidResponse valid : ValidResponse.all()) {
      Optional<SecondOpinion.Read> read = read(opinion, valid.connection(), valid.base64());
      if (read.isEmpty()) {
        refused.add(valid.name());
      } else {
        assertThat(read.get().user()).as(valid.name()).isEqualTo(valid.user());
        assertThat(read.get().attributes()).as(valid.name()).isEqualTo(valid.attributes());
        agreed++;
      }
    }
    System.out.println(opinion + " agrees on " + agreed + ", refuses " + refused);
    assertThat(refused).allMatch(name -> name.matches(opinion.unable)).hasSizeLessThan(agreed);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheyTakeOfTheForgedIsCounted(SecondOpinion opinion) {
    Map<String, Integer> taken = new TreeMap<>();
    int read = 0;
    for (Forgery forgery : Forgeries.ALL) {
      if (!forgery.base64().isEmpty()) {
        read++;
        read(opinion, Connections.standard(), forgery.base64())
            .ifPresent(any -> taken.merge(forgery.attack(), 1, Integer::sum));
      }
    }
    int sum = taken.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println(opinion + " takes " + sum + " of " + read + " forged ones: " + taken);
    // It reads them at all: some of what is forbidden here is allowed there.
    assertThat(sum).isBetween(1, read / 2);
  }

  private static Optional<SecondOpinion.Read> read(
      SecondOpinion opinion, SamlConnection connection, String base64) {
    try {
      return opinion.read(connection, base64);
    } catch (Exception | LinkageError refused) {
      return Optional.empty();
    }
  }
}
