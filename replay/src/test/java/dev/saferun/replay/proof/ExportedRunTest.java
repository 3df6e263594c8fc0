package dev.saferun.replay.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.replay.ExportedRun;
import dev.saferun.replay.ExportedRun.Line;
import dev.saferun.replay.capture.EvidenceOf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportedRunTest {

  private final ProofCase rules = ProofCase.of("large: action.arguments.amount > 100");
  private String file = "";

  @BeforeEach
  void export() throws Exception {
    EvidenceOf.Kept action = rules.decided("{'amount':500}", "{}");
    byte[] plan =
        CanonicalJson.write(Map.of("kind", "plan", "run_id", "run-1", "frame", 2L, "content", "p"));
    file =
        text(
                Map.of(
                    "format", 1L,
                    "run_id", "run-1",
                    "environment_id", "e",
                    "exported_at", "t",
                    "frames", 2L))
            + text(rules.kept().toJson())
            + frame(1, action.evidence(), action.sha256())
            + frame(2, plan, MessageDigest.getInstance("SHA-256").digest(plan));
  }

  private static String frame(long number, byte[] evidence, byte[] sha256) {
    return text(
        Map.of(
            "frame", number,
            "sha256", HexFormat.of().formatHex(sha256),
            "evidence", Base64.getEncoder().encodeToString(evidence)));
  }

  private static String text(Map<String, ?> line) {
    return new String(CanonicalJson.write(line), StandardCharsets.UTF_8) + "\n";
  }

  @Test
  void whatWasExportedHolds() {
    assertThat(read(file)).extracting(Line::result).containsExactly("proven", "whole");
    assertThat(read(file)).extracting(Line::frame).containsExactly(1L, 2L);
  }

  @Test
  void eachByteCountsBesideThoseThatAreForPeople() {
    List<Integer> unnoticed = new ArrayList<>();
    for (int i = 0; i < file.length(); i++) {
      char[] flipped = file.toCharArray();
      flipped[i] = (char) (flipped[i] ^ 1);
      if (read(new String(flipped)).stream().noneMatch(Line::isAlarm)) {
        unnoticed.add(i);
      }
    }

    String forPeople = "\"environment_id\":\"e\",\"exported_at\":\"t\"";
    int begin = file.indexOf(forPeople);
    assertThat(unnoticed)
        .isNotEmpty()
        .allMatch(place -> place > begin && place < begin + forPeople.length());
  }

  @Test
  void aLineThatIsMissingOrThereTwiceIsAltered() {
    List<String> lines = file.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      List<String> without = new ArrayList<>(lines);
      without.remove(i);
      assertThat(read(String.join("\n", without))).as("without line %d", i).anyMatch(Line::isAlarm);
    }
    assertThat(read(file + lines.getLast())).anyMatch(Line::isAlarm);
    assertThat(read("")).anyMatch(Line::isAlarm);
  }

  @Test
  void partsOneAfterTheOtherAreTheWhole() {
    List<String> lines = file.lines().toList();
    String again =
        file.replace(lines.getLast(), "{\"next_after\":1}")
            + lines.getFirst()
            + "\n"
            + lines.get(1)
            + "\n"
            + lines.getLast()
            + "\n{\"next_after\":2}\n"
            + lines.getFirst();

    assertThat(read(again)).extracting(Line::result).containsExactly("proven", "whole");
  }

  private static List<Line> read(String text) {
    List<Line> found = new ArrayList<>();
    ExportedRun run = new ExportedRun(found::add);
    for (String line : text.split("\n", -1)) {
      run.read(line);
    }
    run.end();
    return found;
  }
}
