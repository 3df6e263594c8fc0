package dev.saferun.audit.format;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.audit.stream.StreamedEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CefFormatTest {

  private static final CefFormat CEF = new CefFormat(new Product("0.1.0"));

  /** The keys of the guide that we use, with how long their values may be. */
  private static final Map<String, Integer> CHARACTERS_MAX =
      Map.ofEntries(
          entry("rt", 20),
          entry("externalId", 40),
          entry("cat", 1023),
          entry("deviceExternalId", 255),
          entry("msg", 1023),
          entry("act", 63),
          entry("outcome", 63),
          entry("suid", 1023),
          entry("suser", 1023),
          entry("spriv", 1023),
          entry("src", 15),
          entry("shost", 1023),
          entry("reason", 1023),
          entry("destinationServiceName", 255),
          entry("c6a2", 45),
          entry("cn1", 20),
          entry("cfp1", 40));

  @Test
  void aDeedIsRead() {
    CefLine deed = read(Events.deed("key.created"));
    assertThat(deed.header())
        .containsExactly("CEF:0", "SafeRun", "SafeRun", "0.1.0", "key.created", "key created", "1");
    assertThat(deed.extension())
        .containsEntry("rt", Long.toString(Events.AT.toEpochMilli()))
        .containsEntry("externalId", Events.ID.toString())
        .containsEntry("suid", "0198-ada")
        .containsEntry("suser", "Ada")
        .containsEntry("src", "192.0.2.7")
        .containsEntry("act", "created")
        .containsEntry("outcome", "success")
        .containsEntry("cs1Label", "target")
        .containsEntry("cs1", "key:0198-key")
        .containsEntry("cs3", "{\"name\":\"new\",\"roles\":[\"reader\"]}")
        .containsEntry("cn1", "12");
  }

  @Test
  void aDetectionIsRead() {
    CefLine detection = read(Events.detection());
    assertThat(detection.header()).endsWith("call.stopped", "A call was stopped", "8");
    assertThat(detection.extension())
        .containsEntry("act", "blocked")
        .containsEntry("suid", "teller")
        .containsEntry("destinationServiceName", "pay")
        .containsEntry("reason", "Not above the limit, Not what was asked for")
        .containsEntry("cs3Label", "runId")
        .containsEntry("cs3", "run-1")
        .containsEntry("cfp1", "0.93");
  }

  @Test
  void theNoteOfASignedLogIsReadWithItsLines() {
    assertThat(read(Events.checkpoint()).extension())
        .containsEntry("cs2", (String) Events.checkpointDocument().get("note"))
        .containsEntry("cn1", "1024");
  }

  @Test
  void anAddressStandsInTheFieldOfItsKind() {
    assertThat(from("2001:db8::7")).containsEntry("c6a2", "2001:db8::7").doesNotContainKey("src");
    assertThat(from("a.example")).containsEntry("shost", "a.example").doesNotContainKey("src");
    assertThat(from("127.1")).containsEntry("shost", "127.1").doesNotContainKey("src");
  }

  private static Map<String, String> from(String address) {
    Map<String, @Nullable Object> document = Events.deedDocument("key.created");
    document.put("address", address);
    return read(Events.of(StreamedEvent.Kind.AUDIT, document)).extension();
  }

  @Test
  void whatStandsBetweenBarsAndSignsIsReadAsItWas() {
    String hostile = "a|b\\c=d suser=root \\n \\";
    Map<String, @Nullable Object> document = Events.detectionDocument();
    document.put("title", hostile);
    document.put("message", hostile + "\r\nsecond");
    CefLine line = read(Events.of(StreamedEvent.Kind.DETECTION, document));
    assertThat(line.header()).contains(hostile);
    assertThat(line.extension()).containsEntry("msg", hostile + "\r\nsecond");
  }

  @Test
  void everyEventKeepsToTheGuide() {
    Stream.concat(Events.all().stream(), OddEvents.first(2_000))
        .map(CefFormatTest::read)
        .forEach(
            line -> {
              assertThat(line.header()).hasSize(7).startsWith("CEF:0");
              assertThat(Integer.parseInt(line.header().getLast())).isBetween(0, 10);
              line.extension().forEach((key, value) -> assertKeeps(line, key, value));
            });
  }

  private static void assertKeeps(CefLine line, String key, String value) {
    if (key.endsWith("Label")) {
      assertThat(line.extension()).containsKey(key.replace("Label", ""));
    } else if (key.matches("cs[1-6]")) {
      assertThat(value.length()).isLessThanOrEqualTo(4000);
    } else {
      assertThat(CHARACTERS_MAX).containsKey(key);
      assertThat(value.length()).isLessThanOrEqualTo(CHARACTERS_MAX.getOrDefault(key, 0));
    }
    if (key.matches("cs[1-6]|cn[1-3]|cfp1|c6a2")) {
      assertThat(line.extension()).containsKey(key + "Label");
    }
    if (key.matches("cn1|rt")) {
      assertThat(value).matches("-?[0-9]+");
    }
  }

  private static CefLine read(StreamedEvent event) {
    return CefLine.parse(new String(CEF.write(event), StandardCharsets.UTF_8));
  }
}
