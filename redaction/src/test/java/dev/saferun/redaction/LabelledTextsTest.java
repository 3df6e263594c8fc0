package dev.saferun.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.platform.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the detectors find in 1,500 texts whose personal data somebody else labelled: a table of
 * recall and precision a class. A labelled part counts as found when every character of it is in
 * findings of its class; a finding counts as right when it touches a label of its class. The words
 * that name a telephone were chosen with these texts in sight, so its recall is no forecast for
 * other texts; dates of birth have no label of their own there.
 */
class LabelledTextsTest {

  private static final String FILE = "presidio_synth_v2.json.gz";

  private static final Map<String, String> CLASSES =
      Map.of(
          "CREDIT_CARD", "card_number",
          "IBAN_CODE", "iban",
          "US_SSN", "us_ssn",
          "EMAIL_ADDRESS", "email",
          "PHONE_NUMBER", "phone",
          "IP_ADDRESS", "ip");

  private record Label(String dataClass, int start, int end) {}

  private static final class Count {
    int labels;
    int found;
    int findings;
    int right;
    final List<String> faults = new ArrayList<>();

    double recall() {
      return (double) found / labels;
    }

    double precision() {
      return (double) right / Math.max(1, findings);
    }
  }

  @Test
  void findsTheStructuredClasses() throws IOException {
    Map<String, Count> counts = new LinkedHashMap<>();
    for (Object entry : texts()) {
      Map<?, ?> labelled = (Map<?, ?>) Objects.requireNonNull(entry);
      count(labelled, counts);
    }
    print(counts);
    counts.forEach(
        (dataClass, count) -> {
          if (count.labels > 0) {
            double goal = dataClass.equals("phone") ? .95 : .99;
            assertThat(count.recall()).as("%s %s", dataClass, count.faults).isGreaterThan(goal);
            assertThat(count.precision()).as("%s %s", dataClass, count.faults).isGreaterThan(.9);
          }
        });
    assertThat(counts).containsKeys(CLASSES.values().toArray(String[]::new));
  }

  private static List<?> texts() throws IOException {
    try (InputStream bytes = new GZIPInputStream(Files.newInputStream(SharedData.file(FILE)))) {
      byte[] wrapped =
          ("{\"texts\":" + new String(bytes.readAllBytes(), StandardCharsets.UTF_8) + "}")
              .getBytes(StandardCharsets.UTF_8);
      return (List<?>) Objects.requireNonNull(StrictJson.parseObject(wrapped).get("texts"));
    }
  }

  private static void count(Map<?, ?> labelled, Map<String, Count> counts) {
    String text = (String) Objects.requireNonNull(labelled.get("full_text"));
    List<Label> labels = labels((List<?>) Objects.requireNonNull(labelled.get("spans")), text);
    List<TextScanner.Finding> findings = TextScanner.find(text);
    for (Label label : labels) {
      Count count = counts.computeIfAbsent(label.dataClass, name -> new Count());
      count.labels++;
      if (isCovered(label, findings)) {
        count.found++;
      } else {
        count.faults.add("missed " + round(text, label.start, label.end));
      }
    }
    for (TextScanner.Finding finding : findings) {
      Count count = counts.computeIfAbsent(finding.dataClass(), name -> new Count());
      count.findings++;
      if (labels.stream().anyMatch(label -> touches(label, finding))) {
        count.right++;
      } else {
        count.faults.add("false " + round(text, finding.start(), finding.end()));
      }
    }
  }

  private static List<Label> labels(List<?> spans, String text) {
    List<Label> labels = new ArrayList<>();
    for (Object span : spans) {
      Map<?, ?> members = (Map<?, ?>) Objects.requireNonNull(span);
      @Nullable String dataClass = CLASSES.get(members.get("entity_type"));
      if (dataClass != null) {
        labels.add(
            new Label(dataClass, place(members, "start_position"), place(members, "end_position")));
      }
    }
    assertThat(labels).allMatch(label -> label.end <= text.length());
    return labels;
  }

  private static int place(Map<?, ?> span, String member) {
    return ((Long) Objects.requireNonNull(span.get(member))).intValue();
  }

  private static boolean isCovered(Label label, List<TextScanner.Finding> findings) {
    for (int at = label.start; at < label.end; at++) {
      int place = at;
      if (findings.stream()
          .noneMatch(
              finding ->
                  finding.dataClass().equals(label.dataClass)
                      && finding.start() <= place
                      && place < finding.end())) {
        return false;
      }
    }
    return true;
  }

  private static boolean touches(Label label, TextScanner.Finding finding) {
    return label.dataClass.equals(finding.dataClass())
        && label.start < finding.end()
        && finding.start() < label.end;
  }

  private static String round(String text, int start, int end) {
    return text.substring(Math.max(0, start - 30), start)
        + "[["
        + text.substring(start, end)
        + "]]"
        + text.substring(end, Math.min(text.length(), end + 10));
  }

  private static void print(Map<String, Count> counts) {
    System.out.printf("%-14s %7s %7s %9s%n", "class", "labels", "recall", "precision");
    counts.forEach(
        (dataClass, count) ->
            System.out.printf(
                "%-14s %7d %7.3f %9.3f%n",
                dataClass, count.labels, count.recall(), count.precision()));
    counts
        .values()
        .forEach(count -> count.faults.forEach(fault -> System.out.println("  " + fault)));
  }
}
