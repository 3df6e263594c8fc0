package dev.saferun.audit.sink;

import java.util.List;

/**
 * An open way to one receiver. It belongs to one thread at a time and may block it.
 *
 * <p>When {@link #send} returns, the receiver has acknowledged every message as durable, as far as
 * its protocol can say so, except those that it returned as refused: sending these again would not
 * help. When it throws, any part of the batch may have arrived: all of it is sent again, in the
 * same order, with the same ids.
 */
public interface Sink extends AutoCloseable {

  /** A message that the receiver will never take, and why, without secrets. */
  record Refused(int index, String reason) {}

  /**
   * @throws SinkException when the batch must be sent again later
   * @throws InterruptedException when the appliance stops
   */
  List<Refused> send(List<Message> batch) throws SinkException, InterruptedException;

  @Override
  void close();
}
