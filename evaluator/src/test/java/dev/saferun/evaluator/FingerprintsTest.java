package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

  @Test
  void areReadAsTheyWereWritten() {
    List<Long> all = new Random(7).longs(64).boxed().toList();
    assertThat(Fingerprints.list(Fingerprints.text(all))).isEqualTo(all);
    assertThat(Fingerprints.text(List.of(0L, -1L))).isEqualTo("aaaaaaaaaaaaaaaapppppppppppppppp");
    assertThat(Fingerprints.list("")).isEmpty();
  }

  @Test
  void haveNoDigitThatADetectorCouldTakeForANumber() {
    assertThat(Fingerprints.text(new Random(8).longs(1_000).boxed().toList()))
        .doesNotContainPattern("[^a-p]");
  }

  @Test
  void areRefusedWhenTheyAreNot() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fingerprints.list("aaaa"));
    assertThatIllegalArgumentException().isThrownBy(() -> Fingerprints.list("aaaaaaaaaaaaaaaq"));
  }
}
