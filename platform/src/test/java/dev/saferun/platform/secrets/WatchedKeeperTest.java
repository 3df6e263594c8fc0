package dev.saferun.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.BrokenSealException;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.KeyKeeper.WrappedKey;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Secret;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WatchedKeeperTest {

  private static final WrappedKey WRAPPED = new WrappedKey("sample", 1, new byte[] {1});

  private final AtomicReference<RuntimeException> fault = new AtomicReference<>();
  private final AtomicReference<Thread> askedOn = new AtomicReference<>();
  private Instant now = Instant.parse("2026-11-28T10:00:00Z");
  private final Keepers keepers =
      new Keepers(
          List.of(new Sample()),
          new SecretsMetrics(OpenTelemetry.noop().getMeter("test")),
          () -> now);
  private final WatchedKeeper keeper = keepers.current();

  @AfterEach
  void close() {
    keepers.close();
  }

  @Test
  void theCallerNeverWaitsItself() throws Exception {
    StoredDataKeysIT.get(keeper.wrap(new byte[32], new byte[0]));
    assertThat(askedOn.get()).isNotNull().matches(Thread::isVirtual, "a virtual thread");
    assertThat(askedOn.get()).isNotEqualTo(Thread.currentThread());
  }

  @ParameterizedTest
  @EnumSource(
      value = KeeperOutcome.class,
      names = {"SEALED", "UNREACHABLE", "UNTRUSTED", "DENIED", "REFUSED"})
  void whatFailsIsOneProblemAndStaysInSightSinceItBegan(KeeperOutcome outcome) throws Exception {
    fault.set(new KeeperFault(outcome));
    Instant begun = now;
    for (CompletionStage<?> asked :
        List.of(
            keeper.wrap(new byte[32], new byte[0]),
            keeper.unwrap(WRAPPED, new byte[0]),
            keeper.newestVersion(),
            keeper.rotate(),
            keeper.read("a/b", "c"))) {
      assertThatThrownBy(() -> StoredDataKeysIT.get(asked))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.code()).isEqualTo(CommonProblem.SECRETS_UNAVAILABLE))
          .hasMessage(outcome.text());
      now = now.plusSeconds(1);
    }
    assertThat(keeper.failing())
        .hasValueSatisfying(
            failing -> {
              assertThat(failing.outcome()).isEqualTo(outcome);
              assertThat(failing.since()).isBetween(begun, begun.plusSeconds(1));
            });
    fault.set(null);
    StoredDataKeysIT.get(keeper.newestVersion());
    assertThat(keeper.failing()).isEmpty();
  }

  @Test
  void aKeyThatDoesNotOpenIsAnAnswer() {
    fault.set(new BrokenSealException(BrokenSealException.Reason.ALTERED));
    assertThatThrownBy(() -> StoredDataKeysIT.get(keeper.unwrap(WRAPPED, new byte[0])))
        .isInstanceOf(BrokenSealException.class);
    assertThat(keeper.failing()).isEmpty();
  }

  @Test
  void aKeyOfAKeeperThatIsNotThereSaysWhose() {
    WrappedKey foreign = new WrappedKey("elsewhere", 1, new byte[] {1});
    assertThatThrownBy(() -> StoredDataKeysIT.get(keepers.unwrap(foreign, new byte[0])))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("elsewhere");
  }

  @Test
  void aNameThatIsNoneIsRefusedAtOnce() {
    assertThatThrownBy(() -> keeper.read("../x", "y")).isInstanceOf(IllegalArgumentException.class);
  }

  private final class Sample implements BlockingKeeper {

    private final Map<String, Secret> credentials = Map.of("c", Secret.of("canary"));

    private void pass() {
      askedOn.set(Thread.currentThread());
      RuntimeException planned = fault.get();
      if (planned != null) {
        throw planned;
      }
    }

    @Override
    public String name() {
      return "sample";
    }

    @Override
    public WrappedKey wrap(byte[] plain, byte[] context) {
      pass();
      return WRAPPED;
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, byte[] context) {
      pass();
      return new byte[32];
    }

    @Override
    public int newestVersion() {
      pass();
      return 1;
    }

    @Override
    public int rotate() {
      pass();
      return 2;
    }

    @Override
    public Optional<Secret> credential(CredentialName name) {
      pass();
      return Optional.ofNullable(credentials.get(name.field()));
    }
  }
}
