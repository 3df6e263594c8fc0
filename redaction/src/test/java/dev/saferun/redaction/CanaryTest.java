package dev.saferun.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Documents of random form with canaries planted as values, in texts, as numbers and as names: none
 * may be in the bytes, and every control, planted beside it, must be.
 */
class CanaryTest {

  private static final int DOCUMENTS = 300;
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private final List<String> canaries = new ArrayList<>();
  private final List<String> controls = new ArrayList<>();

  @Test
  void noCanaryIsKeptAndEveryControlIs() {
    for (int seed = 0; seed < DOCUMENTS; seed++) {
      canaries.clear();
      controls.clear();
      Map<String, @Nullable Object> document = object(new Random(seed), 0);
      Redacted redacted =
          Documents.REDACTOR.redact(RedactionPolicy.standard(), Documents.SUBJECT, document);
      String kept = Documents.text(redacted);
      assertThat(canaries).as("seed %d", seed).isNotEmpty().noneMatch(kept::contains);
      assertThat(controls).as("seed %d", seed).isNotEmpty().allMatch(kept::contains);
      assertThat(redacted.redactions()).as("seed %d", seed).isEqualTo(canaries.size());
    }
  }

  private Map<String, @Nullable Object> object(Random random, int depth) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      object.put(control(random), control(random));
      object.put(control(random) + " " + canary(random), control(random));
      object.put(control(random), control(random) + " " + canary(random) + " x");
      object.put(control(random), Long.valueOf(card(random)));
      object.put(secretName(random, i), controlLike(random, canaries));
      if (depth < 2) {
        object.put(control(random), object(random, depth + 1));
        object.put(
            control(random), new ArrayList<>(List.of(canary(random), object(random, depth + 2))));
      }
    }
    return object;
  }

  private static String secretName(Random random, int number) {
    String name = List.of("password", "Api_Key", "CLIENT-SECRET").get(number);
    return random.nextBoolean() ? name.toUpperCase(Locale.ROOT) : name;
  }

  private String control(Random random) {
    return controlLike(random, controls);
  }

  private static String controlLike(Random random, List<String> list) {
    String text = letters(random, 12);
    list.add(text);
    return text;
  }

  private String canary(Random random) {
    if (random.nextBoolean()) {
      return card(random);
    }
    String secret =
        switch (random.nextInt(3)) {
          case 0 -> "srk_" + letters(random, 24);
          case 1 -> "sk_live_" + letters(random, 24);
          default -> "ghp_" + letters(random, 36);
        };
    canaries.add(secret);
    return secret;
  }

  /** Sixteen digits of an issuer's range with the check digit that fits. */
  private String card(Random random) {
    StringBuilder digits = new StringBuilder(random.nextBoolean() ? "4" : "52");
    while (digits.length() < 15) {
      digits.append(random.nextInt(10));
    }
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      int digit = (digits.charAt(i) - '0') * (i % 2 == 0 ? 2 : 1);
      sum += digit / 10 + digit % 10;
    }
    String card = digits.append((10 - sum % 10) % 10).toString();
    canaries.add(card);
    return card;
  }

  private static String letters(Random random, int count) {
    StringBuilder text = new StringBuilder("q");
    while (text.length() < count) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
