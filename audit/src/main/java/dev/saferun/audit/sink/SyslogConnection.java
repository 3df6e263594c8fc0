package dev.saferun.audit.sink;

import dev.saferun.platform.AddressGuard;
import dev.saferun.platform.AddressRefusedException;
import dev.saferun.platform.Pinned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Brings bytes to a syslog receiver and learns whether it read them, although the protocol has no
 * word for that.
 *
 * <p>After the last byte we end our direction of the connection and wait until the receiver ends
 * its own. A receiver does so when it has read to our end; one that dies with bytes unread resets
 * the connection. A receiver that closed in good order while our last bytes were still on their way
 * would look like one that answers our end. So before our end we are silent for two round trips,
 * within which an end that crossed our bytes must have arrived.
 *
 * <p>Two things are beyond this protocol: what a receiver loses after it read, and a receiver that
 * says its end in good order, after ours, over bytes that it then does not read.
 */
final class SyslogConnection {

  private static final Duration SHORTEST_SILENCE = Duration.ofMillis(100);

  private final AddressGuard guard;
  private final String host;
  private final int port;
  private final @Nullable SSLContext tls;
  private final Duration timeout;

  /**
   * @param tls null: plain TCP
   * @param timeout of a whole batch
   */
  SyslogConnection(
      AddressGuard guard, String host, int port, @Nullable SSLContext tls, Duration timeout) {
    this.guard = guard;
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.timeout = timeout;
  }

  void deliver(byte[] frames) throws SinkException, InterruptedException {
    Pinned pinned = pin();
    Socket socket = new Socket();
    try (Deadline deadline = Deadline.after(timeout, () -> close(socket))) {
      try {
        deliver(frames, socket, pinned);
      } catch (IOException fault) {
        throw Faults.of(fault, timeout, deadline);
      }
    } finally {
      close(socket);
    }
  }

  private Pinned pin() throws SinkException {
    try {
      return guard.pin(host, port);
    } catch (AddressRefusedException refused) {
      throw new SinkException(String.valueOf(refused.getMessage()));
    }
  }

  private void deliver(byte[] frames, Socket socket, Pinned pinned)
      throws IOException, SinkException {
    long start = System.nanoTime();
    socket.connect(pinned.address(), Math.toIntExact(timeout.toMillis()));
    Duration roundTrip = Duration.ofNanos(System.nanoTime() - start);
    Socket way = tls == null ? socket : secure(tls, socket);
    way.getOutputStream().write(frames);
    way.getOutputStream().flush();
    expectSilence(way, roundTrip.multipliedBy(2));
    way.shutdownOutput();
    expectEnd(way);
  }

  private SSLSocket secure(SSLContext context, Socket socket) throws IOException {
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.setSoTimeout(Math.toIntExact(timeout.toMillis()));
    secure.startHandshake();
    return secure;
  }

  private static void expectSilence(Socket way, Duration asked) throws IOException, SinkException {
    Duration silence = asked.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : asked;
    way.setSoTimeout(Math.toIntExact(silence.toMillis()));
    int heard;
    try {
      heard = way.getInputStream().read();
    } catch (SocketTimeoutException silent) {
      return;
    }
    throw heard < 0
        ? new SinkException("the receiver closed the connection before it was done")
        : speaks();
  }

  private void expectEnd(Socket way) throws IOException, SinkException {
    way.setSoTimeout(Math.toIntExact(timeout.toMillis()));
    if (way.getInputStream().read() >= 0) {
      throw speaks();
    }
  }

  private static SinkException speaks() {
    return new SinkException("the receiver answers, which no receiver of syslog does");
  }

  /** The plain socket below TLS: closing the secure one would wait for its writer. */
  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
