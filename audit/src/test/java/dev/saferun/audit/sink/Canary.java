package dev.saferun.audit.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener of the inner network at 127.0.0.1 that nobody may reach: it counts who does. */
final class Canary implements AutoCloseable {

  private final ServerSocket server;
  private final AtomicInteger connections = new AtomicInteger();

  private Canary(ServerSocket server) {
    this.server = server;
  }

  static Canary start() {
    try {
      Canary canary = new Canary(new ServerSocket(0, 200, Inet4Address.ofLiteral("127.0.0.1")));
      Thread.ofVirtual().start(canary::listen);
      return canary;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        socket.close();
      } catch (IOException closed) {
        return;
      }
    }
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
