package dev.saferun.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.Ids;
import dev.saferun.platform.ManagedEntities;
import dev.saferun.platform.RunningDatabase;
import dev.saferun.platform.SchemaMigrations;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every database must keep, whoever runs it. */
abstract class DatabaseContract {

  static final List<SchemaMigrations> SCHEMAS = List.of(new SchemaMigrations("sample", 1));
  static final List<ManagedEntities> ENTITIES = List.of(new ManagedEntities(List.of(Note.class)));

  private final UUID first = Ids.next(1);
  private final UUID second = Ids.next(2);

  abstract RunningDatabase running();

  @Test
  void migratesEachSchemaWithAHistoryOfItsOwn() throws Exception {
    assertThat(owned("select count(*) from platform.migration_history where success")).isPositive();
    assertThat(owned("select count(*) from sample.migration_history where success")).isPositive();
  }

  @Test
  void theApplicationOwnsNothingAndCannotPassRowLevelSecurity() throws Exception {
    String user = texts(first, "select current_user::text").getFirst();
    assertThat(user).isEqualTo("saferun_app");
    assertThat(
            owned(
                """
                select count(*) from pg_roles where rolname = 'saferun_app'
                and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole)"""))
        .isZero();
    assertThat(
            owned(
                """
                select (select count(*) from pg_class where relowner = 'saferun_app'::regrole)
                     + (select count(*) from pg_namespace where nspowner = 'saferun_app'::regrole)
                     + (select count(*) from pg_proc where proowner = 'saferun_app'::regrole)"""))
        .isZero();
    assertThatThrownBy(() -> texts(first, "alter table sample.note disable row level security"))
        .isInstanceOfSatisfying(
            PgException.class, fault -> assertThat(fault.getSqlState()).isEqualTo("42501"));
  }

  @Test
  void withoutAScopeThereAreNoRows() throws Exception {
    write(first, "one");
    assertThat(texts(first, "select text from sample.note")).containsExactly("one");
    assertThat(
            texts(
                first,
                "select set_config('saferun.organization', null, true)",
                "select text from sample.note"))
        .isEmpty();
  }

  @Test
  void anEmptyScopeHasNoRows() throws Exception {
    write(first, "one");
    assertThat(
            texts(
                first,
                "select set_config('saferun.organization', '', true)",
                "select text from sample.note"))
        .isEmpty();
  }

  @Test
  void writingForAnotherOrganizationIsRefused() {
    assertThatThrownBy(() -> await(database(first, c -> insert(c, second, "foreign"))))
        .isInstanceOfSatisfying(
            PgException.class, fault -> assertThat(fault.getSqlState()).isEqualTo("42501"));
  }

  @Test
  void aScopeDoesNotReachTheNextBorrower() throws Exception {
    write(first, "one");
    for (int i = 0; i < 32; i++) {
      assertThat(texts(second, "select text from sample.note")).isEmpty();
      assertThat(texts(first, "select text from sample.note")).containsExactly("one");
    }
  }

  @Test
  void aQueryThatForgetsItsWhereClauseSeesOneOrganization() throws Exception {
    write(first, "mine");
    write(second, "theirs");
    assertThat(texts(first, "select text from sample.note")).containsExactly("mine");
    assertThat(entityTexts(first)).containsExactly("mine");
  }

  /** The same reads see both once the owner takes the lock away: the test above can fail. */
  @Test
  void withoutRowLevelSecurityTheSameQueryWouldSeeAll() throws Exception {
    write(first, "mine");
    write(second, "theirs");
    execute("alter table sample.note disable row level security");
    try {
      assertThat(texts(first, "select text from sample.note")).contains("mine", "theirs");
      assertThat(entityTexts(first)).contains("mine", "theirs");
    } finally {
      execute("alter table sample.note enable row level security");
    }
  }

