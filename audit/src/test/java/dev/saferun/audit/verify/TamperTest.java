package dev.saferun.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.saferun.audit.LogVerifier;
import dev.saferun.audit.log.RecordedEvent;
import dev.saferun.audit.note.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is done to an export of a thousand entries is found, and the first bad one named. */
class TamperTest {

  private static final int ENTRIES = 1_000;
  private static final SigningKey KEY = WrittenLog.newKey();
  private static final List<byte[]> LINES = WrittenLog.lines(KEY, 1, ENTRIES);

  @Test
  void anExportThatNobodyTouchedIsWhole() {
    LogVerifier.Verdict verdict = verify(LINES, KEY.verifier().toString(), List.of());

    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.size()).isEqualTo(ENTRIES);
    assertThat(verdict.checkpoints()).isEqualTo(10);
    assertThat(verdict.withheld()).isZero();
  }

  /**
   * A line that cannot stand where it does is refused there, before anything of it is taken; so one
   * reader that goes through the whole file meets at each place all that could be done to it.
   */
  @Test
  void everyByteThatIsTurnedIsFoundAtItsLine() {
    Random random = new Random(2);
    long turned = 0;
    Verification whole = new Verification(KEY.verifier(), List.of());
    for (byte[] line : LINES) {
      for (int i = 0; i < line.length; i++) {
        byte[] altered = line.clone();
        altered[i] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        if (broken(whole, altered).isEmpty()) {
          fail("byte %s of %s was turned unseen", i, new String(line, StandardCharsets.UTF_8));
        }
        turned++;
      }
      whole.line(line);
    }
    whole.finish();
    assertThat(turned).isGreaterThan(500_000);
  }

  @Test
  void everyEntryThatIsTakenOutMovedOrDoubledIsNamed() {
    Verification whole = new Verification(KEY.verifier(), List.of());
    for (int i = 0; i < LINES.size(); i++) {
      int entry = (int) whole.size();
      if (i > 0 && entry < ENTRIES && i == lineOf(entry)) {
        assertThat(broken(whole, LINES.get(i + 1)).orElseThrow())
            .contains(
                entry % 100 == 99
                    ? "a checkpoint of " + (entry + 1) + " entries stands after " + entry
                    : "entry " + entry + " is missing or was moved");
        assertThat(broken(whole, LINES.get(i - 1))).as("line %s twice", i - 1).isPresent();
      }
      whole.line(LINES.get(i));
    }
    whole.finish();
  }

  private static Optional<String> broken(Verification verification, byte[] line) {
    try {
      verification.line(line);
      return Optional.empty();
    } catch (Broken broken) {
      return Optional.of(String.valueOf(broken.getMessage()));
    }
  }

  @Test
  void aTurnedByteOfAWholeFileIsNamedByItsEntry() {
    Random random = new Random(3);
    for (int entry = 0; entry < ENTRIES; entry += 9) {
      int at = lineOf(entry);
      List<byte[]> lines = new ArrayList<>(LINES);
      byte[] altered = lines.get(at).clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      lines.set(at, altered);
      assertThat(verify(lines, null, List.of()).broken().orElseThrow())
          .startsWith("line " + (at + 1) + ": ");
    }
  }

  @Test
  void aTurnedLineFeedIsFound() {
    byte[] whole = WrittenLog.join(LINES);
    int seen = 0;
    for (int i = 0; i < whole.length; i++) {
      if (whole[i] == '\n' && seen++ % 37 == 0) {
        byte[] altered = whole.clone();
        altered[i] ^= 1;
        assertThat(verify(altered, null, List.of()).broken()).isPresent();
      }
    }
  }

  @Test
  void anEntryThatIsMissingFromAWholeFileIsNamed() {
    for (int entry = 0; entry < ENTRIES; entry += 37) {
      List<byte[]> lines = new ArrayList<>(LINES);
      lines.remove(lineOf(entry));
      assertThat(verify(lines, null, List.of()).broken().orElseThrow())
          .contains(
              entry % 100 == 99
                  ? "a checkpoint of " + (entry + 1) + " entries stands after " + entry
                  : "entry " + entry + " is missing or was moved");
    }
  }

  @Test
  void everyCutIsFound() {
    Verification whole = new Verification(KEY.verifier(), List.of());
    for (byte[] line : LINES) {
      assertThatThrownBy(whole::finish).isInstanceOf(Broken.class);
      whole.line(line);
    }
    whole.finish();
    byte[] file = WrittenLog.join(LINES);
    for (int bytes = 1; bytes < 400; bytes += 13) {
      byte[] cut = Arrays.copyOf(file, file.length - bytes);
      assertThat(verify(cut, null, List.of()).broken()).as("%s bytes", bytes).isPresent();
    }
  }

  /**
   * Who has the signing key can cut the log and sign what is left: an older checkpoint shows it.
   */
  @Test
  void aCutThatIsSignedAgainIsFoundByAnOlderCheckpoint() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    WrittenLog log = new WrittenLog(KEY, 1, whole);
    log.grow(ENTRIES);
    String older = log.note();
    List<byte[]> cut = WrittenLog.lines(KEY, 1, ENTRIES - 1);

    assertThat(verify(cut, null, List.of()).broken()).isEmpty();
    assertThat(verify(cut, null, List.of(older)).broken().orElseThrow())
        .contains("the log is cut off: it has 999 entries, and a checkpoint of 1000 was signed");
  }

  @Test
  void aForkedHistoryThatIsSignedAgainIsFoundByAnOlderCheckpoint() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WrittenLog log = new WrittenLog(KEY, 1, bytes);
    log.grow(300);
    String older = log.note();
    List<byte[]> fork = WrittenLog.lines(KEY, 99, ENTRIES);

    assertThat(verify(LINES, null, List.of(older)).broken()).isEmpty();
    assertThat(verify(fork, null, List.of()).broken()).isEmpty();
    assertThat(verify(fork, null, List.of(older)).broken().orElseThrow())
        .contains("the history was forked: one of the first 300 entries");
  }

  @Test
  void entriesThatWereHashedAgainAreFoundBetweenTheSignaturesAroundThem() {
    List<byte[]> other = WrittenLog.lines(WrittenLog.newKey(), 5, ENTRIES);
    for (int entry : new int[] {0, 99, 100, 555, 999}) {
      List<byte[]> lines = new ArrayList<>(LINES);
      lines.set(lineOf(entry), other.get(lineOf(entry)));
      int first = entry / 100 * 100;
      assertThat(verify(lines, null, List.of()).broken().orElseThrow())
          .contains(
              "one of the entries " + first + " to " + (first + 99) + " is not what was signed");
    }
  }

  @Test
  void anEntryThatIsDatedBackIsNamed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WrittenLog log = new WrittenLog(KEY, 1, bytes);
    log.grow(200);
    log.entry(log.event(200, WrittenLog.BEGUN.plusSeconds(60), "key.created"));
    log.sign(WrittenLog.BEGUN.plus(Duration.ofHours(1)));
    log.end();

    assertThat(verify(bytes.toByteArray(), null, List.of()).broken().orElseThrow())
        .contains("entry 200 is dated back");
  }

  @Test
  void aClockThatWasSetBackIsToldByTheLog() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WrittenLog log = new WrittenLog(KEY, 1, bytes);
    log.grow(200);
    log.entry(log.event(200, WrittenLog.BEGUN.minusSeconds(7200), "clock.set_back"));
    log.entry(log.event(201, WrittenLog.BEGUN.minusSeconds(7100), "key.created"));
    log.sign(WrittenLog.BEGUN.minusSeconds(7000));
    log.entry(log.event(202, WrittenLog.BEGUN.minusSeconds(6000), "key.created"));
    log.sign(WrittenLog.BEGUN.minusSeconds(5000));
    log.end(203);

    assertThat(verify(bytes.toByteArray(), null, List.of()).broken()).isEmpty();
  }

  @Test
  void anotherKeyAnotherLogAndAWitheldDetail() {
    SigningKey other = WrittenLog.newKey();
    assertThat(verify(LINES, other.verifier().toString(), List.of()).broken().orElseThrow())
        .contains("signed by another key");
    List<byte[]> mixed = new ArrayList<>(LINES);
    mixed.set(0, WrittenLog.lines(other, 1, 1).getFirst());
    assertThat(verify(mixed, null, List.of()).broken().orElseThrow()).contains("not signed by");

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WrittenLog log = new WrittenLog(KEY, 1, bytes);
    RecordedEvent event = log.event(0, WrittenLog.BEGUN, "key.created");
    log.withoutDetails(event);
    log.end();
    LogVerifier.Verdict verdict = verify(bytes.toByteArray(), null, List.of());
    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.withheld()).isEqualTo(3);
  }

  private static int lineOf(int entry) {
    return 1 + entry + entry / 100;
  }

  private static LogVerifier.Verdict verify(
      List<byte[]> lines, @Nullable String key, List<String> older) {
    return verify(WrittenLog.join(lines), key, older);
  }

  private static LogVerifier.Verdict verify(
      byte[] export, @Nullable String key, List<String> older) {
    try {
      return LogVerifier.verify(new ByteArrayInputStream(export), key, older);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
