package dev.saferun.platform.secrets;

import static org.awaitility.Awaitility.await;

import dev.saferun.platform.Ids;
import dev.saferun.platform.StrictJson;
import dev.saferun.platform.VaultConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A real OpenBao server on a free port of this machine, and its administrator. */
final class OpenBao implements AutoCloseable {

  /** What the appliance's policy must allow, as docs/secrets.md says. */
  static final String POLICY =
      """
      path "secret/data/saferun/*" { capabilities = ["read"] }
      path "transit/encrypt/saferun" { capabilities = ["update"] }
      path "transit/decrypt/saferun" { capabilities = ["update"] }
      path "transit/keys/saferun" { capabilities = ["read"] }
      path "transit/keys/saferun/rotate" { capabilities = ["update"] }
      """;

  private final List<String> command;
  private final Path directory;
  private final String address;
  private final HttpClient http;
  private Process process;
  private String rootToken;
  private String unsealKey = "";

  private OpenBao(
      List<String> command, Path directory, String address, HttpClient http, String rootToken)
      throws IOException {
    this.command = command;
    this.directory = directory;
    this.address = address;
    this.http = http;
    this.rootToken = rootToken;
    this.process = launch();
  }

  /** Unsealed and in memory, with a transit key, a KV engine and the appliance's policy. */
  static OpenBao dev(Path directory) throws IOException {
    int port = freePort();
    String token = canary();
    OpenBao bao =
        new OpenBao(
            List.of(
                OpenBaoBinary.path().toString(),
                "server",
                "-dev",
                "-dev-no-store-token",
                "-dev-root-token-id=" + token,
                "-dev-listen-address=127.0.0.1:" + port),
            directory,
            "http://127.0.0.1:" + port,
            HttpClient.newHttpClient(),
            token);
    await().atMost(Duration.ofSeconds(30)).until(bao::isUnsealed);
    bao.prepare("");
    return bao;
  }

  /** On disk and over TLS, initialized and unsealed by one key. */
  static OpenBao onDisk(Path directory, CertificateAuthority authority) throws IOException {
    int port = freePort();
    Path configuration = directory.resolve("bao.hcl");
    Files.writeString(
        configuration,
        """
        api_addr = "https://127.0.0.1:%2$d"
        cluster_addr = "https://127.0.0.1:%3$d"
        storage "raft" {
          path = "%1$s"
          node_id = "one"
        }
        listener "tcp" {
          address = "127.0.0.1:%2$d"
          tls_cert_file = "%4$s"
          tls_key_file = "%5$s"
        }
        """
            .formatted(
                Files.createDirectory(directory.resolve("store")),
                port,
                freePort(),
                authority.certificate(),
                authority.key()));
    OpenBao bao =
        new OpenBao(
            List.of(OpenBaoBinary.path().toString(), "server", "-config=" + configuration),
            directory,
            "https://127.0.0.1:" + port,
            HttpClient.newBuilder().sslContext(authority.trust()).build(),
            "");
    await().atMost(Duration.ofSeconds(30)).until(() -> bao.health() == 501);
    Map<String, @Nullable Object> keys =
        bao.call("PUT", "sys/init", "{\"secret_shares\":1,\"secret_threshold\":1}");
    bao.rootToken = text(keys, "root_token");
    bao.unsealKey = (String) list(keys, "keys").getFirst();
    bao.unseal();
    bao.call("POST", "sys/mounts/secret", "{\"type\":\"kv\",\"options\":{\"version\":\"2\"}}");
    bao.prepare("");
    return bao;
  }

  /**
   * @param namespace ends with a slash, or is empty
   */
  void prepare(String namespace) {
    call("POST", namespace + "sys/mounts/transit", "{\"type\":\"transit\"}");
    call("POST", namespace + "transit/keys/saferun", "{\"derived\":true}");
    call("POST", namespace + "sys/auth/approle", "{\"type\":\"approle\"}");
    call(
        "POST",
        namespace + "sys/policies/acl/saferun",
        "{\"policy\":\"" + POLICY.replace("\"", "\\\"").replace("\n", "\\n") + "\"}");
  }

  String address() {
    return address;
  }

  String rootToken() {
    return rootToken;
  }