  @Test
  void aFailedTransactionLeavesNothing() throws Exception {
    assertThatThrownBy(
            () ->
                await(
                    database(
                        first,
                        c ->
                            insert(c, first, "gone")
                                .thenCompose(
                                    done ->
                                        CompletableFuture.failedStage(
                                            new IllegalStateException("planned"))))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("planned");
    assertThat(texts(first, "select text from sample.note")).isEmpty();
  }

  @Test
  void anEntityIsWrittenAndReadInItsScope() throws Exception {
    UUID id = Ids.next(3);
    await(
        running()
            .database()
            .inSession(first, session -> session.persist(new Note(id, first, "kept"))));
    assertThat(entityTexts(first)).containsExactly("kept");
    assertThat(entityTexts(second)).isEmpty();
  }

  @Test
  void listsOrganizationsWithoutAScope() throws Exception {
    await(
        database(
            first,
            c ->
                c.preparedQuery("insert into platform.organization (id) values ($1)")
                    .execute(Tuple.of(first))
                    .toCompletionStage()));
    assertThat(await(running().database().organizationIds())).contains(first);
  }

  @Test
  void aChangeIsToldToItsTopicOnly() throws Exception {
    BlockingQueue<UUID> told = new LinkedBlockingQueue<>();
    BlockingQueue<UUID> others = new LinkedBlockingQueue<>();
    running().changeFeed().subscribe("told", told::add);
    running().changeFeed().subscribe("others", others::add);
    await(
        running()
            .database()
            .inSession(first, s -> running().changeFeed().publish(s, first, "told")));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(first);
    await(database(second, c -> running().changeFeed().publish(c, second, "told")));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(second);
    assertThat(others).isEmpty();
  }

  @Test
  void aNoticeAloneTellsAChange() throws Exception {
    BlockingQueue<UUID> told = new LinkedBlockingQueue<>();
    running().changeFeed().subscribe("notice-only", told::add);
    // A topic that is in no row: the poll cannot find it.
    execute("select pg_notify('saferun_changes', '" + first + ":1:notice-only')");
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(first);
  }

  @Test
  void thePollAloneTellsEveryChangeHoweverLateItCommits() throws Exception {
    BlockingQueue<UUID> told = new LinkedBlockingQueue<>();
    running().changeFeed().subscribe("poll-only", told::add);
    execute("alter table platform.change_feed disable trigger tell_change");
    try {
      CompletableFuture<Void> release = new CompletableFuture<>();
      CompletableFuture<Void> written = new CompletableFuture<>();
      CompletionStage<Void> late =
          database(
              first,
              c ->
                  running()
                      .changeFeed()
                      .publish(c, first, "poll-only")
                      .thenCompose(
                          done -> {
                            written.complete(null);
                            return release;
                          }));
      await(written);
      await(database(second, c -> running().changeFeed().publish(c, second, "poll-only")));
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(second);
      release.complete(null);
      await(late);
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(first);
    } finally {
      execute("alter table platform.change_feed enable trigger tell_change");
    }
  }

  final void write(UUID organizationId, String text) throws Exception {
    await(database(organizationId, connection -> insert(connection, organizationId, text)));
  }

  final <T> CompletionStage<T> database(
      UUID organizationId, java.util.function.Function<SqlConnection, CompletionStage<T>> work) {
    return running().database().inConnection(organizationId, work);
  }

  static CompletionStage<RowSet<Row>> insert(
      SqlConnection connection, UUID organizationId, String text) {
    return connection
        .preparedQuery("insert into sample.note (organization_id, id, text) values ($1, $2, $3)")
        .execute(Tuple.of(organizationId, Ids.next(4), text))
        .toCompletionStage();
  }

  /** The texts that the last statement finds, all in one transaction. */
  final List<String> texts(UUID organizationId, String... statements) throws Exception {
    return await(
        database(
            organizationId,
            connection -> {
              CompletionStage<RowSet<Row>> rows = CompletableFuture.completedStage(null);
              for (String statement : statements) {
                rows =
                    rows.thenCompose(
                        before -> connection.query(statement).execute().toCompletionStage());
              }
              return rows.thenApply(
                  found -> {
                    List<String> texts = new ArrayList<>();
                    found.forEach(row -> texts.add(row.getString(0)));
                    return texts;
                  });
            }));
  }

  private List<String> entityTexts(UUID organizationId) throws Exception {
    return await(
        running()
            .database()
            .inSession(
                organizationId,
                session ->
                    session.createQuery("select text from Note", String.class).getResultList()));
  }

  private long owned(String query) throws Exception {
    try (Connection connection = running().ownerConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = running().ownerConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static <T> T await(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException fault) {
      if (fault.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw fault;
    }
  }
}
