package dev.saferun.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.audit.merkle.Frontier;
import dev.saferun.audit.merkle.Proofs;
import dev.saferun.audit.note.Checkpoint;
import dev.saferun.audit.note.VerifierKey;
import dev.saferun.platform.Database;
import dev.saferun.platform.Databases;
import dev.saferun.platform.Ids;
import dev.saferun.platform.RunningDatabase;
import dev.saferun.platform.SchemaMigrations;
import io.vertx.sqlclient.SqlConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.hibernate.reactive.stage.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log in a real database: each event gets one place, whoever writes and whatever fails. */
class LogIT {

  private static final RunningDatabase RUNNING =
      Databases.startTemporary(List.of(new SchemaMigrations("audit", 1)), List.of());

  private final UUID organization = Ids.next(System.currentTimeMillis());
  private final Database database = RUNNING.database();
  private final FakeDataKeys dataKeys = new FakeDataKeys();
  private final List<AuditEvent> told = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-28T12:00:00Z");
  private final AuditLog audit = new Told();
  private final LogWriter writer = new LogWriter(database);
  private final LogKeys keys = new LogKeys(database, dataKeys, () -> now);
  private final Checkpoints checkpoints = new Checkpoints(database, writer, keys, audit, () -> now);
  private final LogReads reads = new LogReads(database, keys, writer, checkpoints);
  private final EventReads events = new EventReads(database);
  private final Strays strays = new Strays(database);
  private long ids;

  /** Writes as much of an event as the log needs. */
  private final class Told implements AuditLog {

    @Override
    public CompletionStage<Void> record(Stage.Session session, AuditEvent event) {
      told.add(event);
      return session
          .<Integer>createNativeQuery(
              "insert into audit.event (organization_id, id, at, actor_kind, actor_id, actor_name, code, target)"
                  + " values (:o, :id, :at, 'system', :id, 'appliance', :code, :target)")
          .setParameter("o", organization)
          .setParameter("id", nextId())
          .setParameter("at", now)
          .setParameter("code", event.code())
          .setParameter("target", event.target())
          .executeUpdate()
          .thenAccept(inserted -> {});
    }

    @Override
    public CompletionStage<Void> record(SqlConnection connection, List<AuditEvent> events) {
      throw new UnsupportedOperationException("the log's own deeds are written one by one");
    }
  }

  @AfterAll
  static void stop() {
    RUNNING.close();
  }

  @BeforeEach
  void organization() throws SQLException {
    execute("insert into platform.organization (id) values ('%s')".formatted(organization));
  }

  @Test
  void eventsGetPlacesInTheOrderOfTheirIdsAndProofs() throws Exception {
    add(700);
    assertThat(join(writer.append(organization))).isEqualTo(700);
    assertThat(join(writer.append(organization))).isZero();
    assertThat(join(checkpoints.sign(organization))).isTrue();
    assertThat(join(checkpoints.sign(organization))).as("it did not grow").isFalse();
    Checkpoint first = newest();
    add(1);
    join(writer.append(organization));
    now = now.plusSeconds(5);
    join(checkpoints.sign(organization));
    Checkpoint second = newest();

    assertThat(first.size()).isEqualTo(700);
    assertThat(second.size()).isEqualTo(701);
    List<EventReads.Entry> entries =
        join(events.entries(organization, 0, 701, EventFilter.ALL, 1_000));
    assertThat(entries).hasSize(701);
    for (int index = 0; index < 701; index += 50) {
      EventReads.Entry entry = entries.get(index);
      assertThat(entry.event().target()).isEqualTo("thing:" + index);
      List<byte[]> path = join(reads.inclusion(organization, index, 701));
      assertThat(Proofs.isIncluded(entry.logged().hash(), index, 701, path, second.root()))
          .isTrue();
    }
    assertThat(
            Proofs.isConsistent(
                700,
                first.root(),
                701,
                second.root(),
                join(reads.consistency(organization, 700, 701))))
        .isTrue();
  }

  /** Two nodes, each with its own memory of the tree, take turns. */
  @Test
  void nodesThatWriteAtTheSameTimeGiveEachEventOnePlace() throws Exception {
    LogWriter other = new LogWriter(database);
    List<CompletableFuture<Integer>> appends = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      add(30);
      appends.add(writer.append(organization).toCompletableFuture());
      appends.add(other.append(organization).toCompletableFuture());
    }
    appends.forEach(LogIT::join);
    while (join(writer.append(organization)) > 0) {
      // What committed while others had the turn.
    }