  VaultConfiguration withToken(String token) {
    return configuration(null, null, file("token", token), null, null);
  }

  VaultConfiguration withToken(String token, String namespace, @Nullable Path authority) {
    return configuration(
        namespace,
        authority == null ? null : authority.toString(),
        file("token", token),
        null,
        null);
  }

  /** A role of its own, whose tokens live so long. */
  VaultConfiguration withAppRole(String ttl, String maxTtl, @Nullable Path authority) {
    String role = "role-" + canary();
    call(
        "POST",
        "auth/approle/role/" + role,
        "{\"token_policies\":[\"saferun\"],\"token_ttl\":\"%s\",\"token_max_ttl\":\"%s\"}"
            .formatted(ttl, maxTtl));
    String roleId =
        text(data(call("GET", "auth/approle/role/" + role + "/role-id", "")), "role_id");
    String secretId =
        text(data(call("POST", "auth/approle/role/" + role + "/secret-id", "{}")), "secret_id");
    return configuration(
        null,
        authority == null ? null : authority.toString(),
        null,
        roleId,
        file("secret-id", secretId));
  }

  String tokenFor(String policy, String ttl) {
    Map<String, @Nullable Object> answer =
        call(
            "POST",
            "auth/token/create",
            "{\"policies\":[\"%s\"],\"ttl\":\"%s\",\"renewable\":true}".formatted(policy, ttl));
    return text(object(answer, "auth"), "client_token");
  }

  private VaultConfiguration configuration(
      @Nullable String namespace,
      @Nullable String authority,
      @Nullable String tokenFile,
      @Nullable String roleId,
      @Nullable String secretIdFile) {
    VaultConfiguration defaults = VaultConfiguration.defaults();
    return new VaultConfiguration(
        address,
        namespace,
        authority,
        tokenFile,
        roleId,
        secretIdFile,
        defaults.appRolePath(),
        defaults.credentialsPath(),
        defaults.credentialsPrefix(),
        defaults.transitPath(),
        defaults.transitKey(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        2);
  }

  private String file(String name, String content) {
    try {
      Path file = Files.createTempFile(directory, name, "");
      Files.writeString(file, content + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return file.toString();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** As the administrator; refused answers fail the test. */
  Map<String, @Nullable Object> call(String method, String path, String body) {
    HttpResponse<byte[]> answer = send(method, path, body);
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          path
              + ": "
              + answer.statusCode()
              + " "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer.body().length == 0 ? Map.of() : StrictJson.parseObject(answer.body());
  }

  private HttpResponse<byte[]> send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/v1/" + path))
            .timeout(Duration.ofSeconds(10))
            .header("X-Vault-Token", rootToken)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  void seal() {
    call("PUT", "sys/seal", "");
  }

  void unseal() {
    call("PUT", "sys/unseal", "{\"key\":\"" + unsealKey + "\"}");
    await().atMost(Duration.ofSeconds(20)).until(this::isUnsealed);
  }

  private boolean isUnsealed() {
    return health() == 200;
  }

  private int health() {
    try {
      return send("GET", "sys/health", "").statusCode();
    } catch (UncheckedIOException notYet) {
      return 0;
    }
  }

  /** Ends the process at once, as a crash would. */
  void kill() {
    process.destroyForcibly();
    await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
  }

  /** Brings a killed server back, sealed. */
  void restart() throws IOException {
    process = launch();
    await().atMost(Duration.ofSeconds(30)).until(() -> health() == 503);
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("bao.log").toFile()));
    builder.environment().put("HOME", directory.toString());
    return builder.start();
  }

  static Map<String, @Nullable Object> data(Map<String, @Nullable Object> answer) {
    return object(answer, "data");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(
      Map<String, @Nullable Object> answer, String name) {
    return (Map<String, @Nullable Object>) Objects.requireNonNull(answer.get(name));
  }

  static List<?> list(Map<String, @Nullable Object> object, String name) {
    return (List<?>) Objects.requireNonNull(object.get(name));
  }

  private static String text(Map<String, @Nullable Object> object, String name) {
    return (String) Objects.requireNonNull(object.get(name));
  }

  static String canary() {
    return "canary" + HexFormat.of().formatHex(Ids.secret(12));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    kill();
    http.shutdownNow();
  }
}
