package dev.saferun.appliance.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A Cerbos server with policies that mean what our rules mean: for each of ten resources, ten
 * conditions that deny. It does more than we ask of it (schemas, roles, scopes), and its audit log
 * is not synced to the disk before it answers.
 */
final class Cerbos implements AutoCloseable {

  private static final int RESOURCES = 10;
  private static final int RULES_A_RESOURCE = 10;

  private final Process process;
  private final int port;

  private Cerbos(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Cerbos start(Path binary, Path directory, boolean audit)
      throws IOException, InterruptedException {
    Path policies = Files.createDirectories(directory.resolve("policies"));
    for (int resource = 0; resource < RESOURCES; resource++) {
      Files.writeString(policies.resolve("resource-" + resource + ".yaml"), policy(resource));
    }
    int port = freePort();
    Path configuration =
        Files.writeString(
            directory.resolve("cerbos.yaml"), configuration(directory, port, freePort(), audit));
    Process process =
        new ProcessBuilder(
                binary.toString(), "server", "--config=" + configuration, "--log-level=warn")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("cerbos.log").toFile())
            .start();
    Cerbos cerbos = new Cerbos(process, port);
    cerbos.awaitListening();
    return cerbos;
  }

  private static String configuration(Path directory, int port, int grpcPort, boolean audit) {
    return """
    server:
      httpListenAddr: "127.0.0.1:%d"
      grpcListenAddr: "127.0.0.1:%d"
    telemetry:
      disabled: true
    storage:
      driver: disk
      disk:
        directory: %s
        watchForChanges: false
    audit:
      enabled: %s
      accessLogsEnabled: true
      decisionLogsEnabled: true
      backend: local
      local:
        storagePath: %s
    """
        .formatted(
            port, grpcPort, directory.resolve("policies"), audit, directory.resolve("audit"));
  }

  private static String policy(int resource) {
    StringBuilder policy = new StringBuilder();
    policy.append("apiVersion: api.cerbos.dev/v1\nresourcePolicy:\n");
    policy.append("  resource: tool_%d%n  version: default%n  rules:%n".formatted(resource));
    policy.append(
        "    - actions: [\"call\"]\n      effect: EFFECT_ALLOW\n      roles: [\"agent\"]\n");
    for (int rule = 0; rule < RULES_A_RESOURCE; rule++) {
      policy.append(
          "    - actions: [\"call\"]\n      effect: EFFECT_DENY\n      roles: [\"agent\"]\n");
      policy.append(
          "      condition:\n        match:\n          expr: \"R.attr.arguments.amount > R.attr.plan.amount + %d\"%n"
              .formatted(rule + 1));
    }
    return policy.toString();
  }

  /** The same facts in the form that Cerbos asks for. */
  static String body(String check) {
    return """
    {"requestId":"r","principal":{"id":"agent","roles":["agent"]},"resources":[{"actions":["call"],\
    "resource":{"kind":"tool_0","id":"1","attr":%s}}]}"""
        .formatted(check);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private void awaitListening() throws IOException, InterruptedException {
    for (int tries = 0; tries < 200; tries++) {
      if (listens()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IllegalStateException("Cerbos did not start; see cerbos.log");
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address());
      return true;
    } catch (ConnectException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
