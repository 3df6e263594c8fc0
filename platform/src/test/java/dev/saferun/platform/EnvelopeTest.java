package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  private static final byte[] PLAIN = "4111 1111 1111 1111".getBytes(StandardCharsets.UTF_8);
  private static final byte[] PLACE = "organization/row/field".getBytes(StandardCharsets.UTF_8);

  private final DataKey key = key(1);

  @Test
  void whatIsSealedOpens() {
    for (int length : new int[] {0, 1, 15, 16, 17, 4_096, 1 << 20}) {
      byte[] plain = Ids.secret(length);
      byte[] sealed = Envelope.seal(key, plain, PLACE);
      assertThat(sealed).hasSize(length + Envelope.OVERHEAD_BYTES);
      assertThat(Envelope.keyId(sealed)).isEqualTo(key.id());
      assertThat(Envelope.open(key, sealed, PLACE)).isEqualTo(plain);
    }
  }

  /** By the cipher itself, so that the format cannot change unnoticed. */
  @Test
  void theFormatIsAsItIsWrittenDown() throws Exception {
    byte[] sealed = Envelope.seal(key, PLAIN, PLACE);
    ByteBuffer in = ByteBuffer.wrap(sealed);
    assertThat(in.get()).isEqualTo((byte) 1);
    assertThat(new UUID(in.getLong(), in.getLong())).isEqualTo(key.id());
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key.key(), new GCMParameterSpec(128, sealed, 17, 12));
    cipher.updateAAD(Arrays.copyOf(sealed, 17));
    cipher.updateAAD(PLACE);
    assertThat(cipher.doFinal(sealed, 29, sealed.length - 29)).isEqualTo(PLAIN);
  }

  @Test
  void noBitCanChangeUnnoticed() {
    byte[] sealed = Envelope.seal(key, PLAIN, PLACE);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertBroken(() -> Envelope.open(key, flipped, PLACE));
    }
    for (int bit = 0; bit < PLACE.length * 8; bit++) {
      byte[] flipped = PLACE.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertBroken(() -> Envelope.open(key, sealed, flipped));
    }
    for (int length = 0; length < sealed.length; length++) {
      byte[] torn = Arrays.copyOf(sealed, length);
      assertBroken(() -> Envelope.open(key, torn, PLACE));
    }
    assertBroken(() -> Envelope.open(key, Arrays.copyOf(sealed, sealed.length + 1), PLACE));
    // The control: unaltered it opens.
    assertThat(Envelope.open(key, sealed, PLACE)).isEqualTo(PLAIN);
  }

  @Test
  void anotherKeyIsRefusedAlsoUnderTheSameId() {
    byte[] sealed = Envelope.seal(key, PLAIN, PLACE);
    assertReason(() -> Envelope.open(key(2), sealed, PLACE), BrokenSealException.Reason.OTHER_KEY);
    DataKey impostor = new DataKey(key.id(), new SecretKeySpec(Ids.secret(32), "AES"));
    assertReason(() -> Envelope.open(impostor, sealed, PLACE), BrokenSealException.Reason.ALTERED);
    assertReason(() -> Envelope.open(key, new byte[80], PLACE), BrokenSealException.Reason.FORMAT);
  }

  @Test
  void theSameValueIsNeverSealedTheSame() {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      byte[] sealed = Envelope.seal(key, PLAIN, PLACE);
      nonces.add(Arrays.toString(Arrays.copyOfRange(sealed, 17, 29)));
    }
    assertThat(nonces).hasSize(10_000);
  }

  @Test
  void aKeyIsNotPrinted() {
    assertThat(key.toString()).isEqualTo("DataKey[" + key.id() + "]");
  }

  private static DataKey key(long id) {
    return new DataKey(new UUID(7, id), new SecretKeySpec(Ids.secret(32), "AES"));
  }

  private static void assertBroken(ThrowingCallable open) {
    assertThatThrownBy(open).isInstanceOf(BrokenSealException.class);
  }

  private static void assertReason(ThrowingCallable open, BrokenSealException.Reason reason) {
    assertThatThrownBy(open)
        .isInstanceOfSatisfying(
            BrokenSealException.class, broken -> assertThat(broken.reason()).isEqualTo(reason));
  }
}
