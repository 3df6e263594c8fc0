package dev.saferun.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.saferun.platform.Ids;
import dev.saferun.platform.KeyKeeper.WrappedKey;
import dev.saferun.platform.VaultConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real OpenBao in its development mode. */
class VaultKeeperIT extends KeeperContract {

  @TempDir static Path temporary;
  private static OpenBao bao;
  private static VaultKeeper shared;
  private static LogLines log;

  private final List<VaultKeeper> opened = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    log = LogLines.capture();
    bao = OpenBao.dev(temporary);
    bao.call(
        "POST",
        "secret/data/saferun/siem/splunk",
        "{\"data\":{\"token\":\"" + CREDENTIAL + "\",\"port\":8088}}");
    shared = new VaultKeeper(bao.withAppRole("1h", "4h", null), System::nanoTime);
  }

  @AfterAll
  static void stop() {
    shared.close();
    bao.close();
    log.close();
  }

  @AfterEach
  void nothingSecretWasLogged() throws Exception {
    opened.forEach(VaultKeeper::close);
    assertThat(log.text()).contains("logged in at the Vault").doesNotContain(CREDENTIAL, "canary");
  }

  @Override
  BlockingKeeper keeper() {
    return shared;
  }

  private VaultKeeper open(VaultConfiguration configuration) {
    return open(configuration, System::nanoTime);
  }

  private VaultKeeper open(
      VaultConfiguration configuration, java.util.function.LongSupplier nanoTime) {
    VaultKeeper keeper = new VaultKeeper(configuration, nanoTime);
    opened.add(keeper);
    return keeper;
  }

  @Test
  void rotates() {
    assertRotates(shared);
  }

  @Test
  void theVersionIsVisibleInWhatWasWrapped() {
    WrappedKey wrapped = shared.wrap(Ids.secret(32), CONTEXT);
    assertThat(new String(wrapped.bytes(), java.nio.charset.StandardCharsets.US_ASCII))
        .startsWith("vault:v" + wrapped.version() + ":");
  }

  /** A key that somebody made without derived=true binds the context all the same. */
  @Test
  void aKeyThatIsNotDerivedBindsTheContextToo() {
    bao.call("POST", "transit/keys/plain", "{}");
    VaultConfiguration given = bao.withToken(bao.rootToken());
    VaultKeeper keeper = open(withTransitKey(given, "plain"));
    WrappedKey wrapped = keeper.wrap(Ids.secret(32), CONTEXT);
    assertThat(keeper.unwrap(wrapped, CONTEXT)).hasSize(32);
    assertThatThrownBy(() -> keeper.unwrap(wrapped, new byte[] {1}))
        .isInstanceOf(dev.saferun.platform.BrokenSealException.class);
  }

  @Test
  void aTokenFromAFileIsRenewedBeforeItEnds() {
    VaultKeeper keeper = open(bao.withToken(bao.tokenFor("saferun", "3s")));
    WrappedKey wrapped = keeper.wrap(Ids.secret(32), CONTEXT);
    long begun = System.nanoTime();
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              keeper.tend();
              keeper.unwrap(wrapped, CONTEXT);
              return System.nanoTime() - begun > Duration.ofSeconds(7).toNanos();
            });
  }

  /** The control: without the care of its renewal the same token ends. */
  @Test
  void aTokenThatNobodyRenewsEnds() {
    AtomicLong stopped = new AtomicLong(System.nanoTime());
    VaultKeeper keeper = open(bao.withToken(bao.tokenFor("saferun", "2s")), stopped::get);
    WrappedKey wrapped = keeper.wrap(Ids.secret(32), CONTEXT);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertOutcome(() -> keeper.unwrap(wrapped, CONTEXT), KeeperOutcome.DENIED));
  }

  /** The longest life of these tokens is over several times; nobody who asks notices. */
  @Test
  void anAppRoleLogsInAgainWhenItsTokenCanLiveNoLonger() {
    int before = logins();
    VaultKeeper keeper = open(bao.withAppRole("2s", "4s", null));
    WrappedKey wrapped = keeper.wrap(Ids.secret(32), CONTEXT);
    long begun = System.nanoTime();
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              keeper.tend();
              keeper.unwrap(wrapped, CONTEXT);
              return System.nanoTime() - begun > Duration.ofSeconds(9).toNanos();
            });
    assertThat(logins() - before).isBetween(2, 8);
    assertThat(log.text()).contains("the token at the Vault was renewed");
  }

  @Test
  void aRevokedTokenIsReplacedByALogin() {
    VaultKeeper keeper = open(bao.withAppRole("1h", "4h", null));
    WrappedKey wrapped = keeper.wrap(Ids.secret(32), CONTEXT);
    bao.call("PUT", "sys/leases/revoke-prefix/auth/approle/login", "{\"sync\":true}");
    assertThat(keeper.unwrap(wrapped, CONTEXT)).hasSize(32);
    assertThat(log.text()).contains("the Vault knows the token no longer");
  }

  @Test
  void aTokenFileThatWasReplacedIsReadAgain() throws Exception {
    String first = bao.tokenFor("saferun", "1h");
    VaultConfiguration configuration = bao.withToken(first);
    VaultKeeper keeper = open(configuration);
    WrappedKey wrapped = keeper.wrap(Ids.secret(32), CONTEXT);
    Files.writeString(Path.of(configuration.tokenFile()), bao.tokenFor("saferun", "1h"));
    bao.call("POST", "auth/token/revoke", "{\"token\":\"" + first + "\"}");
    assertThat(keeper.unwrap(wrapped, CONTEXT)).hasSize(32);
  }

  @Test
  void closingGivesTheTokenBack() {
    VaultKeeper keeper = open(bao.withAppRole("1h", "4h", null));
    keeper.newestVersion();
    int before = accessors();
    keeper.close();
    assertThat(accessors()).isEqualTo(before - 1);
    opened.remove(keeper);
  }

  @Test
  void aWrongTokenIsDenied() {
    VaultKeeper keeper = open(bao.withToken("canary-of-a-wrong-token"));
    assertOutcome(() -> keeper.wrap(new byte[32], CONTEXT), KeeperOutcome.DENIED);
  }

  @Test
  void aWrongSecretIdIsDenied() throws Exception {
    VaultConfiguration configuration = bao.withAppRole("1h", "4h", null);
    Files.writeString(Path.of(configuration.secretIdFile()), "canary-of-a-wrong-secret-id");
    VaultKeeper keeper = open(configuration);
    assertOutcome(keeper::newestVersion, KeeperOutcome.DENIED);
  }

  @Test
  void aPolicyThatAllowsNothingIsToldAsDeniedAndLogsInOnce() {
    VaultKeeper keeper = open(bao.withToken(bao.tokenFor("default", "1h")));
    assertOutcome(() -> keeper.wrap(new byte[32], CONTEXT), KeeperOutcome.DENIED);
    assertOutcome(() -> keeper.credential(new CredentialName("a", "b")), KeeperOutcome.DENIED);
    assertOutcome(keeper::rotate, KeeperOutcome.DENIED);
  }

  @Test
  void aMissingTransitKeyIsToldAsThat() {
    VaultKeeper keeper = open(withTransitKey(bao.withToken(bao.rootToken()), "nobody-made-this"));
    assertOutcome(keeper::newestVersion, KeeperOutcome.REFUSED);
  }

  @Test
  void aServerThatIsNotThereIsToldAsUnreachableInTime() {
    VaultConfiguration given = bao.withToken("canary-of-a-token");
    VaultConfiguration away =
        new VaultConfiguration(
            "http://127.0.0.1:1",
            null,
            null,
            given.tokenFile(),
            null,
            null,
            "approle",
            "secret",
            "saferun",
            "transit",
            "saferun",
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            3);
    VaultKeeper keeper = open(away);
    long begun = System.nanoTime();
    assertOutcome(() -> keeper.wrap(new byte[32], CONTEXT), KeeperOutcome.UNREACHABLE);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
  }

  /** It takes the connection and says nothing. */
  @Test
  void aServerThatSaysNothingIsGivenUp() throws Exception {
    try (java.net.ServerSocket silent =
        new java.net.ServerSocket(0, 50, java.net.InetAddress.getLoopbackAddress())) {
      VaultConfiguration given = bao.withToken("canary-of-a-token");
      VaultKeeper keeper =
          open(
              new VaultConfiguration(
                  "http://127.0.0.1:" + silent.getLocalPort(),
                  null,
                  null,
                  given.tokenFile(),
                  null,
                  null,
                  "approle",
                  "secret",
                  "saferun",
                  "transit",
                  "saferun",
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(1),
                  1));
      long begun = System.nanoTime();
      assertOutcome(keeper::newestVersion, KeeperOutcome.UNREACHABLE);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void aFileThatOthersCanReadRefusesToStart() throws Exception {
    VaultConfiguration configuration = bao.withToken("canary-of-a-token");
    Files.setPosixFilePermissions(
        Path.of(configuration.tokenFile()), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> new VaultKeeper(configuration, System::nanoTime))
        .hasMessageContaining("can be read by others")
        .hasMessageNotContaining("canary-of-a-token");
  }

  @Test
  void aNamespaceHasItsOwnKeys() {
    bao.call("POST", "sys/namespaces/team", "{}");
    bao.prepare("team/");
    VaultKeeper team = open(bao.withToken(bao.rootToken(), "team", null));
    WrappedKey wrapped = team.wrap(Ids.secret(32), CONTEXT);
    assertThat(team.unwrap(wrapped, CONTEXT)).hasSize(32);
    assertThatThrownBy(() -> shared.unwrap(wrapped, CONTEXT))
        .isInstanceOf(dev.saferun.platform.BrokenSealException.class);
    VaultKeeper nowhere = open(bao.withToken(bao.rootToken(), "nowhere", null));
    assertThatThrownBy(nowhere::newestVersion).isInstanceOf(KeeperFault.class);
  }

  private static VaultConfiguration withTransitKey(VaultConfiguration given, String key) {
    return new VaultConfiguration(
        given.address(),
        null,
        null,
        given.tokenFile(),
        null,
        null,
        given.appRolePath(),
        given.credentialsPath(),
        given.credentialsPrefix(),
        given.transitPath(),
        key,
        given.connectTimeout(),
        given.timeout(),
        given.attemptsMax());
  }

  private static int logins() {
    return log.text().split("logged in at the Vault", -1).length - 1;
  }

  private static int accessors() {
    return OpenBao.list(OpenBao.data(bao.call("GET", "auth/token/accessors?list=true", "")), "keys")
        .size();
  }

  static void assertOutcome(ThrowingCallable call, KeeperOutcome outcome) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KeeperFault.class, fault -> assertThat(fault.outcome()).isEqualTo(outcome))
        .hasMessageNotContaining("canary")
        .hasNoCause();
  }
}
