package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastGoodTest {

  private static final String NAME = "sample";

  @TempDir private Path temporary;
  private DataDirectory directory;
  private LastGood lastGood;
  private Instant now = Instant.parse("2026-11-23T10:00:00Z");

  @BeforeEach
  void open() {
    directory = DataDirectory.open(temporary);
    lastGood = LastGood.in(directory, () -> now);
  }

  @AfterEach
  void close() {
    lastGood.close();
    directory.close();
  }

  @Test
  void whatWasWrittenIsReadByTheNextStart() throws Exception {
    assertThat(lastGood.isEmpty()).isTrue();
    assertThat(lastGood.read(NAME)).isEmpty();

    write("one");

    LastGood next = LastGood.in(directory, () -> now);
    assertThat(next.isEmpty()).isFalse();
    assertThat(next.read(NAME))
        .hasValueSatisfying(
            found -> {
              assertThat(text(found)).isEqualTo("one");
              assertThat(found.writtenAt()).isEqualTo(now);
            });
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void theNumberGrowsWhateverTheClockDoes() throws Exception {
    write("one");
    long first = number();
    now = now.minusSeconds(86_400);
    LastGood next = LastGood.in(directory, () -> now);
    await(next.write(NAME, () -> bytes("two")));
    assertThat(number()).isGreaterThan(first);

    // Where the document was lost, the clock stands in for what it said.
    Files.delete(file());
    now = now.plusSeconds(172_800);
    LastGood later = LastGood.in(directory, () -> now);
    await(later.write(NAME, () -> bytes("three")));
    assertThat(number()).isGreaterThan(first + 1);
    next.close();
    later.close();
  }

  @Test
  void noByteCanChangeUnnoticed() throws Exception {
    write("the content of a document");
    byte[] good = Files.readAllBytes(file());
    for (int i = 0; i < good.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = good.clone();
        flipped[i] ^= (byte) (1 << bit);
        assertThatThrownBy(() -> LastGoodFile.decode(flipped, NAME))
            .as("byte %d, bit %d", i, bit)
            .isInstanceOf(LastGoodFile.Unusable.class);
      }
    }
    // The control: unflipped it is read.
    assertThat(LastGoodFile.decode(good, NAME).content()).asString().startsWith("the content");
    good[good.length - 1] ^= 1;
    Files.write(file(), good);
    assertThat(lastGood.read(NAME)).isEmpty();
    assertThat(lastGood.isEmpty()).as("a damaged document is not a first start").isFalse();
  }

  @Test
  void aTornWriteIsNoticedAtEveryLength() throws Exception {
    write("the content of a document");
    byte[] good = Files.readAllBytes(file());
    for (int length = 0; length < good.length; length++) {
      byte[] torn = java.util.Arrays.copyOf(good, length);
      assertThatThrownBy(() -> LastGoodFile.decode(torn, NAME))
          .as("%d bytes", length)
          .isInstanceOf(LastGoodFile.Unusable.class);
    }
  }

  @Test
  void whatAKillLeftHalfWrittenHarmsNothing() throws Exception {
    write("one");
    Files.write(file().resolveSibling(NAME + ".last-good.part"), new byte[] {1, 2, 3});
    assertThat(lastGood.read(NAME)).map(LastGoodTest::text).hasValue("one");

    write("two");
    assertThat(lastGood.read(NAME)).map(LastGoodTest::text).hasValue("two");
  }

  @Test
  void aForeignFileIsNotUsed() throws Exception {
    write("one");
    Files.move(file(), file().resolveSibling("other.last-good"));
    assertThat(lastGood.read("other")).as("another document under this name").isEmpty();

    Files.write(file(), bytes("{\"keys\":[]}"));
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    assertThat(lastGood.read(NAME)).as("a file of another kind").isEmpty();
  }

  @Test
  void aFileThatOthersCouldHaveWrittenIsNotUsed() throws Exception {
    write("one");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw----"));
    assertThat(lastGood.read(NAME)).isEmpty();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    assertThat(lastGood.read(NAME)).isPresent();

    Path elsewhere = temporary.resolve("elsewhere");
    Files.move(file(), elsewhere);
    Files.createSymbolicLink(file(), elsewhere);
    assertThat(lastGood.read(NAME)).isEmpty();
  }

  @Test
  void aDocumentThatIsTooLargeIsReportedAndTheLastOneStays() throws Exception {
    write("one");
    CompletionStage<Void> tooLarge = lastGood.write(NAME, () -> new byte[LastGood.BYTES_MAX + 1]);
    assertThatThrownBy(() -> await(tooLarge)).hasMessageContaining("more than");
    assertThat(lastGood.lagging()).containsExactly(NAME);
    assertThat(lastGood.read(NAME)).map(LastGoodTest::text).hasValue("one");

    write("two");
    assertThat(lastGood.lagging()).isEmpty();
  }

  @Test
  void changesThatComeFasterThanTheyCanBeWrittenAreWrittenAsOne() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger made = new AtomicInteger();
    CompletionStage<Void> slow =
        lastGood.write(
            NAME,
            () -> {
              first.countDown();
              awaitUninterrupted(go);
              return bytes("slow");
            });
    assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
    CompletionStage<Void> last = slow;
    for (int i = 0; i < 1_000; i++) {
      String text = "change " + i;
      last =
          lastGood.write(
              NAME,
              () -> {
                made.incrementAndGet();
                return bytes(text);
              });
    }
    assertThat(last.toCompletableFuture()).as("nothing waited").isNotDone();
    go.countDown();
    await(last);
    assertThat(made).hasValue(1);
    assertThat(lastGood.read(NAME)).map(LastGoodTest::text).hasValue("change 999");
  }

  @Test
  void whatCannotBeWrittenIsTriedAgain() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    CompletionStage<Void> failed =
        lastGood.write(
            NAME,
            () -> {
              if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("planned");
              }
              return bytes("after all");
            });
    assertThatThrownBy(() -> await(failed)).hasMessageContaining("planned");
    Awaitility.await().until(() -> lastGood.read(NAME).isPresent());
    Awaitility.await().until(() -> lastGood.lagging().isEmpty());
  }

  @Test
  void closingWritesWhatIsStillToBeWritten() throws Exception {
    write("one");
    lastGood.write(NAME, () -> bytes("two"));
    lastGood.write(NAME, () -> bytes("three"));
    lastGood.close();
    assertThat(LastGood.in(directory, () -> now).read(NAME))
        .map(LastGoodTest::text)
        .hasValue("three");
  }

  private void write(String text) throws Exception {
    await(lastGood.write(NAME, () -> bytes(text)));
  }

  private long number() {
    return lastGood.read(NAME).orElseThrow().number();
  }

  private Path file() {
    return temporary.resolve("last-good").resolve(NAME + ".last-good");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(LastGood.Document document) {
    return new String(document.content(), StandardCharsets.UTF_8);
  }

  private static void await(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
