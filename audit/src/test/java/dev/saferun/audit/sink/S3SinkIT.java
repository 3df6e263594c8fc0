package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against moto's S3, which checks each signature by AWS's own rules in another language, and read
 * by AWS's client in Python.
 */
class S3SinkIT extends NetworkSinkContract {

  /** A user, a policy, a key and a bucket; from then on it wants signatures. */
  private static final String CALLS_WITHOUT_SIGNATURE = "4";

  private static final String MARK = "object ";

  private static int port;

  @SuppressWarnings("NullAway.Init")
  private static PeerProcess moto;

  @SuppressWarnings("NullAway.Init")
  private static String[] key;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    port = Surroundings.freePort();
    moto =
        PeerProcess.start(
            directory,
            List.of(
                PeerFiles.python("moto").resolve("moto_server").toString(),
                "-H",
                "127.0.0.1",
                "-p",
                Integer.toString(port)),
            Map.of("INITIAL_NO_AUTH_ACTION_COUNT", CALLS_WITHOUT_SIGNATURE),
            port);
    key = ask("prepare").getLast().split(" ", -1);
  }

  @AfterAll
  static void stop() {
    moto.close();
  }

  private static List<String> ask(String... question) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(PeerFiles.python("moto").resolve("python").toString());
    command.add(Path.of("src", "test", "peers", "s3.py").toString());
    command.add(question[0]);
    command.add("http://127.0.0.1:" + port);
    command.addAll(List.of(question).subList(1, question.length));
    // Not by lines(): what separates lines in Unicode stands within them.
    return List.of(PeerFiles.run(command).strip().split("\n", -1));
  }

  @Override
  SinkType type() {
    return Surroundings.type("s3");
  }

  @Override
  SinkSettings receiver() {
    return settings(Map.of());
  }

  @Override
  SinkSettings at(int port) {
    return settings(Map.of("url", "http://127.0.0.1:" + port, "timeout_seconds", 1L));
  }

  private static SinkSettings settings(Map<String, @Nullable Object> other) {
    Map<String, @Nullable Object> settings = new HashMap<>();
    settings.put("url", "http://127.0.0.1:" + port);
    settings.put("allow_plaintext", true);
    settings.put("path_style", true);
    settings.put("bucket", "events");
    settings.put("region", "eu-central-1");
    settings.put("prefix", "audit/saferun/");
    settings.put("access_key_id", key[0]);
    settings.putAll(other);
    return new SinkSettings(settings, Map.of("secret_access_key", key[1]));
  }

  @Override
  List<String> received(UUID organization, int count) throws Exception {
    return ask("read", key[0], key[1]).stream()
        .filter(line -> !line.startsWith(MARK) && line.contains(organization.toString()))
        .toList();
  }

  @Override
  boolean knowsIds() {
    return true;
  }

  @Test
  void anObjectIsNamedByWhatIsInIt() throws Exception {
    List<Message> batch = Messages.of(UUID.randomUUID(), 70, 3);
    SinkSettings settings = settings(Map.of("server_side_encryption", "AES256"));
    try (Sink sink = type().open(settings)) {
      sink.send(batch);
    }
    assertThat(ask("read", key[0], key[1]))
        .contains(
            MARK
                + "audit/saferun/"
                + Messages.organization(batch)
                + "/2026/11/28/0000000000000000070-0000000000000000072-20261128T100000Z.jsonl.gz"
                + " application/gzip AES256");
  }

  @Test
  void aWrongKeyIsNotAccepted() {
    SinkSettings wrong =
        new SinkSettings(
            receiver().settings(), Map.of("secret_access_key", "canary-of-another-key"));
    assertThatThrownBy(() -> type().open(wrong).send(Messages.of(2)))
        .isInstanceOf(SinkException.class)
        .hasMessage("the receiver does not accept the credentials (403): SignatureDoesNotMatch");
  }

  @Test
  void aBucketThatIsNotThereIsTold() {
    SinkSettings settings = settings(Map.of("bucket", "nothing"));
    assertThatThrownBy(() -> type().open(settings).send(Messages.of(2)))
        .isInstanceOf(SinkException.class)
        .hasMessage("the receiver knows no such address (404): NoSuchBucket");
  }
}
