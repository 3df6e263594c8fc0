package dev.saferun.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

  private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "saferun");

  @TempDir Path temporary;
  private DataDirectory directory;

  @BeforeEach
  void open() {
    directory = DataDirectory.open(temporary.resolve("data"));
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void aRestartKeepsDataAndPort() throws Exception {
    int port;
    try (EmbeddedPostgres postgres = start()) {
      port = postgres.port();
      execute(postgres, "create table kept as select 7 as value");
    }
    try (EmbeddedPostgres postgres = start()) {
      assertThat(postgres.port()).isEqualTo(port);
      assertThat(number(postgres, "select value from kept")).isEqualTo(7);
    }
  }

  @Test
  void closingLeavesNoServer() {
    EmbeddedPostgres postgres = start();
    long processId = postgres.processId().orElseThrow();
    postgres.close();
    assertThat(ProcessHandle.of(processId)).isEmpty();
  }

  @Test
  void aKilledServerIsStartedAgainWithWhatItCommitted() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      execute(postgres, "create table kept as select 7 as value");
      long killed = postgres.processId().orElseThrow();
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();
      awaitAnotherThan(killed, postgres);
      assertThat(number(postgres, "select value from kept")).isEqualTo(7);
    }
  }

  /** A predecessor that was killed leaves its server running; its successor takes the data over. */
  @Test
  void anOrphanIsReplaced() throws Exception {
    PostgresCluster predecessor = new PostgresCluster(directory, CACHE);
    predecessor.prepare();
    Process orphan = predecessor.launch(predecessor.choosePort());
    awaitReady(predecessor, orphan);
    try (EmbeddedPostgres postgres = start()) {
      assertThat(orphan.isAlive()).isFalse();
      assertThat(number(postgres, "select 7")).isEqualTo(7);
    }
  }

  /** Where the kernel forbids user namespaces; only root can become nobody. */
  @Test
  void rootCanRunItAsNobody() throws Exception {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
    PostgresCluster cluster =
        new PostgresCluster(directory, directory.path().resolve("cache"), Unprivileged.NOBODY);
    cluster.prepare();
    Process server = cluster.launch(cluster.choosePort());
    awaitReady(cluster, server);
    assertThat(Files.getAttribute(Path.of("/proc/" + server.pid()), "unix:uid")).isEqualTo(65_534);
    cluster.stop();
    assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
    try (EmbeddedPostgres postgres = start()) {
      assertThat(number(postgres, "select 7")).isEqualTo(7);
    }
  }

  /** A process id in a stale mark can by now be anybody's; here it is this test's own. */
  @Test
  void aStaleMarkThatNamesAnotherProcessIsIgnored() throws Exception {
    start().close();
    Files.writeString(
        temporary.resolve("data/postgres/data/postmaster.pid"),
        ProcessHandle.current().pid() + "\n");
    try (EmbeddedPostgres postgres = start()) {
      assertThat(number(postgres, "select 7")).isEqualTo(7);
    }
  }

  @Test
  void theSettingsAreThoseOfACrashSafeAndSilentServer() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      assertThat(text(postgres, "show fsync")).isEqualTo("on");
      assertThat(text(postgres, "show full_page_writes")).isEqualTo("on");
      assertThat(text(postgres, "show synchronous_commit")).isEqualTo("on");
      assertThat(text(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(text(postgres, "show unix_socket_directories")).isEmpty();
      assertThatThrownBy(() -> number(postgres, "select 'a-secret-value'::uuid"))
          .isInstanceOf(SQLException.class);
      try (var logs = Files.list(temporary.resolve("data/postgres/data/log"))) {
        for (Path log : logs.toList()) {
          assertThat(log).content().contains("ready to accept").doesNotContain("a-secret-value");
        }
      }
    }
  }

  @Test
  void thePasswordIsAskedForAndKeptFromOthers() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      assertThatThrownBy(() -> connect(postgres, "wrong")).hasMessageContaining("password");
    }
    Path password = temporary.resolve("data/postgres/password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
        .isEqualTo("rw-------");
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(directory, CACHE);
  }

  private static void awaitReady(PostgresCluster cluster, Process server) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!cluster.ready(server.pid())) {
      assertThat(server.isAlive()).isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  private static void awaitAnotherThan(long killed, EmbeddedPostgres postgres) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (postgres.processId().orElse(killed) == killed) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static Connection connect(EmbeddedPostgres postgres, String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres",
        postgres.superuser(),
        password);
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres, postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int number(EmbeddedPostgres postgres, String sql) throws SQLException {
    return Integer.parseInt(text(postgres, sql));
  }

  private static String text(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres, postgres.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
