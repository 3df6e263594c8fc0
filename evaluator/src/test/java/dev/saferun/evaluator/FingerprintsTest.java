package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

  @Test
  void areReadAsTheyWereWritten() {
    long[] all = new Random(7).longs(64).toArray();
    assertThat(Fingerprints.array(Fingerprints.text(all))).isEqualTo(all);
    assertThat(Fingerprints.text(0L, -1L)).isEqualTo("aaaaaaaaaaaaaaaapppppppppppppppp");
    assertThat(Fingerprints.array("")).isEmpty();
  }

  @Test
  void haveNoDigitThatADetectorCouldTakeForANumber() {
    assertThat(Fingerprints.text(new Random(8).longs(1_000).toArray()))
        .doesNotContainPattern("[^a-p]");
  }

  @Test
  void areRefusedWhenTheyAreNot() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fingerprints.array("aaaa"));
    assertThatIllegalArgumentException().isThrownBy(() -> Fingerprints.array("aaaaaaaaaaaaaaaq"));
  }
}
