package dev.saferun.audit.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.audit.stream.StreamedEvent;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTest {

  private static final CsvFormat CSV = new CsvFormat();

  private static final CSVFormat READER =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  @Test
  void aDeedStandsInItsColumns() {
    CSVRecord deed = read(Events.deed("key.created"));
    assertThat(deed.toMap())
        .containsEntry("id", Events.ID.toString())
        .containsEntry("at", "2026-11-02T10:20:30.123456Z")
        .containsEntry("kind", "audit")
        .containsEntry("actor_name", "Ada")
        .containsEntry("target", "key:0198-key")
        .containsEntry("log_index", "12")
        .containsEntry("before", "{\"name\":\"old\"}")
        .containsEntry("disposition", "");
  }

  @Test
  void aLineBreakIsShown() {
    assertThat(read(Events.checkpoint()).get("note")).startsWith("example.org/log\\n1024\\n");
  }

  @Test
  void everyEventIsOneRecordOfAllColumns() {
    Stream.concat(Events.all().stream(), OddEvents.first(2_000))
        .map(CsvFormatTest::read)
        .forEach(
            cells -> {
              assertThat(cells.isConsistent()).isTrue();
              assertThat(cells)
                  .allSatisfy(cell -> assertThat(cell).doesNotMatch("(?s)[=+\\-@\t\r\n＝＋－＠].*"));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1", "+1", "-1", "@a", "\ta", "\ra", "\na", "＝1"})
  void aFormulaIsAText(String cell) {
    assertThat(CsvCell.of(cell)).startsWith("'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=1", "a,b", "a\"b", " a ", "", "plain", "'quoted'"})
  void anythingElseIsReadAsItWas(String cell) throws IOException {
    List<CSVRecord> records =
        CSVFormat.RFC4180.parse(new StringReader(CsvCell.of(cell) + ",x")).getRecords();
    assertThat(records).singleElement().satisfies(only -> assertThat(only.get(0)).isEqualTo(cell));
  }

  private static CSVRecord read(StreamedEvent event) {
    String header = new String(CSV.header().orElseThrow(), StandardCharsets.UTF_8);
    String line = new String(CSV.write(event), StandardCharsets.UTF_8);
    try {
      List<CSVRecord> records =
          READER.parse(new StringReader(header + "\r\n" + line + "\r\n")).getRecords();
      assertThat(records).hasSize(1);
      return records.getFirst();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
