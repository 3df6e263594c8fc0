package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compared with Java's own decoder, which refuses the same by default. */
class Utf8Test {

  /** All sequences of two bytes, and of three and four behind each lead that may begin such. */
  @Test
  void takesWhatJavaTakesOfAllShortSequences() {
    for (int lead = 0x80; lead <= 0xFF; lead++) {
      for (int second = 0; second <= 0xFF; second++) {
        for (int third : new int[] {0x41, 0x80, 0xBF, 0xC0}) {
          same('a', lead, second);
          same(lead, second, third);
          same(lead, second, third, 0x80);
          same(lead, second, 0xBF, third, 'a');
        }
      }
    }
  }

  @Test
  void takesWhatJavaTakesOfLongerTextsWithAFault() {
    Random random = new Random(3629);
    byte[] text =
        "twelve ASCII, ä, €, \ud83d\ude00 and on".repeat(3).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 30_000; i++) {
      byte[] changed = Arrays.copyOf(text, random.nextInt(text.length) + 1);
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      assertThat(Utf8.isValid(changed)).isEqualTo(isDecoded(changed));
    }
  }

  private static void same(int... sequence) {
    byte[] bytes = new byte[sequence.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) sequence[i];
    }
    assertThat(Utf8.isValid(bytes)).as("%s", bytes).isEqualTo(isDecoded(bytes));
  }

  private static boolean isDecoded(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException fault) {
      return false;
    }
  }
}
