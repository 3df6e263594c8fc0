package dev.saferun.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.DataKey;
import dev.saferun.platform.Databases;
import dev.saferun.platform.Envelope;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RunningDatabase;
import dev.saferun.platform.SecretKeyring;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data keys in a real PostgreSQL, wrapped by the keyring; what Vault adds is in VaultOutageIT. */
class StoredDataKeysIT {

  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final byte[] PLACE = "place".getBytes(StandardCharsets.US_ASCII);

  @TempDir static Path temporary;
  private static RunningDatabase database;
  private static DataDirectory directory;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final AtomicLong now = new AtomicLong();
  private UUID organization = Ids.next(1);
  private KeyringKeeper keyring;

  /** One node: its own keeper over the same keys, its own memory. */
  private record Node(FaultyKeeper keeper, Keepers keepers, DataKeyCare care) {

    Optional<DataKey> current(UUID organizationId) {
      return care.keys().current(organizationId);
    }

    DataKey fetch(UUID organizationId) throws Exception {
      return get(care.keys().fetch(organizationId));
    }
  }

  @BeforeAll
  static void start() throws Exception {
    database = Databases.startTemporary(List.of(), List.of());
    seeAsOwner(database);
    directory = DataDirectory.open(temporary);
  }

  @AfterAll
  static void stop() {
    directory.close();
    database.close();
  }

  @BeforeEach
  void organization() throws Exception {
    keyring = keyring();
    organization = newOrganization();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
    try (Connection owner = database.ownerConnection();
        Statement statement = owner.createStatement()) {
      statement.execute("truncate platform.data_key, platform.organization");
    }
  }

  private Node node() {
    return node(new FaultyKeeper(keyring));
  }

  private static KeyringKeeper keyring() {
    KeyringFile file = new KeyringFile(directory, SecretKeyring.open(directory), Clock.systemUTC());
    return new KeyringKeeper(file, directory);
  }

  private Node node(FaultyKeeper keeper) {
    SecretsMetrics metrics = new SecretsMetrics(OpenTelemetry.noop().getMeter("test"));
    Keepers keepers = new Keepers(List.of(keeper), metrics, Clock.systemUTC());
    DataKeyCare care =
        DataKeyCare.start(
            keepers,
            LIFE,
            database.database(),
            database.changeFeed(),
            metrics,
            Clock.systemUTC(),
            now::get);
    opened.add(keepers);
    opened.add(care);
    return new Node(keeper, keepers, care);
  }

  @Test
  void aStartHasTheKeyOfEveryOrganizationBeforeAnyoneAsks() throws Exception {
    UUID second = newOrganization();
    Node node = node();
    assertThat(node.current(organization)).isPresent();
    assertThat(node.current(second)).isPresent();
    assertThat(node.current(second)).isNotEqualTo(node.current(organization));
    assertThat(node.care.health().now())
        .satisfies(
            now -> {
              assertThat(now.keeper()).isEqualTo("keyring");
              assertThat(now.fault()).isNull();
              assertThat(now.keysInMemory()).isEqualTo(2);
              assertThat(now.keysMissing()).isZero();
              assertThat(now.unreadable()).isZero();
            });
  }

  @Test
  void twoNodesThatMakeTheFirstKeyAtOnceMakeOne() throws Exception {
    Node one = node();
    Node two = node();
    for (int i = 0; i < 20; i++) {
      UUID fresh = Ids.next(100 + i);
      CompletionStage<DataKey> first = one.care.keys().fetch(fresh);
      CompletionStage<DataKey> second = two.care.keys().fetch(fresh);
      assertThat(get(first).id()).isEqualTo(get(second).id());
      byte[] sealed = Envelope.seal(get(first), PLACE, PLACE);
      assertThat(Envelope.open(get(second), sealed, PLACE)).isEqualTo(PLACE);
      assertThat(count("organization_id = '" + fresh + "'")).isEqualTo(1);
    }
  }

  @Test
  void manyWhoAskAtOnceShareOneFlight() throws Exception {
    Node node = node();
    UUID fresh = newOrganization();
    node.fetch(fresh);
    node.care.held().clear();
    long before = node.keeper.unwraps();
    List<CompletionStage<DataKey>> asked = new ArrayList<>();
    node.keeper.hold();
    for (int i = 0; i < 1_000; i++) {
      assertThat(node.current(fresh)).as("never waits").isEmpty();
      asked.add(node.care.keys().fetch(fresh));
    }
    node.keeper.letGo();
    for (CompletionStage<DataKey> one : asked) {
      get(one);
    }
    assertThat(node.keeper.unwraps() - before).isLessThanOrEqualTo(3);
    assertThat(node.current(fresh)).isPresent();
  }

