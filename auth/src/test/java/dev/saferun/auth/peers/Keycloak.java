package dev.saferun.auth.peers;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A real Keycloak with the realm of {@code oidc/keycloak-realm.json}: the people ada (of the groups
 * engineers and reviewers) and eve (of none), and a client. What it keeps goes with its process.
 */
public final class Keycloak implements AutoCloseable {

  public static final String REALM = "saferun";
  public static final String CLIENT = "saferun-oidc";
  public static final String CLIENT_SECRET = "canary-of-the-client";

  private static final String ADMIN = "admin";
  private static final String ADMIN_PASSWORD = "canary-of-the-admin";

  /** Above the key that a realm has from its birth, and each above the one before. */
  private static final int FIRST_PRIORITY = 200;

  private final PeerServer server;
  private final String base;
  private final HttpClient client = HttpClient.newHttpClient();
  private int rotations;

  private Keycloak(PeerServer server, String base) {
    this.server = server;
    this.base = base;
  }

  /**
   * @param directory that the test throws away
   */
  public static Keycloak start(Path directory) throws IOException {
    Path home = home();
    int port = PeerServer.freePort();
    String base = "http://127.0.0.1:" + port;
    PeerServer server =
        PeerServer.start(
            directory,
            List.of(
                "bash",
                home.resolve("bin/kc.sh").toString(),
                "start",
                "--optimized",
                // Else it listens for a cluster on every address of the machine.
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=" + base,
                "--log-level=warn"),
            Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                ADMIN,
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                ADMIN_PASSWORD,
                "JAVA_OPTS_KC_HEAP",
                "-Xms64m -Xmx512m -XX:TieredStopAtLevel=1"),
            base + "/realms/master");
    Keycloak keycloak = new Keycloak(server, base);
    keycloak.importRealm();
    return keycloak;
  }

  private static Path home() throws IOException {
    String asked = Files.readString(PeerCache.file("keycloak.properties"));
    Properties properties = new Properties();
    properties.load(new StringReader(asked));
    String name = properties.getProperty("directory");
    return PeerCache.directory("keycloak", asked, into -> fetch(properties, into)).resolve(name);
  }

  private static void fetch(Properties properties, Path into) throws IOException {
    PeerCache.run(
        into,
        Map.of(),
        List.of(
            "mvn",
            "--quiet",
            "--batch-mode",
            "--no-transfer-progress",
            "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack",
            "-Dartifact=" + properties.getProperty("artifact"),
            "-DoutputDirectory=" + into));
    List<String> build = new ArrayList<>(List.of("bash"));
    build.add(into.resolve(properties.getProperty("directory")).resolve("bin/kc.sh").toString());
    build.add("build");
    build.addAll(List.of(properties.getProperty("build").split(" ", -1)));
    PeerCache.run(into, Map.of(), build);
  }

  private void importRealm() throws IOException {
    try (InputStream realm = Keycloak.class.getResourceAsStream("/oidc/keycloak-realm.json")) {
      if (realm == null) {
        throw new IllegalStateException("the realm is not among the test's resources");
      }
      call("POST", "/admin/realms", realm.readAllBytes());
    }
  }

  /** Where it is, without a path. */
  public String base() {
    return base;
  }

  public String issuer() {
    return base + "/realms/" + REALM;
  }

  /** The realm's description as a SAML identity provider. */
  public String samlMetadataUrl() {
    return issuer() + "/protocol/saml/descriptor";
  }

  /** A token of the administrator; it lives a minute. */
  public String adminToken() {
    String form =
        "grant_type=password&client_id=admin-cli&username=%s&password=%s"
            .formatted(ADMIN, URLEncoder.encode(ADMIN_PASSWORD, StandardCharsets.UTF_8));
    HttpResponse<byte[]> answer =
        send(
            HttpRequest.newBuilder(
                    URI.create(base + "/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    return String.valueOf(StrictJson.parseObject(answer.body()).get("access_token"));
  }

  /**
   * @param json Keycloak's ClientRepresentation
   */
  public void addClient(String json) {
    call("POST", realm("/clients"), json.getBytes(StandardCharsets.UTF_8));
  }

  public void addUser(String name, String password, List<String> groups) {
    Map<String, Object> user = new HashMap<>();
    user.put("username", name);
    user.put("enabled", true);
    user.put("email", name + "@example.com");
    user.put("emailVerified", true);
    user.put("firstName", name);
    user.put("lastName", name);
    user.put("credentials", List.of(Map.of("type", "password", "value", password)));
    user.put("groups", groups.stream().map(group -> "/" + group).toList());
    call("POST", realm("/users"), CanonicalJson.write(user));
  }

  /** Where the client is told of the end of sessions. */
  public void setBackchannelLogout(String clientId, String url) {
    Map<String, @Nullable Object> representation =
        first(call("GET", realm("/clients?clientId=" + clientId), new byte[0]));
    Map<String, @Nullable Object> attributes = new HashMap<>();
    if (representation.get("attributes") instanceof Map<?, ?> before) {
      before.forEach((name, value) -> attributes.put((String) name, value));
    }
    attributes.put("backchannel.logout.url", url);
    representation.put("attributes", attributes);
    call("PUT", realm("/clients/" + representation.get("id")), CanonicalJson.write(representation));
  }

  /** Ends all sessions of a person, as an administrator does. */
  public void logOut(String user) {
    Map<String, @Nullable Object> found =
        first(call("GET", realm("/users?exact=true&username=" + user), new byte[0]));
    call("POST", realm("/users/" + found.get("id") + "/logout"), new byte[0]);
  }

  /** From now on the realm signs with a new key, and the old ones are withdrawn. */
  public void rotateKeys() {
    String before = "/components?type=org.keycloak.keys.KeyProvider";
    List<Map<String, @Nullable Object>> old = all(call("GET", realm(before), new byte[0]));
    int priority = FIRST_PRIORITY + rotations++;
    call(
        "POST",
        realm("/components"),
        CanonicalJson.write(
            Map.of(
                "name",
                "rsa-" + priority,
                "providerId",
                "rsa-generated",
                "providerType",
                "org.keycloak.keys.KeyProvider",
                "config",
                Map.of("priority", List.of(Integer.toString(priority))))));
    old.stream()
        .filter(component -> "rsa-generated".equals(component.get("providerId")))
        .forEach(
            component -> call("DELETE", realm("/components/" + component.get("id")), new byte[0]));
  }

  private static String realm(String path) {
    return "/admin/realms/" + REALM + path;
  }

  /**
   * Any call of the admin REST API; fails unless it succeeds.
   *
   * @param path from the host on
   * @param json empty for none
   */
  public byte[] call(String method, String path, byte[] json) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Bearer " + adminToken())
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(json))
            .build();
    return send(request).body();
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            request.uri()
                + ": "
                + answer.statusCode()
                + " "
                + new String(answer.body(), StandardCharsets.UTF_8));
      }
      return answer;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static Map<String, @Nullable Object> first(byte[] json) {
    return all(json).getFirst();
  }

  private static List<Map<String, @Nullable Object>> all(byte[] json) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    if (!(StrictJson.parse(json) instanceof List<?> list)) {
      throw new IllegalStateException("no list");
    }
    for (Object element : list) {
      Map<String, @Nullable Object> copy = new HashMap<>();
      if (element instanceof Map<?, ?> members) {
        members.forEach((name, value) -> copy.put((String) name, value));
      }
      all.add(copy);
    }
    return all;
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
