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
import dev.saferun.platform.KeyKeeper.WrappedKey;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RunningDatabase;
import dev.saferun.platform.SecretKeyring;
import dev.saferun.platform.SecretsConfiguration;
import dev.saferun.platform.VaultConfiguration;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real OpenBao on disk and over TLS, which is sealed, killed and restarted under the keys. */
class VaultOutageIT {

  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final byte[] PLACE = "place".getBytes(StandardCharsets.US_ASCII);

  @TempDir static Path temporary;
  private static CertificateAuthority authority;
  private static OpenBao bao;
  private static RunningDatabase database;
  private static DataDirectory directory;
  private static LogLines log;

  private final AtomicLong now = new AtomicLong();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<UUID> organizations = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    log = LogLines.capture();
    authority = CertificateAuthority.make(temporary);
    bao = OpenBao.onDisk(temporary, authority);
    database = Databases.startTemporary(List.of(), List.of());
    StoredDataKeysIT.seeAsOwner(database);
    directory = DataDirectory.open(temporary.resolve("data"));
  }

  @AfterAll
  static void stop() {
    directory.close();
    database.close();
    bao.close();
    log.close();
  }

  @BeforeEach
  void organizations() throws Exception {
    for (int i = 0; i < 20; i++) {
      organizations.add(newOrganization());
    }
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

  private record Node(Keepers keepers, DataKeyCare care) {}

  private Node node(String keeper, VaultConfiguration vault) {
    KeeperChoice choice =
        new KeeperChoice(
            new SecretsConfiguration(keeper, LIFE),
            vault,
            directory,
            SecretKeyring.open(directory),
            name -> null,
            Clock.systemUTC());
    return node(choice.keepers(System::nanoTime));
  }

  private Node node(List<BlockingKeeper> all) {
    SecretsMetrics metrics = new SecretsMetrics(OpenTelemetry.noop().getMeter("test"));
    Keepers keepers = new Keepers(all, metrics, Clock.systemUTC());
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
    return new Node(keepers, care);
  }

  private VaultConfiguration appRole() {
    return bao.withAppRole("1h", "4h", authority.authority());
  }

  @Test
  void sealedWhileServingItIsOutlastedAndComesBackByItself() throws Exception {
    Node node = node(SecretsConfiguration.VAULT, appRole());
    UUID organization = organizations.getFirst();
    DataKey key = node.care.keys().current(organization).orElseThrow();
    byte[] secret = key.key().getEncoded();
    bao.seal();
    try {
      now.addAndGet(LIFE.dividedBy(2).toNanos());
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> node.care.health().now().fault(), KeeperOutcome.SEALED.text()::equals);
      for (UUID id : organizations) {
        DataKey current = node.care.keys().current(id).orElseThrow();
        assertThat(Envelope.open(current, Envelope.seal(current, PLACE, PLACE), PLACE))
            .isEqualTo(PLACE);
      }
      now.addAndGet(LIFE.dividedBy(2).toNanos());
      assertThat(node.care.keys().current(organization)).isEmpty();
      assertThat(node.care.health().now().keysMissing()).isEqualTo(organizations.size());
      assertThatThrownBy(() -> StoredDataKeysIT.get(node.care.keys().fetch(organization)))
          .isInstanceOfSatisfying(
              ProblemException.class,
              away -> assertThat(away.code()).isEqualTo(CommonProblem.SECRETS_UNAVAILABLE))
          .hasMessage("the keeper of the secrets is sealed");
    } finally {
      bao.unseal();
    }
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> node.care.keys().current(organization).map(DataKey::id),
            Optional.of(key.id())::equals);
    await().atMost(Duration.ofSeconds(20)).until(() -> node.care.health().now().fault() == null);
    assertNothingSecretIn(log.text(), secret);
  }

  /**
   * Killed after some of the keys, started again, sealed at first: nothing lost, nothing doubled.
   */
  @Test
  void killedAndRestartedInTheMiddleOfARotationItIsFinished() throws Exception {
    AtomicInteger wraps = new AtomicInteger(Integer.MAX_VALUE);
    VaultKeeper vault = new VaultKeeper(appRole(), System::nanoTime);
    Node node = node(List.of(new KilledInTheMiddle(vault, wraps)));
    List<byte[]> sealed = new ArrayList<>();
    for (UUID id : organizations) {
      DataKey key = StoredDataKeysIT.get(node.care.keys().fetch(id));
      sealed.add(Envelope.seal(key, PLACE, PLACE));
    }
    StoredDataKeysIT.get(node.care.rotation().rewrap());
    wraps.set(7);
    int version = StoredDataKeysIT.get(node.care.rotation().rotate());
    await().atMost(Duration.ofSeconds(20)).until(() -> wraps.get() < 0);
    assertThat(count("keeper_version = " + version)).isEqualTo(7);
    for (int i = 0; i < organizations.size(); i++) {
      DataKey current = node.care.keys().current(organizations.get(i)).orElseThrow();
      assertThat(Envelope.open(current, sealed.get(i), PLACE)).isEqualTo(PLACE);
    }

    bao.restart();
    bao.unseal();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> count("keeper_version = " + version) == organizations.size());
    assertThat(vault.newestVersion()).as("rotated once").isEqualTo(version);
    assertThat(count("true")).isEqualTo(organizations.size());
    assertThat(StoredDataKeysIT.get(node.care.rotation().rewrap())).isZero();
    node.care.held().clear();
    for (int i = 0; i < organizations.size(); i++) {
      DataKey key = StoredDataKeysIT.get(node.care.keys().fetch(organizations.get(i)));
      assertThat(Envelope.open(key, sealed.get(i), PLACE)).isEqualTo(PLACE);
    }
  }

  /** The administrator rotates at the server itself; nobody tells the appliance. */
  @Test
  void aRotationAtTheServerIsNoticed() throws Exception {
    node(SecretsConfiguration.VAULT, appRole());
    long before = count("true");
    bao.call("POST", "transit/keys/saferun/rotate", "{}");
    int newest =
        Integer.parseInt(
            String.valueOf(
                OpenBao.data(bao.call("GET", "transit/keys/saferun", "")).get("latest_version")));
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> count("keeper_version = " + newest) == before);
  }

  /**
   * A load of seals and opens goes on through a data key, a KEK and a server that goes and comes.
   */
  @Test
  void underLoadNothingFailsWhileBothRotateAndTheServerIsAway() throws Exception {
    Node node = node(SecretsConfiguration.VAULT, appRole());
    UUID organization = organizations.getFirst();
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong done = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    AtomicReferenceOfFault first = new AtomicReferenceOfFault();
    Thread load =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!over.get()) {
                    try {
                      DataKey key = node.care.keys().current(organization).orElseThrow();
                      byte[] sealed = Envelope.seal(key, PLACE, PLACE);
                      DataKey found =
                          StoredDataKeysIT.get(
                                  node.care.keys().find(organization, Envelope.keyId(sealed)))
                              .orElseThrow();
                      Envelope.open(found, sealed, PLACE);
                      done.incrementAndGet();
                    } catch (Exception fault) {
                      failed.incrementAndGet();
                      first.set(fault);
                    }
                  }
                });
    for (int i = 0; i < 3; i++) {
      StoredDataKeysIT.get(
          node.care
              .keys()
              .rotate(
                  organization,
                  session -> java.util.concurrent.CompletableFuture.completedStage(null)));
      StoredDataKeysIT.get(node.care.rotation().rotate());
      StoredDataKeysIT.get(node.care.rotation().rewrap());
      bao.seal();
      await().until(() -> unanswered(node));
      bao.unseal();
    }
    over.set(true);
    load.join();
    System.out.printf(
        "load over a real server: %d sealed and opened, %d failed; 3 data keys and 3 key-encryption"
            + " keys rotated, sealed and unsealed 3 times%n",
        done.get(), failed.get());
    assertThat(failed.get()).as("the first: %s", first.fault).isZero();
    assertThat(done.get()).isGreaterThan(1_000);
  }

  private static boolean unanswered(Node node) {
    try {
      StoredDataKeysIT.get(node.keepers.current().newestVersion());
      return false;
    } catch (Exception away) {
      return true;
    }
  }

  /** From the keyring to the Vault is a rotation like any other. */
  @Test
  void anotherKeeperTakesTheKeysOver() throws Exception {
    Node local = node(SecretsConfiguration.KEYRING, VaultConfiguration.defaults());
    UUID organization = organizations.getFirst();
    byte[] sealed =
        Envelope.seal(local.care.keys().current(organization).orElseThrow(), PLACE, PLACE);
    assertThat(count("keeper = 'keyring'")).isEqualTo(organizations.size());
    Node vault = node(SecretsConfiguration.VAULT, appRole());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> count("keeper = 'vault'") == organizations.size());
    vault.care.held().clear();
    DataKey key = StoredDataKeysIT.get(vault.care.keys().fetch(organization));
    assertThat(Envelope.open(key, sealed, PLACE)).isEqualTo(PLACE);
  }

  @Test
  void aServerOfAnotherAuthorityIsNotAsked() throws Exception {
    Path elsewhere = Files.createDirectory(temporary.resolve("other-" + UUID.randomUUID()));
    CertificateAuthority other = CertificateAuthority.make(elsewhere);
    VaultKeeper wrong =
        new VaultKeeper(bao.withAppRole("1h", "4h", other.authority()), System::nanoTime);
    VaultKeeper none = new VaultKeeper(bao.withAppRole("1h", "4h", null), System::nanoTime);
    for (VaultKeeper keeper : List.of(wrong, none)) {
      VaultKeeperIT.assertOutcome(keeper::newestVersion, KeeperOutcome.UNTRUSTED);
      keeper.close();
    }
  }

  private static void assertNothingSecretIn(String text, byte[] key) {
    assertThat(text)
        .contains("the keeper of the secrets is sealed")
        .doesNotContain(
            bao.rootToken(),
            HexFormat.of().formatHex(key),
            java.util.Base64.getEncoder().encodeToString(key));
  }

  private static long count(String where) throws Exception {
    try (Connection owner = database.ownerConnection();
        Statement statement = owner.createStatement();
        ResultSet rows =
            statement.executeQuery("select count(*) from platform.data_key where " + where)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static UUID newOrganization() throws Exception {
    UUID id = Ids.next(System.currentTimeMillis());
    StoredDataKeysIT.get(
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

  private static final class AtomicReferenceOfFault {
    private volatile @Nullable Throwable fault;

    void set(Throwable first) {
      fault = first;
    }
  }

  /** Kills the server after so many keys were wrapped. */
  private record KilledInTheMiddle(BlockingKeeper keeper, AtomicInteger left)
      implements BlockingKeeper {

    @Override
    public String name() {
      return keeper.name();
    }

    @Override
    public WrappedKey wrap(byte[] plain, byte[] context) {
      if (left.getAndDecrement() == 0) {
        bao.kill();
      }
      return keeper.wrap(plain, context);
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, byte[] context) {
      return keeper.unwrap(wrapped, context);
    }

    @Override
    public int newestVersion() {
      return keeper.newestVersion();
    }

    @Override
    public int rotate() {
      return keeper.rotate();
    }

    @Override
    public Optional<dev.saferun.platform.Secret> credential(CredentialName name) {
      return keeper.credential(name);
    }

    @Override
    public void tend() {
      keeper.tend();
    }

    @Override
    public void close() {
      keeper.close();
    }
  }
}