  @Test
  void anAbsentKeyIsFetchedByTheFirstWhoMissesIt() {
    Node node = node();
    UUID fresh = Ids.next(2);
    assertThat(node.current(fresh)).isEmpty();
    await().until(() -> node.current(fresh).isPresent());
  }

  @Test
  void rotatingWritesAlongsideOrNotAtAll() throws Exception {
    Node node = node();
    DataKey first = node.fetch(organization);
    byte[] sealed = Envelope.seal(first, PLACE, PLACE);
    assertThatThrownBy(
            () ->
                get(
                    node.care
                        .keys()
                        .rotate(
                            organization,
                            session ->
                                CompletableFuture.failedStage(
                                    new IllegalStateException("planned")))))
        .hasMessageContaining("planned");
    assertThat(node.current(organization)).contains(first);
    assertThat(count("organization_id = '" + organization + "'")).isEqualTo(1);

    DataKey second =
        get(
            node.care
                .keys()
                .rotate(
                    organization,
                    session ->
                        database.changeFeed().publish(session, organization, "written-alongside")));
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(node.current(organization)).contains(second);
    assertThat(
            owned(
                "select count(*) from platform.change_feed where topic = 'written-alongside'"
                    + " and organization_id = '"
                    + organization
                    + "'"))
        .isEqualTo(1);
    assertThat(count("organization_id = '" + organization + "' and retired_at is null"))
        .isEqualTo(1);
    DataKey found = get(node.care.keys().find(organization, first.id())).orElseThrow();
    assertThat(Envelope.open(found, sealed, PLACE)).isEqualTo(PLACE);
    node.care.held().clear();
    found = get(node.care.keys().find(organization, first.id())).orElseThrow();
    assertThat(Envelope.open(found, sealed, PLACE)).isEqualTo(PLACE);
    assertThat(get(node.care.keys().find(organization, Ids.next(9)))).isEmpty();
    assertThat(get(node.care.keys().find(newOrganization(), first.id())))
        .as("another organization's")
        .isEmpty();
  }

