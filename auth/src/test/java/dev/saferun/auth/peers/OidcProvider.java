package dev.saferun.auth.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The provider of the npm package {@code oidc-provider}. It logs in whoever names themselves, asks
 * for consent, and has one client for each algorithm: {@code saferun-ES256} and so on.
 */
public final class OidcProvider implements AutoCloseable {

  public static final String CLIENT_SECRET = "canary-of-oidc-provider";

  private final PeerServer server;
  private final String issuer;

  private OidcProvider(PeerServer server, String issuer) {
    this.server = server;
    this.issuer = issuer;
  }

  /**
   * @param directory that the test throws away
   */
  public static OidcProvider start(Path directory) throws IOException {
    Path packages = packages();
    int port = PeerServer.freePort();
    String issuer = "http://127.0.0.1:" + port;
    return new OidcProvider(
        PeerServer.start(
            directory,
            List.of(
                "node",
                PeerCache.file("oidc-provider.mjs").toString(),
                packages.toString(),
                Integer.toString(port)),
            Map.of(),
            issuer + "/.well-known/openid-configuration"),
        issuer);
  }

  private static Path packages() throws IOException {
    Path wanted = PeerCache.file("oidc-provider.package.json");
    Path lock = PeerCache.file("oidc-provider.package-lock.json");
    return PeerCache.directory(
        "oidc-provider",
        Files.readString(wanted) + Files.readString(lock),
        into -> {
          Files.copy(wanted, into.resolve("package.json"));
          Files.copy(lock, into.resolve("package-lock.json"));
          PeerCache.run(
              into, Map.of(), List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        });
  }

  public String issuer() {
    return issuer;
  }

  @Override
  public void close() {
    server.close();
  }
}
