package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.saferun.appliance.serve.Appliance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** How the first admin key reaches its owner, once, and what later starts make of its file. */
class FirstStartIT {

  private static final Logger FIRST_START =
      (Logger) LoggerFactory.getLogger("dev.saferun.appliance.serve.FirstStart");

  private final ListAppender<ILoggingEvent> said = new ListAppender<>();

  @TempDir private Path parent;

  @BeforeEach
  void listen() {
    said.start();
    FIRST_START.addAppender(said);
  }

  @AfterEach
  void stopListening() {
    FIRST_START.detachAppender(said);
  }

  @Test
  void theKeyIsHandedOverOnceAndNeverAgainAfterItWasUsed() throws Exception {
    String key;
    try (Appliance first = start()) {
      key = key();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
          .isEqualTo("rw-------");
      assertThat(said.list)
          .as("what the first start says; never the key")
          .singleElement()
          .satisfies(
              one -> assertThat(one.toString() + one.getKeyValuePairs()).doesNotContain(key));
      assertThat(said.list.getFirst().getKeyValuePairs().toString()).contains(file().toString());
      assertThat(status(first, key)).isEqualTo(200);
    }

    said.list.clear();
    try (Appliance second = start()) {
      assertThat(key()).isEqualTo(key);
      assertThat(status(second, key)).isEqualTo(200);
    }
    assertThat(said.list).as("what the second start says").isEmpty();

    Files.delete(file());
    try (Appliance third = start()) {
      assertThat(file()).as("the file of a key that was used").doesNotExist();
      assertThat(status(third, key)).isEqualTo(200);
    }
    assertThat(said.list).as("what the third start says").isEmpty();
  }

  @Test
  void aKeyThatNobodyEverHadIsReplaced() throws Exception {
    start().close();
    String lost = key();
    Files.delete(file());
    said.list.clear();

    try (Appliance second = start()) {
      assertThat(key()).isNotEqualTo(lost);
      assertThat(said.list).hasSize(1);
      assertThat(status(second, key())).isEqualTo(200);
      assertThat(status(second, lost)).isEqualTo(401);
    }
  }

  private Appliance start() throws IOException {
    return Appliance.start(
        parent.resolve("data"),
        Map.of("saferun.http.port", Ports.free(), "saferun.http.management-port", Ports.free()));
  }

  private Path file() {
    return parent.resolve("data").resolve("bootstrap-key");
  }

  private String key() throws IOException {
    return Files.readString(file()).strip();
  }

  private static int status(Appliance appliance, String key) {
    return new Api(appliance.uri(), key).get("/v1/projects").status();
  }
}
