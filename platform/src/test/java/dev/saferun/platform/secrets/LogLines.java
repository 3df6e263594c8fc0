package dev.saferun.platform.secrets;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/** Every line that is logged from now on, with its key/values and the messages of its causes. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  /** The Vault driver logs by the Java runtime's own logging. */
  private final Handler ofTheRuntime =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  static LogLines capture() {
    LogLines lines = new LogLines();
    lines.start();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(lines);
    // Everything that these classes could say, not only what is shown.
    ((Logger) LoggerFactory.getLogger("dev.saferun.platform.secrets")).setLevel(Level.TRACE);
    ((Logger) LoggerFactory.getLogger("io.github.jopenlibs")).setLevel(Level.TRACE);
    java.util.logging.Logger.getLogger("").addHandler(lines.ofTheRuntime);
    return lines;
  }

  @Override
  protected void append(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    line.append(event.getLevel()).append(' ').append(event.getFormattedMessage());
    line.append(' ').append(event.getKeyValuePairs());
    for (IThrowableProxy fault = event.getThrowableProxy();
        fault != null;
        fault = fault.getCause()) {
      line.append(' ').append(fault.getMessage());
    }
    lines.add(line.toString());
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(this);
    java.util.logging.Logger.getLogger("").removeHandler(ofTheRuntime);
  }
}
