package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrganizationMemoryTest {

  private static final UUID FIRST = new UUID(0, 1);
  private static final UUID SECOND = new UUID(0, 2);

  /** What the database has, by organization. */
  private final Map<UUID, String> written = new ConcurrentHashMap<>();

  private final AtomicBoolean away = new AtomicBoolean();
  @TempDir private Path temporary;
  private DataDirectory directory;
  private LastGood lastGood;

  @BeforeEach
  void open() {
    directory = DataDirectory.open(temporary);
    lastGood = LastGood.in(directory, () -> Instant.EPOCH);
  }

  @AfterEach
  void close() {
    lastGood.close();
    directory.close();
  }

  @Test
  void whatWasInForceIsThereWithoutTheDatabaseAndTheDatabaseWinsLater() throws Exception {
    written.put(FIRST, "one");
    Node before = start();
    written.put(SECOND, "two");
    await(before.memory.request(SECOND).thenCompose(done -> before.memory.onDisk()));
    before.memory.close();

    away.set(true);
    Node without = start();
    assertThat(without.held).containsExactlyInAnyOrderEntriesOf(written);
    assertThat(without.memory.fromDisk()).hasValue(Instant.EPOCH);

    written.put(FIRST, "one, newer");
    written.remove(SECOND);
    away.set(false);
    Awaitility.await().until(() -> without.memory.fromDisk().isEmpty());
    assertThat(without.held).as("newer, and nothing that is gone").isEqualTo(written);
    await(without.memory.onDisk());
    assertThat(onDisk()).contains("one, newer").doesNotContain("two");
  }

  @Test
  void theDiskIsNotWrittenBeforeAllWasRead() throws Exception {
    written.put(FIRST, "one");
    written.put(SECOND, "two");
    await(start().memory.onDisk());
    String whole = onDisk();

    away.set(true);
    Node without = start();
    without.held.remove(SECOND);
    await(without.memory.onDisk());
    assertThat(onDisk()).isEqualTo(whole);
    without.memory.close();
  }

  @Test
  void aChangeIsOnDiskWhenItIsSaidToBe() throws Exception {
    written.put(FIRST, "one");
    Node node = start();
    written.put(FIRST, "changed");
    await(node.memory.request(FIRST).thenCompose(done -> node.memory.onDisk()));
    assertThat(onDisk()).contains("changed");
  }

  @Test
  void withNeitherDatabaseNorDocumentTheStartFails() {
    away.set(true);
    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the database cannot be read")
        .hasMessageContaining("'sample'");
  }

  @Test
  void aDamagedDocumentIsNoDocument() throws Exception {
    written.put(FIRST, "one");
    await(start().memory.onDisk());
    Path file = temporary.resolve("last-good/sample.last-good");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1;
    Files.write(file, bytes);

    assertThat(start().held).as("with the database it does not matter").isEqualTo(written);
    Files.write(file, bytes);
    away.set(true);
    assertThatThrownBy(this::start).hasMessageContaining("the database cannot be read");
  }

  private String onDisk() {
    return new String(lastGood.read("sample").orElseThrow().content(), StandardCharsets.UTF_8);
  }

  private Node start() {
    Node node = new Node();
    node.memory.start(() -> {});
    return node;
  }

  /** A module that holds one text of each organization. */
  private final class Node implements OrganizationMemory.Held {

    private final Map<UUID, String> held = new ConcurrentHashMap<>();
    private final OrganizationMemory memory =
        new OrganizationMemory("sample", new Ids(), lastGood, this);

    @Override
    public CompletionStage<Void> read(UUID organizationId) {
      if (away.get()) {
        return CompletableFuture.failedStage(away());
      }
      String text = written.get(organizationId);
      if (text != null) {
        held.put(organizationId, text);
      }
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void retain(Set<UUID> organizationIds) {
      held.keySet().retainAll(organizationIds);
    }

    @Override
    public Map<String, @Nullable Object> document() {
      Map<String, @Nullable Object> document = new ConcurrentHashMap<>();
      held.forEach((id, text) -> document.put(id.toString(), text));
      return document;
    }

    @Override
    public void restore(Map<String, @Nullable Object> document) {
      document.forEach((id, text) -> held.put(UUID.fromString(id), String.valueOf(text)));
    }
  }

  private static ProblemException away() {
    return new ProblemException(CommonProblem.DATABASE_UNAVAILABLE, "away");
  }

  private final class Ids implements Database {

    @Override
    public <T> CompletionStage<T> inSession(
        UUID organizationId, Function<Stage.Session, CompletionStage<T>> work) {
      throw new UnsupportedOperationException("the module reads");
    }

    @Override
    public <T> CompletionStage<T> inConnection(
        UUID organizationId, Function<SqlConnection, CompletionStage<T>> work) {
      throw new UnsupportedOperationException("the module reads");
    }

    @Override
    public CompletionStage<List<UUID>> organizationIds() {
      return away.get()
          ? CompletableFuture.failedStage(away())
          : CompletableFuture.completedStage(List.copyOf(written.keySet()));
    }
  }

  private static void await(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
