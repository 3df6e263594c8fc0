package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.serve.OwnerOf;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What cannot be audited does not happen. The database refuses the events of some requests; each of
 * these requests fails and leaves every table as it was, and the same call without the refusal then
 * does all that it is said to do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditFailsIT {

  private static final String REFUSED = "refused-";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Moved by the log's own jobs, whoever calls. */
  private static final Set<String> OF_THE_JOBS =
      Set.of(
          "audit.leaf",
          "audit.subtree",
          "audit.pending",
          "audit.stream",
          "audit.checkpoint",
          "audit.delivery");

  private static final String TABLES =
      """
      select table_schema || '.' || table_name from information_schema.tables
      where table_type = 'BASE TABLE'
        and table_schema not in ('pg_catalog', 'information_schema', 'public')
      order by 1
      """;

  private static final String REFUSE =
      """
      create function audit.refuse() returns trigger language plpgsql as $$
      begin
        if new.request_id like 'refused-%' then
          raise exception 'the audit log takes nothing of this request';
        end if;
        return new;
      end $$;
      create trigger refuse before insert on audit.event for each row execute function audit.refuse()
      """;

  private final AuditedSetting setting;
  private final SampleCalls samples;
  private final String organization;

  AuditFailsIT() throws IOException {
    setting = new AuditedSetting();
    samples = new SampleCalls(setting);
    organization = setting.admin().api().get("/v1/organizations").body().findPath("id").asText();
  }

  @BeforeAll
  void refuse() throws SQLException {
    try (Connection owner = owner();
        Statement statement = owner.createStatement()) {
      statement.execute(REFUSE);
    }
  }

  @AfterAll
  void stop() {
    setting.close();
  }

  @TestFactory
  Stream<DynamicTest> noChangeOutlivesItsEvent() throws IOException {
    return AuditedOperation.all().stream()
        .filter(operation -> !operation.codes().isEmpty())
        .filter(operation -> !SampleCalls.changesLater(operation.name()))
        .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> check(operation)));
  }

  private void check(AuditedOperation operation) throws Exception {
    Set<String> written = new TreeSet<>();
    for (Callable<AuditedCall> sample : samples.of(operation.name())) {
      AuditedCall call = sample.call();
      List<String> before = atRest();

      call.fail(REFUSED + UUID.randomUUID());

      assertThat(tables()).as("the tables after %s", operation.name()).isEqualTo(before);
      String requestId = UUID.randomUUID().toString();
      Api.Answer done = call.succeed(requestId);
      AuditedCall.events(setting.admin().api(), requestId, done)
          .forEach(event -> written.add(event.get("code").asText()));
    }
    assertThat(written)
        .as("%s, once it is not refused", operation.name())
        .isEqualTo(operation.codes());
  }

  @Test
  void aBacktestThatCannotBeCancelledGoesOnToItsEnd() throws Exception {
    AuditedCall cancel = samples.cancel();

    cancel.fail(REFUSED + UUID.randomUUID());

    await()
        .atMost(PATIENCE)
        .until(() -> setting.admin().api().get(cancel.path()).body().at("/ended_at").isTextual());
    assertThat(setting.admin().api().get(cancel.path()).body().get("state").asText())
        .isEqualTo("finished");
  }

  /** It was durable when it was answered, so it is not lost: it is put aside. */
  @Test
  void aLabelThatCannotBeAuditedIsNotThereAndIsPutAside() throws Exception {
    AuditedCall label = samples.label();
    long before = count("replay.quarantine");

    label.succeed(REFUSED + UUID.randomUUID());

    await().atMost(PATIENCE).until(() -> count("replay.quarantine") == before + 1);
    JsonNode decision =
        setting.admin().api().get(label.path().substring(0, label.path().lastIndexOf('/'))).body();
    assertThat(decision.get("labels")).isEmpty();
  }

  /** What is written after an answer has come to rest. */
  private List<String> atRest() {
    List<List<String>> seen = new ArrayList<>(List.of(List.of()));
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              seen.add(tables());
              return seen.getLast().equals(seen.get(seen.size() - 2));
            });
    return seen.getLast();
  }

  /** Each table with a hash of its rows, save for when a key was last used. */
  private List<String> tables() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection owner = owner();
        Statement statement = owner.createStatement()) {
      for (String table : strings(statement, TABLES)) {
        if (!OF_THE_JOBS.contains(table)) {
          tables.add(table + " " + strings(statement, hashOf(table)).getFirst());
        }
      }
    }
    return tables;
  }

  private static String hashOf(String table) {
    return """
        select coalesce(md5(string_agg(row, '' order by row)), 'empty')
        from (select md5((to_jsonb(t) - 'last_used_at')::text) as row from %s t) as rows
        """
        .formatted(table);
  }

  private long count(String table) throws SQLException {
    try (Connection owner = owner();
        Statement statement = owner.createStatement()) {
      return Long.parseLong(strings(statement, "select count(*) from " + table).getFirst());
    }
  }

  private static List<String> strings(Statement statement, String sql) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }

  /** The owner's connection, in the organization of the setting. */
  private Connection owner() throws SQLException {
    Connection owner = OwnerOf.connect(setting.appliance());
    try (Statement statement = owner.createStatement()) {
      statement.execute("select set_config('saferun.organization', '" + organization + "', false)");
    }
    return owner;
  }
}
