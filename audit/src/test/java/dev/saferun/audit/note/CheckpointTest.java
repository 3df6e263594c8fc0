package dev.saferun.audit.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.audit.merkle.TreeHash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Signed notes as C2SP has them. */
class CheckpointTest {

  /** A key and a note that another implementation documents: Go's golang.org/x/mod/sumdb/note. */
  private static final String OTHERS_KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String OTHERS_NOTE =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  private final SigningKey key = SigningKey.generate("saferun/audit/o");
  private final Checkpoint checkpoint =
      new Checkpoint(
          "saferun/audit/o", 7, TreeHash.leaf(new byte[0]), Instant.parse("2026-11-28T12:00:00Z"));

  @Test
  void aNoteOfAnotherImplementationIsOpened() {
    assertThat(SignedNote.open(OTHERS_NOTE, VerifierKey.parse(OTHERS_KEY)))
        .endsWith("what your problem is.\n");
    assertThat(
            VerifierKey.parse(
                    "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
                .name())
        .isEqualTo("sum.golang.org");
  }

  @Test
  void isReadBack() {
    String note = checkpoint.sign(key);

    Checkpoint read = Checkpoint.open(note, key.verifier());

    assertThat(read.size()).isEqualTo(7);
    assertThat(read.root()).isEqualTo(checkpoint.root());
    assertThat(read.at()).isEqualTo(checkpoint.at());
    assertThat(note)
        .startsWith(
            "saferun/audit/o\n7\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\ntime 2026-11-28T12:00:00Z\n\n"
                + "\u2014 saferun/audit/o ");
  }

  @Test
  void aKeyIsWrittenAndReadAndKept() {
    VerifierKey verifier = VerifierKey.parse(key.verifier().toString());
    SigningKey again = SigningKey.of(verifier, key.encoded());

    assertThat(verifier).isEqualTo(key.verifier());
    assertThat(Checkpoint.open(checkpoint.sign(again), verifier).size()).isEqualTo(7);
    assertThat(key.toString()).isEqualTo("SigningKey[saferun/audit/o]");
  }

  @Test
  void noBitOfANoteMayTurn() {
    byte[] note = checkpoint.sign(key).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < note.length; i++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] altered = note.clone();
        altered[i] ^= (byte) (1 << bit);
        String text = new String(altered, StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Checkpoint.open(text, key.verifier()))
            .as("byte %s, bit %s", i, bit)
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void anotherKeyOfTheSameNameIsNotTheSigner() {
    SigningKey other = SigningKey.generate("saferun/audit/o");

    assertThatThrownBy(() -> Checkpoint.open(checkpoint.sign(key), other.verifier()))
        .hasMessageContaining("not signed by");
  }

  @Test
  void aWitnessMayCosign() {
    SigningKey witness = SigningKey.generate("witness.example");
    String note = checkpoint.sign(key);
    String text = note.substring(0, note.indexOf("\n\n") + 1);

    String cosigned = note + witness.line(text.getBytes(StandardCharsets.UTF_8));

    assertThat(Checkpoint.open(cosigned, key.verifier()).size()).isEqualTo(7);
    assertThat(Checkpoint.open(cosigned, witness.verifier()).size()).isEqualTo(7);
  }
}
