package dev.saferun.appliance.reliability;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads syslog frames (octet counting) and keeps the ids and positions of events. */
public final class SyslogCounter implements AutoCloseable {

  private static final Pattern EVENT =
      Pattern.compile("eventId=\"([0-9a-f-]{36})\".*?position=\"([0-9]+)\"");

  private final int port;
  private final Set<String> ids = new HashSet<>();
  private final Set<Long> positions = new HashSet<>();
  private @Nullable ServerSocket server;
  private long frames;
  private long outOfOrder;
  private long last = -1;

  /** Chooses a port; nobody listens there yet. */
  public SyslogCounter() throws IOException {
    try (ServerSocket chosen = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = chosen.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  public void open() throws IOException {
    ServerSocket opened = new ServerSocket(port, 16, InetAddress.getLoopbackAddress());
    server = opened;
    Thread.ofPlatform().daemon().name("syslog-counter").start(() -> accept(opened));
  }

  private void accept(ServerSocket opened) {
    while (!opened.isClosed()) {
      try (Socket socket = opened.accept();
          InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
        read(in);
      } catch (IOException closed) {
        // The next connection, or the end.
      }
    }
  }

  private void read(InputStream in) throws IOException {
    for (int b = in.read(); b >= 0; b = in.read()) {
      int length = 0;
      for (; b != ' '; b = in.read()) {
        length = length * 10 + b - '0';
      }
      take(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }
  }

  private synchronized void take(String frame) {
    Matcher event = EVENT.matcher(frame);
    if (!event.find()) {
      throw new IllegalStateException("a frame without an event: " + frame);
    }
    long position = Long.parseLong(event.group(2));
    frames++;
    ids.add(event.group(1));
    if (positions.add(position)) {
      outOfOrder += position < last ? 1 : 0;
      last = position;
    }
  }

  public synchronized long frames() {
    return frames;
  }

  public synchronized int distinct() {
    return ids.size();
  }

  public synchronized int positions() {
    return positions.size();
  }

  public synchronized long outOfOrder() {
    return outOfOrder;
  }

  /** Nobody listens any more until it is opened again. */
  @Override
  public void close() throws IOException {
    ServerSocket opened = server;
    if (opened != null) {
      opened.close();
    }
  }
}
