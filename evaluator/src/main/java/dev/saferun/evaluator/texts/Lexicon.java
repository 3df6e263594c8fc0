package dev.saferun.evaluator.texts;

import dev.saferun.evaluator.ToolEffect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What words mean, as far as a request, an instruction and the name of a tool must be compared: a
 * set of concepts for each word, by its stem.
 */
public final class Lexicon {

  /** The one that the product has. */
  public static final Lexicon STANDARD = read("lexicon.txt");

  private static final int CONCEPTS_MAX = Long.SIZE;

  private final Map<Integer, Long> conceptsByStem = new HashMap<>();
  private final Map<Integer, Long> doneByStem = new HashMap<>();
  private final List<ToolEffect> effects = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<Long> opposites = new ArrayList<>();
  private final Set<String> minorUnits = new HashSet<>();
  private long verbs;

  private Lexicon() {}

  private static Lexicon read(String resource) {
    try (InputStream stream = Lexicon.class.getResourceAsStream(resource);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8))) {
      Lexicon lexicon = new Lexicon();
      lines.lines().filter(line -> !line.startsWith("#")).forEach(lexicon::take);
      return lexicon;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private void take(String line) {
    String[] parts = line.trim().split("\\s+");
    switch (parts[0]) {
      case "!" -> opposites.add(bit(parts[1]) | bit(parts[2]));
      case "$" -> minorUnits.addAll(List.of(parts).subList(1, parts.length));
      default -> add(parts);
    }
  }

  private long bit(String concept) {
    return 1L << names.indexOf(concept);
  }

  private void add(String[] parts) {
    int concept = names.size();
    if (concept == CONCEPTS_MAX) {
      throw new IllegalStateException("more concepts than a mask has bits");
    }
    names.add(parts[0]);
    boolean isVerb = !parts[1].equals("-");
    effects.add(
        isVerb ? ToolEffect.valueOf(parts[1].toUpperCase(java.util.Locale.ROOT)) : ToolEffect.READ);
    if (isVerb) {
      verbs |= 1L << concept;
    }
    for (int i = 2; i < parts.length; i++) {
      boolean ambiguous = parts[i].endsWith("~");
      int stem = stem(ambiguous ? parts[i].substring(0, parts[i].length() - 1) : parts[i]);
      conceptsByStem.merge(stem, 1L << concept, (one, other) -> one | other);
      if (isVerb && !ambiguous) {
        doneByStem.merge(stem, 1L << concept, (one, other) -> one | other);
      }
    }
  }

  /** The concepts of a word, one bit each; 0 where it has none. */
  public long concepts(int stem) {
    return conceptsByStem.getOrDefault(stem, 0L);
  }

  /** Those of its concepts that it says to do wherever it stands. */
  public long done(int stem) {
    return doneByStem.getOrDefault(stem, 0L);
  }

  /** Those of the concepts that are something to do. */
  public long verbs(long concepts) {
    return concepts & verbs;
  }

  /** Whether something of the one is the opposite of something of the other. */
  public boolean areOpposite(long one, long other) {
    for (long pair : opposites) {
      long first = Long.lowestOneBit(pair);
      long second = pair ^ first;
      if (((one & first) != 0 && (other & second) != 0)
          || ((one & second) != 0 && (other & first) != 0)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it names an interface that counts money in the smallest unit. */
  public boolean countsMinorUnits(String word) {
    return minorUnits.contains(word);
  }

  public ToolEffect effect(int concept) {
    return effects.get(concept);
  }

  public String name(int concept) {
    return names.get(concept);
  }

  /** A word without the endings of English inflection, as 32 bits. */
  public static int stem(String word) {
    return stem(word, 0, word.length());
  }

  static int stem(String text, int start, int end) {
    int length = end - start;
    int cut = length;
    if (length > 4 && ends(text, end, "ing")) {
      cut = undoubled(text, start, length - 3);
    } else if (length > 4 && ends(text, end, "ied")) {
      return hash(text, start, length - 3, 'y');
    } else if (length > 3 && ends(text, end, "ed")) {
      cut = undoubled(text, start, length - 2);
    } else if (length > 4 && ends(text, end, "ies")) {
      return hash(text, start, length - 3, 'y');
    } else if (length > 3 && ends(text, end, "s") && !ends(text, end, "ss")) {
      cut = length - 1;
    }
    if (cut > 3 && Words.folded(text.charAt(start + cut - 1)) == 'e') {
      cut--;
    }
    return hash(text, start, cut, (char) 0);
  }

  private static int undoubled(String text, int start, int length) {
    boolean doubled =
        length > 2
            && text.charAt(start + length - 1) == text.charAt(start + length - 2)
            && "lsz".indexOf(text.charAt(start + length - 1)) < 0;
    return doubled ? length - 1 : length;
  }

  private static boolean ends(String text, int end, String with) {
    for (int i = 0; i < with.length(); i++) {
      if (Words.folded(text.charAt(end - with.length() + i)) != with.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int hash(String text, int start, int length, char last) {
    long hash = 0x51ed270b7a14ad3fL;
    for (int i = start; i < start + length; i++) {
      hash = (hash ^ Words.folded(text.charAt(i))) * 0xff51afd7ed558ccdL;
      hash ^= hash >>> 31;
    }
    if (last != 0) {
      hash = (hash ^ last) * 0xff51afd7ed558ccdL;
      hash ^= hash >>> 31;
    }
    return (int) (Names.mix(hash) >>> 32);
  }
}
