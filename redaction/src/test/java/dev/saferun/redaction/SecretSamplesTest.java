package dev.saferun.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Recall and precision on made-up secrets among look-alikes. A secret counts as found when all of
 * it is within findings; a finding is right when it touches the secret. The samples follow what
 * vendors publish, but whoever wrote them knew the table: the figures guard against going back, and
 * say less of secrets that nobody here thought of.
 */
class SecretSamplesTest {

  private static final long SEED = 20_261_128;
  private static final int SAMPLES_A_KIND = 4_000;

  private static final class Count {
    int secrets;
    int found;
    int findings;
    int right;
    final List<String> faults = new ArrayList<>();
  }

  @Test
  void findsSecretsAndLeavesLookAlikes() {
    SecretSamples samples = new SecretSamples(SEED);
    Map<String, Count> counts = new TreeMap<>();
    for (Supplier<SecretSamples.Sample> kind :
        List.<Supplier<SecretSamples.Sample>>of(
            samples::vendorKey,
            samples::namedValue,
            samples::structured,
            samples::hidden,
            samples::lookAlike)) {
      for (int i = 0; i < SAMPLES_A_KIND; i++) {
        SecretSamples.Sample sample = kind.get();
        count(sample, counts.computeIfAbsent(sample.kind(), name -> new Count()));
      }
    }
    Count all = sum(counts);
    print(counts, all);
    assertThat(all.found).as("recall %s", all.faults).isGreaterThan(all.secrets * 95 / 100);
    assertThat(all.right).as("precision %s", all.faults).isGreaterThan(all.findings * 90 / 100);
  }

  private static void count(SecretSamples.Sample sample, Count count) {
    List<TextScanner.Finding> findings =
        TextScanner.find(sample.text()).stream()
            .filter(finding -> finding.dataClass().equals(Detector.SECRET.dataClass()))
            .toList();
    int start = sample.secret().isEmpty() ? 0 : sample.text().indexOf(sample.secret());
    int end = start + sample.secret().length();
    if (end > start) {
      count.secrets++;
      boolean found =
          findings.stream().anyMatch(finding -> finding.start() <= start && finding.end() >= end);
      count.found += found ? 1 : 0;
      fault(count, found, "missed", sample);
    }
    for (TextScanner.Finding finding : findings) {
      boolean right = finding.start() < end && start < finding.end();
      count.findings++;
      count.right += right ? 1 : 0;
      fault(count, right, "false", sample);
    }
  }

  private static void fault(Count count, boolean good, String what, SecretSamples.Sample sample) {
    if (!good && count.faults.size() < 12) {
      count.faults.add(what + " " + sample.text() + " [" + sample.secret() + "]");
    }
  }

  private static Count sum(Map<String, Count> counts) {
    Count all = new Count();
    for (Count count : counts.values()) {
      all.secrets += count.secrets;
      all.found += count.found;
      all.findings += count.findings;
      all.right += count.right;
      all.faults.addAll(count.faults);
    }
    return all;
  }

  private static void print(Map<String, Count> counts, Count all) {
    System.out.printf("%-14s %8s %7s %9s%n", "secrets", "planted", "recall", "precision");
    counts.forEach(SecretSamplesTest::print);
    print("all", all);
    counts.values().forEach(count -> count.faults.forEach(f -> System.out.println("  " + f)));
  }

  private static void print(String name, Count count) {
    System.out.printf(
        "%-14s %8d %7.3f %9.3f%n",
        name,
        count.secrets,
        (double) count.found / Math.max(1, count.secrets),
        (double) count.right / Math.max(1, count.findings));
  }
}
