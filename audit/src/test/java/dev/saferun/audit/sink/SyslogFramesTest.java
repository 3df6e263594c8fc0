package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.audit.stream.StreamedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SyslogFramesTest {

  private static final UUID ID = new UUID(1, 2);
  private static final UUID ORGANIZATION = new UUID(3, 4);
  private static final String DATA =
      "[saferun@32473 eventId=\""
          + ID
          + "\" position=\"7\" organizationId=\""
          + ORGANIZATION
          + "\"]";

  @Test
  void aFrameIsItsLengthAndAMessageOfTheRfc() {
    String message =
        "<110>1 2026-11-28T10:00:00Z host saferun - key.created " + DATA + " {\"a\":1}";
    assertThat(write(StreamedEvent.Kind.AUDIT, "key.created", "{\"a\":1}", true))
        .isEqualTo(message.length() + " " + message);
  }

  @Test
  void theLengthCountsBytesAndTheMark() {
    String framed = write(StreamedEvent.Kind.AUDIT, "key.created", "ü", true);
    String message = framed.substring(framed.indexOf(' ') + 1);
    assertThat(message).endsWith("] \uFEFFü");
    assertThat(framed).startsWith(message.getBytes(StandardCharsets.UTF_8).length + " ");
  }

  @Test
  void theMarkCanBeLeftOut() {
    assertThat(write(StreamedEvent.Kind.AUDIT, "key.created", "ü", false)).endsWith("] ü");
  }

  @Test
  void aDetectionIsAWarning() {
    assertThat(write(StreamedEvent.Kind.DETECTION, "x", "a", true)).contains(" <108>1 ");
  }

  @Test
  void aMessageIdCannotBreakOut() {
    assertThat(write(StreamedEvent.Kind.AUDIT, "a b\nc]" + "x".repeat(40), "a", true))
        .contains(" - a_b_c]" + "x".repeat(26) + " [");
  }

  @Test
  void anEventWithoutACodeIsNamedByItsKind() {
    Message message =
        new Message(
            new StreamedEvent(
                ORGANIZATION, 7, ID, Instant.EPOCH, StreamedEvent.Kind.CHECKPOINT, Map.of()),
            new byte[] {'a'});
    byte[] written = new SyslogFrames("host", 13, null, true).write(List.of(message));
    assertThat(Payload.text(written)).contains(" checkpoint [");
  }

  private static String write(StreamedEvent.Kind kind, String code, String body, boolean mark) {
    StreamedEvent event =
        new StreamedEvent(
            ORGANIZATION, 7, ID, Instant.parse("2026-11-28T10:00:00Z"), kind, Map.of("code", code));
    Message message = new Message(event, body.getBytes(StandardCharsets.UTF_8));
    return Payload.text(new SyslogFrames("host", 13, null, mark).write(List.of(message)));
  }
}