  @Test
  void anotherNodeLearnsOfARotation() throws Exception {
    Node one = node();
    Node two = node();
    DataKey before = two.fetch(organization);
    DataKey second = get(one.care.keys().rotate(organization, session -> nothing()));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> two.current(organization).map(DataKey::id), Optional.of(second.id())::equals);
    assertThat(before.id()).isNotEqualTo(second.id());
  }

  @Test
  void rotationsThatMeetLeaveOneNewestKey() throws Exception {
    Node one = node();
    Node two = node();
    List<CompletionStage<DataKey>> rotations = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rotations.add(one.care.keys().rotate(organization, session -> nothing()));
      rotations.add(two.care.keys().rotate(organization, session -> nothing()));
    }
    for (CompletionStage<DataKey> rotation : rotations) {
      get(rotation);
    }
    assertThat(count("organization_id = '" + organization + "'")).isEqualTo(21);
    assertThat(count("organization_id = '" + organization + "' and retired_at is null"))
        .isEqualTo(1);
    UUID newest = newestId();
    await()
        .until(
            () ->
                one.current(organization).map(DataKey::id).equals(Optional.of(newest))
                    && two.current(organization).map(DataKey::id).equals(Optional.of(newest)));
  }

  @Test
  void aKeeperThatIsAwayIsOutlastedByWhatIsInMemoryAndNoLonger() throws Exception {
    Node node = node();
    DataKey key = node.fetch(organization);
    node.keeper.fail(KeeperOutcome.SEALED);
    now.addAndGet(LIFE.dividedBy(2).toNanos());
    await().until(() -> node.care.health().now().fault() != null);
    assertThat(node.care.health().now().fault()).isEqualTo(KeeperOutcome.SEALED.text());
    assertThat(node.current(organization)).contains(key);
    assertThat(node.care.health().now().keysMissing()).isZero();

    now.addAndGet(LIFE.dividedBy(2).toNanos());
    assertThat(node.current(organization)).isEmpty();
    await().until(key.key()::isDestroyed);
    assertThat(node.care.health().now().keysMissing()).isEqualTo(1);
    assertThatThrownBy(() -> node.fetch(organization))
        .isInstanceOfSatisfying(
            ProblemException.class,
            away -> {
              assertThat(away.code()).isEqualTo(CommonProblem.SECRETS_UNAVAILABLE);
              assertThat(away.detail()).contains("sealed");
            });

    node.keeper.answer();
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    await().until(() -> node.current(organization).isPresent());
    await().until(() -> node.care.health().now().fault() == null);
    assertThat(node.fetch(organization).id()).isEqualTo(key.id());
  }

  @Test
  void aKeyIsUnwrappedAgainBeforeItLeaves() throws Exception {
    Node node = node();
    DataKey key = node.fetch(organization);
    for (int i = 0; i < 6; i++) {
      long before = node.keeper.unwraps();
      now.addAndGet(LIFE.dividedBy(3).toNanos());
      assertThat(node.current(organization)).contains(key);
      await().until(() -> node.keeper.unwraps() > before);
      await().until(() -> node.care.health().now().oldestInMemory().isZero());
    }
  }

  @Test
  void rowsOfAnotherOrganizationAreNotVisible() throws Exception {
    Node node = node();
    UUID other = newOrganization();
    node.fetch(organization);
    node.fetch(other);
    assertThat(visible(organization)).containsExactly(organization);
    assertThat(visible(other)).containsExactly(other);
    assertThatThrownBy(() -> get(insertFor(other, organization)))
        .isInstanceOfSatisfying(
            PgException.class, refused -> assertThat(refused.getSqlState()).isEqualTo("42501"));
    assertThatThrownBy(() -> get(run(organization, "delete from platform.data_key")))
        .isInstanceOfSatisfying(
            PgException.class, refused -> assertThat(refused.getSqlState()).isEqualTo("42501"));
    assertThatThrownBy(
            () -> get(run(organization, "update platform.data_key set created_at = now()")))
        .isInstanceOfSatisfying(
            PgException.class, refused -> assertThat(refused.getSqlState()).isEqualTo("42501"));
  }

  /** The same read sees both once the owner takes the lock away: the test above can fail. */
  @Test
  void withoutRowLevelSecurityTheSameReadWouldSeeAll() throws Exception {
    Node node = node();
    UUID other = newOrganization();
    node.fetch(organization);
    node.fetch(other);
    owner("alter table platform.data_key disable row level security");
    try {
      assertThat(visible(organization)).contains(organization, other);
    } finally {
      owner("alter table platform.data_key enable row level security");
    }
  }

  @Test
  void anAlteredOrMovedRowIsRefusedAndShownAndOthersGoOn() throws Exception {
    Node node = node();
    UUID other = newOrganization();
    node.fetch(organization);
    node.fetch(other);
    owner(
        "update platform.data_key d set wrapped = (select wrapped from platform.data_key o where"
            + " o.organization_id = '"
            + other
            + "') where d.organization_id = '"
            + organization
            + "'");
    node.care.held().clear();
    assertThatThrownBy(() -> node.fetch(organization))
        .isInstanceOf(dev.saferun.platform.BrokenSealException.class);
    assertThat(node.care.health().now().unreadable()).isEqualTo(1);
    assertThat(node.care.health().now().fault()).as("the keeper does answer").isNull();
    node.fetch(other);
    get(node.care.rotation().rotate());
    get(node.care.rotation().rewrap());
    int newest = node.keeper.newestVersion();
    assertThat(count("keeper_version = " + newest)).as("all that can be").isEqualTo(1);
  }

  @Test
  void aRotationOfTheKeyEncryptionKeyThatIsKilledMidwayGoesOn() throws Exception {
    Node node = node();
    List<UUID> organizations = new ArrayList<>(List.of(organization));
    for (int i = 0; i < 30; i++) {
      organizations.add(newOrganization());
    }
    List<byte[]> sealed = new ArrayList<>();
    for (UUID id : organizations) {
      sealed.add(Envelope.seal(node.fetch(id), PLACE, PLACE));
    }
    get(node.care.rotation().rewrap());
    node.keeper.failAfterWraps(10);
    int version = get(node.care.rotation().rotate());
    await().until(() -> count("keeper_version = " + version) == 10);
    node.care.close();
    node.keepers.close();

    Node restarted = node(new FaultyKeeper(keyring()));
    await().until(() -> count("keeper_version = " + version) == 31);
    assertThat(count("true")).as("nothing lost, nothing doubled").isEqualTo(31);
    assertThat(get(restarted.care.rotation().rewrap())).as("nothing is left").isZero();
    for (int i = 0; i < organizations.size(); i++) {
      DataKey key = restarted.fetch(organizations.get(i));
      assertThat(Envelope.open(key, sealed.get(i), PLACE)).isEqualTo(PLACE);
    }
  }

  /** Both rotations under a load of sealing and opening, on two nodes. */
  @Test
  void rotationsUnderLoadFailNothing() throws Exception {
    Node one = node();
    Node two = node();
    one.fetch(organization);
    two.fetch(organization);
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong done = new AtomicLong();
    ConcurrentLinkedQueue<Throwable> faults = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<byte[]> kept = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Node sealing = i % 2 == 0 ? one : two;
      Node opening = i % 2 == 0 ? two : one;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (!over.get()) {
                      try {
                        sealAndOpen(sealing, opening, done, kept);
                      } catch (Throwable fault) {
                        faults.add(fault);
                      }
                    }
                  }));
    }
    int dataKeys = 0;
    int versions = 0;
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < Duration.ofSeconds(6).toNanos()) {
      get((dataKeys % 2 == 0 ? one : two).care.keys().rotate(organization, session -> nothing()));
      dataKeys++;
      if (dataKeys % 5 == 0) {
        get(one.care.rotation().rotate());
        get(one.care.rotation().rewrap());
        versions++;
      }
    }
    over.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    int unreadable = 0;
    for (byte[] sealed : kept) {
      unreadable += reads(two, sealed) ? 0 : 1;
    }
    System.out.printf(
        "rotations under load: %d sealed and opened, %d failed; %d kept and opened at the end, %d"
            + " unreadable; %d data keys and %d key-encryption keys rotated%n",
        done.get(), faults.size(), kept.size(), unreadable, dataKeys, versions);
    assertThat(faults).isEmpty();
    assertThat(unreadable).isZero();
    assertThat(done.get()).isGreaterThan(1_000);
    assertThat(dataKeys).isGreaterThan(10);
    assertThat(versions).isGreaterThan(2);
  }

  private void sealAndOpen(
      Node sealing, Node opening, AtomicLong done, ConcurrentLinkedQueue<byte[]> kept)
      throws Exception {
    byte[] plain = Ids.secret(64);
    DataKey key = sealing.current(organization).orElseThrow();
    byte[] sealed = Envelope.seal(key, plain, PLACE);
    DataKey found =
        get(opening.care.keys().find(organization, Envelope.keyId(sealed))).orElseThrow();
    assertThat(Envelope.open(found, sealed, PLACE)).isEqualTo(plain);
    if (done.incrementAndGet() % 100 == 0) {
      kept.add(sealed);
    }
  }

  private boolean reads(Node node, byte[] sealed) throws Exception {
    DataKey key = get(node.care.keys().find(organization, Envelope.keyId(sealed))).orElseThrow();
    return Envelope.open(key, sealed, PLACE).length == 64;
  }

  private static CompletionStage<Void> nothing() {
    return CompletableFuture.completedStage(null);
  }

  private CompletionStage<Integer> insertFor(UUID scope, UUID owner) {
    return database
        .database()
        .inConnection(
            scope,
            connection ->
                connection
                    .preparedQuery(
                        "insert into platform.data_key (organization_id, id, number, wrapped,"
                            + " keeper, keeper_version, created_at)"
                            + " values ($1, $2, 9, '', 'x', 1, now())")
                    .execute(Tuple.of(owner, Ids.next(4)))
                    .map(result -> result.rowCount())
                    .toCompletionStage());
  }

  private CompletionStage<Integer> run(UUID scope, String sql) {
    return database
        .database()
        .inConnection(
            scope,
            connection ->
                connection
                    .query(sql)
                    .execute()
                    .map(result -> result.rowCount())
                    .toCompletionStage());
  }

  private List<UUID> visible(UUID scope) throws Exception {
    return get(
        database
            .database()
            .inConnection(
                scope,
                connection ->
                    connection
                        .query("select distinct organization_id from platform.data_key")
                        .execute()
                        .map(
                            rows -> {
                              List<UUID> found = new ArrayList<>();
                              rows.forEach(row -> found.add(row.getUUID(0)));
                              return found;
                            })
                        .toCompletionStage()));
  }

  private UUID newOrganization() throws Exception {
    UUID id = Ids.next(System.currentTimeMillis());
    get(
        database
            .database()
            .inConnection(
                id,
                connection ->
                    connection
                        .preparedQuery("insert into platform.organization (id) values ($1)")
                        .execute(Tuple.of(id))
                        .map(result -> result.rowCount())
                        .toCompletionStage()));
    return id;
  }

  private UUID newestId() throws Exception {
    try (Connection owner = database.ownerConnection();
        Statement statement = owner.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select id from platform.data_key where retired_at is null and organization_id = '"
                    + organization
                    + "'")) {
      rows.next();
      return rows.getObject(1, UUID.class);
    }
  }

  private static long count(String where) throws Exception {
    return owned("select count(*) from platform.data_key where " + where);
  }

  private static long owned(String sql) throws Exception {
    try (Connection owner = database.ownerConnection();
        Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Lets the owner, whom forced row-level security binds too, look at all rows. */
  static void seeAsOwner(RunningDatabase database) throws Exception {
    try (Connection owner = database.ownerConnection();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "create policy of_the_test on platform.data_key to current_user using (true) with check"
              + " (true)");
    }
  }

  private static void owner(String sql) throws Exception {
    try (Connection owner = database.ownerConnection();
        Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }

  static <T> T get(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException fault) {
      throw fault.getCause() instanceof Exception cause ? cause : fault;
    }
  }
}
