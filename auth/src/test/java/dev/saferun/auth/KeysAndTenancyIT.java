package dev.saferun.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.auth.keys.KeyIndex;
import dev.saferun.auth.keys.KeyText;
import dev.saferun.auth.store.SecondNode;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.Database;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import dev.saferun.tenancy.EnvironmentChange;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.ProjectChange;
import dev.saferun.tenancy.Tenancy;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Keys and tenancy on a real database: what is kept, what is seen, and by whom. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysAndTenancyIT {

  private static final List<String> TABLES =
      List.of(
          "tenancy.organization",
          "tenancy.project",
          "tenancy.environment",
          "auth.api_key",
          "audit.event");

  @TempDir static Path data;
  @TempDir static Path secondData;

  private ApplicationContext context;
  private DataDirectory secondDisk;
  private Tenancy tenancy;
  private Environments environments;
  private ApiKeys keys;
  private KeyIndex index;
  private Database database;
  private EmbeddedServer server;
  private IssuedKey bootstrap;
  private Actor operator;

  @BeforeAll
  void start() {
    secondDisk = DataDirectory.open(secondData);
    context =
        ApplicationContext.run(
            Map.of("saferun.data-dir", data.toString(), "micronaut.server.port", -1));
    tenancy = context.getBean(Tenancy.class);
    environments = context.getBean(Environments.class);
    keys = context.getBean(ApiKeys.class);
    index = context.getBean(KeyIndex.class);
    database = context.getBean(Database.class);
    server = context.getBean(EmbeddedServer.class).start();
    bootstrap = await(context.getBean(Bootstrap.class).firstStart(false)).orElseThrow();
    operator = actor(bootstrap);
  }

  @AfterAll
  void stop() {
    context.close();
    secondDisk.close();
  }

  @Test
  void theFirstStartMakesAnOrganizationAProjectAndAnOperator() {
    assertThat(operator.kind()).isEqualTo(Actor.Kind.OPERATOR);
    assertThat(await(tenancy.organization(operator.organizationId())).name()).isEqualTo("default");
    assertThat(await(tenancy.environments(operator.organizationId(), "default")))
        .extracting(EnvironmentSettings::environment, EnvironmentSettings::mode)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("development", Mode.LOG),
            org.assertj.core.groups.Tuple.tuple("staging", Mode.WARN),
            org.assertj.core.groups.Tuple.tuple("production", Mode.BLOCK));
  }

  @Test
  void aChangedModeIsInForceWhenItIsAnswered() {
    String project = newProject(operator);
    EnvironmentChange change =
        new EnvironmentChange(
            Optional.of(Mode.WARN), Optional.empty(), Optional.empty(), Optional.of(7));
    EnvironmentSettings put =
        await(tenancy.putEnvironment(operator, project, "production", change)).value();

    assertThat(environments.find(put.scope().requireEnvironment())).contains(put);
    assertThat(put.mode()).isEqualTo(Mode.WARN);
    assertThat(put.requestsPerSecondMax()).isEqualTo(7);
    assertThat(audited(operator.organizationId(), "environment.changed")).isPositive();
  }

  @Test
  void nothingOfOneOrganizationIsSeenByAnother() {
    Actor stranger = actor(await(keys.openOrganization(operator, newName())).key());
    String project = newProject(operator);
    KeyDoor door = new KeyDoor.OfEnvironment(project, "staging");
    IssuedKey key = await(keys.issue(operator, door, newKey()));

    for (CompletionStage<?> call :
        List.of(
            tenancy.project(stranger.organizationId(), project),
            tenancy.environments(stranger.organizationId(), project),
            tenancy.environment(stranger.organizationId(), project, "staging"),
            tenancy.putEnvironment(stranger, project, "staging", EnvironmentChange.NONE),
            keys.list(stranger, door),
            keys.issue(stranger, door, newKey()),
            keys.change(stranger, new KeyDoor.OwnOrganization(), key.key().id(), revocation()))) {
      assertProblem(call, CommonProblem.NOT_FOUND);
    }
    for (String table : TABLES) {
      assertThat(count(stranger.organizationId(), table, operator.organizationId()))
          .as("rows of another organization in %s", table)
          .isZero();
      assertThat(count(operator.organizationId(), table, operator.organizationId()))
          .as("own rows in %s", table)
          .isPositive();
    }
  }

  @Test
  void aKeyCannotOpenAForeignEnvironment() {
    Actor stranger = actor(await(keys.openOrganization(operator, newName())).key());
    EnvironmentSettings foreign =
        await(tenancy.environment(operator.organizationId(), "default", "staging"));
    CompletionStage<RowSet<Row>> insert =
        database.inConnection(
            stranger.organizationId(),
            connection ->
                connection
                    .preparedQuery(
                        "insert into auth.api_key (organization_id, project_id, environment_id, id,"
                            + " kind, name, hash, hint, created_at, created_by) values"
                            + " ($1, $2, $3, gen_random_uuid(), 'agent', 'x',"
                            + " sha256('foreign'::bytea), 'x', now(), 'x')")
                    .execute(
                        Tuple.of(
                            stranger.organizationId(),
                            foreign.scope().requireProject(),
                            foreign.scope().requireEnvironment()))
                    .toCompletionStage());
    assertThatThrownBy(() -> await(insert)).hasMessageContaining("foreign key");
  }

  @Test
  void whatCannotBeAuditedDoesNotHappen() {
    String project = newName();
    // PostgreSQL keeps no text with a zero character, so the event's insert fails.
    Actor impossible = new Actor(Actor.Kind.ADMIN, UUID.randomUUID(), "\u0000", operator.scope());

    assertThatThrownBy(
            () ->
                await(tenancy.putProject(impossible, project, new ProjectChange(Optional.empty()))))
        .isInstanceOf(Exception.class);
    assertProblem(tenancy.project(operator.organizationId(), project), CommonProblem.NOT_FOUND);
  }

  @Test
  void theAuditLogCannotBeChanged() {
    for (String statement :
        List.of("update audit.event set code = 'x'", "delete from audit.event")) {
      assertThatThrownBy(
              () ->
                  await(
                      database.inConnection(
                          operator.organizationId(),
                          connection -> connection.query(statement).execute().toCompletionStage())))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void anEventNamesTheRequestThatCausedIt() throws Exception {
    String request = "request-" + UUID.randomUUID();

    put("/v1/projects/" + newName(), request);
    UUID opened = id(put("/v1/organizations/" + newName(), request));

    assertThat(eventsOf(operator.organizationId(), request))
        .containsExactlyInAnyOrder(
            "project.created", "environment.created", "environment.created", "environment.created");
    assertThat(eventsOf(opened, request))
        .containsExactlyInAnyOrder("organization.created", "key.created");
    assertThat(eventsOf(operator.organizationId(), null))
        .as("what the appliance did by itself")
        .contains("organization.created", "key.created");
  }

  private Map<String, ?> put(String path, String request) throws Exception {
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.getURI().resolve(path))
                    .header("Authorization", "Bearer " + bootstrap.secret())
                    .header("Content-Type", "application/json")
                    .header("X-Request-Id", request)
                    .PUT(HttpRequest.BodyPublishers.ofString("{}"))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(201);
    return StrictJson.parseObject(answer.body());
  }

  private static UUID id(Map<String, ?> answer) {
    return UUID.fromString(String.valueOf(answer.get("id")));
  }

  private List<String> eventsOf(UUID organization, @Nullable String request) {
    List<String> codes = new ArrayList<>();
    await(
            database.inConnection(
                organization,
                connection ->
                    connection
                        .preparedQuery(
                            "select code from audit.event where request_id is not distinct from $1")
                        .execute(Tuple.of(request))
                        .toCompletionStage()))
        .forEach(row -> codes.add(row.getString(0)));
    return codes;
  }

  @Test
  void aRevokedKeyIsDeadHereAtOnceAndElsewhereWithinASecond() {
    KeyDoor door = new KeyDoor.OfEnvironment("default", "production");
    IssuedKey key = await(keys.issue(operator, door, newKey()));
    assertThat(key.secret()).startsWith(KeyText.AGENT);
    KeyIndex other = SecondNode.beside(context, secondDisk);
    assertThat(other.find(key.secret())).isPresent();
    long begun = System.nanoTime();

    await(keys.change(operator, door, key.key().id(), revocation()));

    assertThat(index.find(key.secret())).isEmpty();
    eventually(() -> other.find(key.secret()).isEmpty());
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void theFirstUseIsWrittenBehind() {
    KeyDoor door = new KeyDoor.OfEnvironment("default", "development");
    IssuedKey key = await(keys.issue(operator, door, newKey()));
    assertThat(index.find(key.secret())).isPresent();

    eventually(
        () ->
            await(keys.list(operator, door)).stream()
                .anyMatch(one -> one.id().equals(key.key().id()) && one.lastUsedAt() != null));
  }

  @Test
  void aKeyDoesNotLockItselfOut() {
    assertProblem(
        () -> keys.change(operator, new KeyDoor.OwnOrganization(), operator.id(), revocation()),
        AuthProblem.OWN_KEY);
    Instant soon = Instant.now().plusSeconds(60);
    NewKey brief = new NewKey("brief", Optional.of(soon));
    assertThat(await(keys.issue(operator, new KeyDoor.OwnOrganization(), brief)).key().expiresAt())
        .isEqualTo(soon);
  }

  private Actor actor(IssuedKey key) {
    return index.find(key.secret()).orElseThrow().actor();
  }

  private String newProject(Actor by) {
    String project = newName();
    await(tenancy.putProject(by, project, new ProjectChange(Optional.empty())));
    return project;
  }

  private long count(UUID scope, String table, UUID of) {
    String column = table.equals("tenancy.organization") ? "id" : "organization_id";
    String where = " where " + column + " = $1";
    return await(
            database.inConnection(
                scope,
                connection ->
                    connection
                        .preparedQuery("select count(*) from " + table + where)
                        .execute(Tuple.of(of))
                        .toCompletionStage()))
        .iterator()
        .next()
        .getLong(0);
  }

  private long audited(UUID organization, String code) {
    return await(
            database.inConnection(
                organization,
                connection ->
                    connection
                        .preparedQuery(
                            "select count(*) from audit.event where code = $1"
                                + " and before->>'name' = after->>'name'")
                        .execute(Tuple.of(code))
                        .toCompletionStage()))
        .iterator()
        .next()
        .getLong(0);
  }

  private static KeyChange revocation() {
    return new KeyChange(Optional.empty(), true, Optional.empty());
  }

  private static NewKey newKey() {
    return new NewKey("test", Optional.empty());
  }

  private static String newName() {
    return "n-" + UUID.randomUUID();
  }

  private static void assertProblem(
      java.util.function.Supplier<CompletionStage<?>> call, dev.saferun.platform.ProblemCode code) {
    assertThatThrownBy(() -> await(call.get()))
        .satisfies(fault -> assertThat(problem(fault).code()).isEqualTo(code));
  }

  private static void assertProblem(
      CompletionStage<?> call, dev.saferun.platform.ProblemCode code) {
    assertProblem(() -> call, code);
  }

  private static ProblemException problem(Throwable fault) {
    Throwable cause = fault;
    while (!(cause instanceof ProblemException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    assertThat(cause).isInstanceOf(ProblemException.class);
    return (ProblemException) cause;
  }

  static void eventually(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  static <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
