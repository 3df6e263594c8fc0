package dev.saferun.audit.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.audit.stream.StreamedEvent;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFormatsTest {

  private static final int ODD_EVENTS = 2_000;
  private static final String MARK = "mark-of-the-test";

  /** An event has these from the stream, whatever its document says. */
  private static final Set<String> FROM_THE_STREAM = Set.of("id", "organization_id", "kind");

  private static final EventFormats FORMATS = new EventFormats("0.1.0");

  static List<String> names() {
    return EventFormats.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aFormatIsFoundByItsName(String name) {
    assertThat(FORMATS.named(name)).map(EventFormat::name).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "JSON", "leef"})
  void noOtherFormatIs(String name) {
    assertThat(FORMATS.named(name)).isEmpty();
  }

  @Test
  void ocsfIsWrittenInTheVersionsThatAreNamed() {
    assertThat(EventFormats.ocsfVersions())
        .contains(EventFormats.OCSF_VERSION_STANDARD)
        .allSatisfy(version -> assertThat(FORMATS.ocsf(version)).isPresent());
    assertThat(FORMATS.ocsf("1.0.0")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void anEventLeavesWhateverStandsInIt(String name) {
    EventFormat format = FORMATS.named(name).orElseThrow();
    OddEvents.first(ODD_EVENTS).forEach(event -> assertLeaves(format, event));
  }

  @ParameterizedTest
  @MethodSource("names")
  void anEmptyDocumentLeaves(String name) {
    EventFormat format = FORMATS.named(name).orElseThrow();
    Stream.of(StreamedEvent.Kind.values())
        .map(kind -> Events.of(kind, Map.of()))
        .forEach(event -> assertLeaves(format, event));
  }

  /** What is not as it should be is found somewhere, and so is what nobody has told us of. */
  @ParameterizedTest
  @ValueSource(strings = {"json", "ocsf", "ecs"})
  void nothingIsLost(String name) {
    EventFormat format = FORMATS.named(name).orElseThrow();
    Stream.of(
            Events.deed("key.created"),
            Events.deed("proof.drift"),
            Events.detection(),
            Events.checkpoint())
        .forEach(
            event ->
                event.document().keySet().stream()
                    .filter(member -> !FROM_THE_STREAM.contains(member))
                    .flatMap(member -> marked(event, member))
                    .forEach(marked -> assertThat(utf8(format.write(marked))).contains(MARK)));
  }

  private static Stream<StreamedEvent> marked(StreamedEvent event, String member) {
    Object value = event.document().get(member);
    Map<String, @Nullable Object> inner =
        new TreeMap<>(value instanceof Map<?, ?> object ? JsonObjects.of(object) : Map.of());
    inner.put("unheard-of", MARK);
    return Stream.of(MARK, inner, List.of(MARK)).map(odd -> with(event, member, odd));
  }

  private static StreamedEvent with(StreamedEvent event, String member, Object value) {
    Map<String, @Nullable Object> document = new TreeMap<>(event.document());
    document.put(member, value);
    return Events.of(event.kind(), document);
  }

  private static void assertLeaves(EventFormat format, StreamedEvent event) {
    byte[] written = format.write(event);
    assertThat(written).isEqualTo(format.write(event)).isNotEmpty();
    assertThat(utf8(written)).doesNotContain("\n", "\r", "\u0000");
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException fault) {
      throw new AssertionError("not UTF-8", fault);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "ocsf", "ecs"})
  void whatIsJsonCanBeReadStrictly(String name) {
    EventFormat format = FORMATS.named(name).orElseThrow();
    Stream.concat(Events.all().stream(), OddEvents.first(ODD_EVENTS))
        .map(format::write)
        .forEach(json -> assertThat(StrictJson.parse(json, 1_000)).isInstanceOf(Map.class));
  }

  @Test
  void jsonIsTheDocumentItself() {
    EventFormat json = FORMATS.named("json").orElseThrow();
    assertThat(Events.all())
        .allSatisfy(
            event ->
                assertThat(json.write(event)).isEqualTo(CanonicalJson.write(event.document())));
  }
}
