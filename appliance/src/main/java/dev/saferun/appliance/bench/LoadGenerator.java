package dev.saferun.appliance.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends prepared requests over a number of connections and measures each answer. Closed loop: a
 * connection sends the next request when the last was answered. With a rate: requests are due at
 * fixed times and latency counts from when a request was due, so that a stall is seen by all who
 * waited in it.
 */
public final class LoadGenerator {

  private static final long SELECT_NANOS_MIN = 1_000_000;

  private final InetSocketAddress address;
  private final PreparedRequests requests;
  private final int connections;
  private final AnswerListener listener;
  private final long gapNanos;
  private final Histogram latencyMicros = new Histogram(60_000_000, 3);
  private final Selector selector;
  private int busy;
  private long nextDueNanos;
  private long answers;
  private long refused;

  private LoadGenerator(
      InetSocketAddress address,
      PreparedRequests requests,
      int connections,
      double perSecond,
      AnswerListener listener)
      throws IOException {
    this.address = address;
    this.requests = requests;
    this.connections = connections;
    this.listener = listener;
    this.gapNanos = perSecond > 0 ? (long) (1e9 / perSecond) : 0;
    this.selector = Selector.open();
  }

  /** Looks at each answer as it comes in, on the thread that measures. */
  @FunctionalInterface
  public interface AnswerListener {

    /** Takes nothing down. */
    AnswerListener NONE = (answer, length) -> {};

    /** The bytes are used again for the next answer. */
    void onAnswer(byte[] answer, int length);
  }

  /**
   * What was measured.
   *
   * @param refused answers with another status than 2xx
   */
  public record Result(
      double perSecond,
      double p50Millis,
      double p95Millis,
      double p99Millis,
      long answers,
      long refused) {}

  /** As fast as the connections allow. */
  public static Result closedLoop(
      InetSocketAddress address, PreparedRequests requests, int connections, Duration duration)
      throws IOException {
    return new LoadGenerator(address, requests, connections, 0, AnswerListener.NONE).run(duration);
  }

  /** At a fixed rate. */
  public static Result openLoop(
      InetSocketAddress address,
      PreparedRequests requests,
      int connections,
      double perSecond,
      Duration duration)
      throws IOException {
    return openLoop(address, requests, connections, perSecond, duration, AnswerListener.NONE);
  }

  /** At a fixed rate, with a look at each answer. */
  public static Result openLoop(
      InetSocketAddress address,
      PreparedRequests requests,
      int connections,
      double perSecond,
      Duration duration,
      AnswerListener listener)
      throws IOException {
    return new LoadGenerator(address, requests, connections, perSecond, listener).run(duration);
  }

  /** One connection: idle, writing a request, or reading its answer. */
  private static final class Connection {
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(1 << 16);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private long dueNanos;
    private boolean busy;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }
  }

  private Result run(Duration duration) throws IOException {
    Connection[] all = new Connection[connections];
    try {
      for (int i = 0; i < connections; i++) {
        all[i] = open();
      }
      long start = System.nanoTime();
      long end = start + duration.toNanos();
      nextDueNanos = start;
      while (System.nanoTime() < end) {
        feed(all);
        awaitAnswers(end);
        readAnswers();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Result(answers / seconds, millis(50), millis(95), millis(99), answers, refused);
    } finally {
      for (Connection connection : all) {
        if (connection != null) {
          connection.channel.close();
        }
      }
      selector.close();
    }
  }

  private double millis(double percentile) {
    return latencyMicros.getValueAtPercentile(percentile) / 1_000.0;
  }

  private Connection open() throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.configureBlocking(false);
    channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
    Connection connection = new Connection(channel);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  /** Gives every idle connection its next request, where one is due. */
  private void feed(Connection[] all) throws IOException {
    for (Connection connection : all) {
      long now = System.nanoTime();
      if (connection.busy || (gapNanos > 0 && now < nextDueNanos)) {
        continue;
      }
      connection.dueNanos = gapNanos > 0 ? nextDueNanos : now;
      nextDueNanos += gapNanos;
      connection.busy = true;
      busy++;
      connection.out = ByteBuffer.wrap(requests.next());
      write(connection);
    }
  }

  private void write(Connection connection) throws IOException {
    connection.channel.write(connection.out);
    connection
        .channel
        .keyFor(selector)
        .interestOps(connection.out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  /**
   * Waits for an answer, or until the next request is due. It never spins: a client that takes a
   * whole processor would measure itself.
   */
  private void awaitAnswers(long endNanos) throws IOException {
    boolean nothingToSend = gapNanos == 0 || busy == connections;
    long wait = (nothingToSend ? endNanos : Math.min(endNanos, nextDueNanos)) - System.nanoTime();
    if (wait >= SELECT_NANOS_MIN) {
      selector.select(wait / SELECT_NANOS_MIN);
    } else {
      // A selector waits for whole milliseconds; answers that come meanwhile are read a little
      // late.
      LockSupport.parkNanos(wait);
      selector.selectNow();
    }
  }

  private void readAnswers() throws IOException {
    for (SelectionKey key : selector.selectedKeys()) {
      Connection connection = (Connection) key.attachment();
      if (key.isWritable()) {
        write(connection);
      } else if (key.isReadable()) {
        read(connection);
      }
    }
    selector.selectedKeys().clear();
  }

  private void read(Connection connection) throws IOException {
    if (connection.channel.read(connection.in) < 0) {
      throw new EOFException("the server closed a connection");
    }
    int status = HttpAnswer.statusWhenWhole(connection.in.array(), connection.in.position());
    if (status == 0) {
      return;
    }
    listener.onAnswer(connection.in.array(), connection.in.position());
    connection.in.clear();
    connection.busy = false;
    busy--;
    answers++;
    refused += status / 100 == 2 ? 0 : 1;
    latencyMicros.recordValue(
        Math.clamp((System.nanoTime() - connection.dueNanos) / 1_000, 0, 60_000_000));
    if (gapNanos == 0) {
      feed(new Connection[] {connection});
    }
  }
}
