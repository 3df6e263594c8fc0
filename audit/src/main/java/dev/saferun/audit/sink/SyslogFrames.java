package dev.saferun.audit.sink;

import dev.saferun.audit.stream.StreamedEvent;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events as messages of RFC 5424, each behind its length in bytes (RFC 6587, 3.4.1).
 *
 * <p>The structured data has the id {@code saferun@32473}. An own id wants an enterprise number,
 * and until one is registered it is the one that RFC 5612 keeps for examples, so that it is nobody
 * else's. A receiver drops doubles by {@code eventId}.
 */
final class SyslogFrames {

  private static final int SEVERITIES = 8;
  private static final int SEVERITY_WARNING = 4;
  private static final int SEVERITY_INFORMATIONAL = 6;
  private static final int HOST_CHARACTERS_MAX = 255;
  private static final int MESSAGE_ID_CHARACTERS_MAX = 32;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final String hostname;
  private final int facility;
  private final @Nullable Integer severity;
  private final boolean mark;

  /**
   * @param severity of each message; null: a warning for a detection, else informational
   * @param mark whether text that is not ASCII has the byte order mark before it that the RFC asks
   *     for; many a parser of JSON stumbles over it
   */
  SyslogFrames(String hostname, int facility, @Nullable Integer severity, boolean mark) {
    this.hostname = printable(hostname, HOST_CHARACTERS_MAX);
    this.facility = facility;
    this.severity = severity;
    this.mark = mark;
  }

  byte[] write(List<Message> batch) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Message message : batch) {
      byte[] head = head(message);
      byte[] marker = mark && !isAscii(message.body()) ? BYTE_ORDER_MARK : new byte[0];
      int length = head.length + marker.length + message.body().length;
      out.writeBytes(Payload.ascii(length + " "));
      out.writeBytes(head);
      out.writeBytes(marker);
      out.writeBytes(message.body());
    }
    return out.toByteArray();
  }

  private byte[] head(Message message) {
    StreamedEvent event = message.event();
    return Payload.ascii(
        "<"
            + (facility * SEVERITIES + severity(event))
            + ">1 "
            + time(event.at())
            + " "
            + hostname
            + " saferun - "
            + printable(Payload.code(message), MESSAGE_ID_CHARACTERS_MAX)
            + " [saferun@32473 eventId=\""
            + event.id()
            + "\" position=\""
            + event.position()
            + "\" organizationId=\""
            + event.organizationId()
            + "\"] ");
  }

  private int severity(StreamedEvent event) {
    if (severity != null) {
      return severity;
    }
    return event.kind() == StreamedEvent.Kind.DETECTION ? SEVERITY_WARNING : SEVERITY_INFORMATIONAL;
  }

  /** The RFC takes no more than six digits of a second. */
  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS).toString();
  }

  private static String printable(String text, int charactersMax) {
    String clean = text.replaceAll("[^!-~]", "_");
    if (clean.isEmpty()) {
      return "-";
    }
    return clean.length() > charactersMax ? clean.substring(0, charactersMax) : clean;
  }

  private static boolean isAscii(byte[] body) {
    for (byte one : body) {
      if (one < 0) {
        return false;
      }
    }
    return true;
  }
}
