package dev.saferun.audit.sink;

import java.util.List;

/** One connection a batch; see {@link SyslogConnection} for what makes it count. */
final class SyslogSink implements Sink {

  private final SyslogConnection connection;
  private final SyslogFrames frames;

  SyslogSink(SyslogConnection connection, SyslogFrames frames) {
    this.connection = connection;
    this.frames = frames;
  }

  @Override
  public List<Refused> send(List<Message> batch) throws SinkException, InterruptedException {
    if (!batch.isEmpty()) {
      connection.deliver(frames.write(batch));
    }
    return List.of();
  }

  @Override
  public void close() {
    // Nothing is held between two batches.
  }
}
