package dev.saferun.audit.sink;

import dev.saferun.platform.AddressRefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * What went wrong on the way to a receiver, in our own words: those of the exceptions hold
 * addresses.
 */
final class Faults {

  private static final int DEPTH_MAX = 16;

  private Faults() {}

  /**
   * @param time that the whole call had
   */
  static SinkException of(IOException fault, Duration time, Deadline deadline)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Optional<AddressRefusedException> refused = cause(fault, AddressRefusedException.class);
    if (refused.isPresent()) {
      return new SinkException(String.valueOf(refused.get().getMessage()));
    }
    boolean isLate = deadline.hasPassed() || has(fault, InterruptedIOException.class);
    return isLate ? late(time) : new SinkException(reason(fault));
  }

  static SinkException late(Duration time) {
    return new SinkException("the receiver was not done within " + time.toSeconds() + " s");
  }

  private static String reason(IOException fault) {
    if (has(fault, ConnectException.class) || has(fault, NoRouteToHostException.class)) {
      return "the receiver takes no connection";
    }
    if (has(fault, SocketException.class)
        || has(fault, EOFException.class)
        || has(fault, NoHttpResponseException.class)
        || has(fault, ConnectionClosedException.class)) {
      return "the receiver closed the connection before it was done";
    }
    if (has(fault, SSLException.class)) {
      return "TLS failed: the receiver's certificate is not trusted or not for this name, it wants"
          + " another certificate of ours, or it speaks no TLS";
    }
    return "the receiver's answer is not one of its protocol";
  }

  private static boolean has(Throwable fault, Class<? extends Throwable> type) {
    return cause(fault, type).isPresent();
  }

  private static <T extends Throwable> Optional<T> cause(Throwable fault, Class<T> type) {
    Throwable cause = fault;
    for (int depth = 0; depth < DEPTH_MAX && cause != null; depth++) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
