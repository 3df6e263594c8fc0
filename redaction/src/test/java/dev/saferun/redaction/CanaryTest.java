package dev.saferun.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
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

  private static final RedactionPolicy POLICY =
      RedactionPolicy.of(StandardRules.rules(), everything());

  private final List<String> canaries = new ArrayList<>();
  private final List<String> controls = new ArrayList<>();

  @Test
  void noCanaryIsKeptAndEveryControlIs() {
    for (int seed = 0; seed < DOCUMENTS; seed++) {
      canaries.clear();
      controls.clear();
      Map<String, @Nullable Object> document = object(new Random(seed), 0);
      Redacted redacted = Documents.REDACTOR.redact(POLICY, Documents.SUBJECT, document);
      String kept = Documents.text(redacted);
      assertThat(canaries).as("seed %d", seed).isNotEmpty().noneMatch(kept::contains);
      assertThat(controls).as("seed %d", seed).isNotEmpty().allMatch(kept::contains);
      assertThat(redacted.redactions()).as("seed %d", seed).isEqualTo(canaries.size());
    }
  }

  private static Map<Detector, Action> everything() {
    Map<Detector, Action> actions = new EnumMap<>(StandardDetectors.PII);
    actions.put(Detector.CARD_NUMBER, new Action.Mask(0, 4));
    actions.put(Detector.SECRET, new Action.Drop());
    return actions;
  }

  private Map<String, @Nullable Object> object(Random random, int depth) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      object.put(control(random), control(random));
      object.put(control(random) + " " + canary(random), control(random));
      object.put(control(random), control(random) + " " + canary(random) + " x");
      object.put(control(random), Long.valueOf(card(random)));
      object.put(control(random), encoded("see " + canary(random) + " there"));
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
    if (random.nextInt(4) == 0) {
      return card(random);
    }
    String canary =
        switch (random.nextInt(10)) {
          case 0 -> "srk_" + letters(random, 24);
          case 1 -> "sk_live_" + letters(random, 24);
          case 2 -> "ghp_" + letters(random, 36);
          case 3 -> iban(random);
          case 4 -> "%03d-%02d-%04d".formatted(100 + random.nextInt(500), 11, random(random, 9000));
          case 5 -> "%s@example.com".formatted(letters(random, 10));
          case 6 -> "+4420794%05d".formatted(60_000 + random.nextInt(9_999));
          case 7 -> "198.51.100.%d".formatted(10 + random.nextInt(240));
          case 8 -> spanish(random);
          default -> "Bearer " + letters(random, 30);
        };
    String hidden = canary.startsWith("Bearer ") ? canary.substring(7) : canary;
    canaries.add(hidden);
    return canary;
  }

  private static int random(Random random, int bound) {
    return 1_000 + random.nextInt(bound);
  }

  /** Eight digits and the letter that fits. */
  private static String spanish(Random random) {
    int number = 10_000_000 + random.nextInt(90_000_000);
    return number + "TRWAGMYFPDXBNJZSQVHLCKE".substring(number % 23, number % 23 + 1);
  }

  /** A German account number with the check digits that fit. */
  private static String iban(Random random) {
    StringBuilder digits = new StringBuilder("37040044");
    while (digits.length() < 18) {
      digits.append(random.nextInt(10));
    }
    int remainder = new BigInteger(digits + "131400").mod(BigInteger.valueOf(97)).intValue();
    return "DE%02d%s".formatted(98 - remainder, digits);
  }

  private static String encoded(String plain) {
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
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
