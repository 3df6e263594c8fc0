package dev.saferun.audit.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Another address of this machine for a server that listens at 127.0.0.1. */
final class Relay implements AutoCloseable {

  private final ServerSocket server;
  private final int port;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  private Relay(ServerSocket server, int port) {
    this.server = server;
    this.port = port;
  }

  static Relay start(String address, int port) {
    try {
      Relay relay = new Relay(new ServerSocket(0, 50, Inet4Address.ofLiteral(address)), port);
      Thread.ofVirtual().start(relay::listen);
      return relay;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return open.size() / 2;
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        Socket here = server.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(here);
        open.add(there);
        Thread.ofVirtual().start(() -> pass(here, there));
        Thread.ofVirtual().start(() -> pass(there, here));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException gone) {
      // One side had enough.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