    assertThat(count("leaf")).isEqualTo(600);
    assertThat(count("stream")).isEqualTo(600);
    assertThat(count("pending")).isZero();
    join(checkpoints.sign(organization));
    List<EventReads.Entry> entries =
        join(events.entries(organization, 0, 600, EventFilter.ALL, 1_000));
    Frontier whole = new Frontier();
    entries.forEach(entry -> whole.append(entry.logged().hash()));
    assertThat(newest().root()).isEqualTo(whole.root());
  }

  @Test
  void eventsOfBeforeThereWasALogGetTheirPlaces() throws Exception {
    add(10);
    execute("delete from audit.pending where organization_id = '" + organization + "'");

    assertThat(join(writer.append(organization))).isZero();
    assertThat(join(strays.gather(organization))).isEqualTo(10);
    assertThat(join(strays.gather(organization))).isZero();
    assertThat(join(writer.append(organization))).isEqualTo(10);
    assertThat(join(strays.gather(organization))).isZero();
  }

  @Test
  void withoutTheKeeperNothingIsSignedAndNothingIsLost() throws Exception {
    dataKeys.there = false;
    add(3);
    assertThat(join(writer.append(organization))).isEqualTo(3);
    assertThatThrownBy(() -> join(checkpoints.sign(organization)))
        .rootCause()
        .hasMessageContaining("sealed");

    dataKeys.there = true;
    assertThat(join(checkpoints.sign(organization))).isTrue();
    assertThat(newest().size()).isEqualTo(3);
  }

  @Test
  void aClockThatWasSetBackIsToldBeforeTheNextSignature() throws Exception {
    add(1);
    join(writer.append(organization));
    join(checkpoints.sign(organization));
    now = now.minus(Duration.ofHours(2));
    add(1);
    join(writer.append(organization));

    assertThat(join(checkpoints.sign(organization))).isFalse();
    assertThat(told).extracting(AuditEvent::code).containsExactly("clock.set_back");
    join(strays.gather(organization));
    join(writer.append(organization));
    assertThat(join(checkpoints.sign(organization))).isTrue();
    assertThat(told).hasSize(1);
    assertThat(newest().size()).isEqualTo(3);
  }

  private Checkpoint newest() {
    VerifierKey key = join(reads.key(organization)).orElseThrow();
    return Checkpoint.open(join(reads.newest(organization)).orElseThrow().note(), key);
  }

  private UUID nextId() {
    ids++;
    return new UUID((now.toEpochMilli() << 16) | 0x7000L | (ids & 0xFFF), Long.MIN_VALUE | ids);
  }

  private void add(int count) throws SQLException {
    StringBuilder rows = new StringBuilder();
    StringBuilder waiting = new StringBuilder();
    for (int i = 0; i < count; i++) {
      long number = ids;
      UUID id = nextId();
      rows.append(i == 0 ? "" : ",")
          .append(
              "('%s','%s','%s','admin','%s','Ada','thing.made','thing:%d','{\"n\": 1.50}')"
                  .formatted(organization, id, now, new UUID(0, 1), number));
      waiting.append(i == 0 ? "" : ",").append("('%s','%s','audit')".formatted(organization, id));
    }
    execute(
        "begin; insert into audit.event (organization_id, id, at, actor_kind, actor_id, actor_name, code, target, after) values "
            + rows
            + "; insert into audit.pending (organization_id, id, kind) values "
            + waiting
            + "; commit");
  }

  private long count(String table) throws SQLException {
    try (Connection owner = RUNNING.ownerConnection();
        Statement statement = owner.createStatement()) {
      statement.execute(scope());
      var rows = statement.executeQuery("select count(*) from audit." + table);
      rows.next();
      return rows.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection owner = RUNNING.ownerConnection();
        Statement statement = owner.createStatement()) {
      statement.execute(scope());
      statement.execute(sql);
    }
  }

  /** The owner of the tables sees one organization at a time, too. */
  private String scope() {
    return "select set_config('saferun.organization', '%s', false)".formatted(organization);
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
