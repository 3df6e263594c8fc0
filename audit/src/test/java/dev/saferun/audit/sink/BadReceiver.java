package dev.saferun.audit.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on this machine that speaks no protocol as it should. */
final class BadReceiver implements AutoCloseable {

  /** How it misbehaves. */
  enum Manner {
    /** Takes the connection and neither reads nor answers. */
    HANGS,
    /** Answers bytes of nothing at once and goes on listening. */
    TALKS_GARBAGE,
    /** Reads the start of a request and resets the connection. */
    RESETS,
    /** Closes in good order before it read anything. */
    LEAVES,
    /** Answers the head of a response and then a byte now and then. */
    DRIPS,
    /** Answers a body without an end. */
    FLOODS,
    /** Answers headers without an end. */
    FLOODS_HEADERS,
    /** Answers with an error that repeats all that it was sent. */
    REPEATS,
    /** Answers success with a body that means nothing. */
    AGREES_BLINDLY
  }

  private final ServerSocket server;
  private final Manner manner;
  private final AtomicInteger connections = new AtomicInteger();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  private BadReceiver(ServerSocket server, Manner manner) {
    this.server = server;
    this.manner = manner;
  }

  static BadReceiver start(Manner manner) throws IOException {
    BadReceiver receiver =
        new BadReceiver(new ServerSocket(0, 50, Inet4Address.ofLiteral("127.0.0.1")), manner);
    Thread.ofVirtual().start(receiver::listen);
    return receiver;
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try {
      misbehave(socket);
    } catch (IOException | InterruptedException gone) {
      // The other side had enough.
    }
  }

  private void misbehave(Socket socket) throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    switch (manner) {
      case HANGS -> Thread.sleep(60_000);
      case TALKS_GARBAGE -> {
        out.write(new byte[] {0, 1, 2, 3, (byte) 0xFF, '\n', 'x', '\r', '\n', '\r', '\n'});
        Thread.sleep(60_000);
      }
      case RESETS -> {
        socket.getInputStream().readNBytes(40);
        socket.setSoLinger(true, 0);
        socket.close();
      }
      case LEAVES -> socket.close();
      case DRIPS -> {
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        drip(out);
      }
      case FLOODS -> flood(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", "x".repeat(8192));
      case FLOODS_HEADERS -> flood(out, "HTTP/1.1 200 OK\r\n", "X-Header: x\r\n".repeat(600));
      case REPEATS -> repeat(socket);
      case AGREES_BLINDLY -> answer(socket, "200 OK", "{\"fine\":true}");
    }
  }

  private static void drip(OutputStream out) throws IOException, InterruptedException {
    for (int i = 0; i < 1_000; i++) {
      write(out, "x");
      Thread.sleep(50);
    }
  }

  private static void flood(OutputStream out, String head, String part) throws IOException {
    write(out, head);
    while (true) {
      write(out, part);
    }
  }

  /** As the protocols here would say it, each in its own member. */
  private static void repeat(Socket socket) throws IOException {
    String head = head(socket.getInputStream()).replaceAll("[\\\\\"\\r\\n\\t]", " ");
    String body =
        "{\"text\":\"%1$s\",\"code\":6,\"error\":\"%1$s\",\"errors\":true,\"items\":[]}"
            .formatted(head);
    answer(socket, "500 Oops", body);
  }

  private static void answer(Socket socket, String status, String body) throws IOException {
    write(
        socket.getOutputStream(),
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body));
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private static String head(InputStream in) throws IOException {
    return new String(in.readNBytes(200), StandardCharsets.ISO_8859_1);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
