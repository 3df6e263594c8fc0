package dev.saferun.redaction;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Many starts of words as one tree of bytes: asking which of them begins at a place costs a step
 * for each character that still fits, however many there are.
 */
final class PrefixTable {

  /** The answer when none begins there. */
  static final int NONE = -1;

  private static final int FAN_OUT = 128;

  private final boolean anyCase;
  private final int[] shorter;
  private final int[] lengths;
  private int[] next = new int[FAN_OUT];
  private int[] entryAt = {NONE};
  private int nodes = 1;

  /**
   * @param anyCase whether they are found in any case
   */
  PrefixTable(List<String> prefixes, boolean anyCase) {
    this.anyCase = anyCase;
    shorter = new int[prefixes.size()];
    lengths = prefixes.stream().mapToInt(String::length).toArray();
    Arrays.fill(shorter, NONE);
    for (int i = 0; i < prefixes.size(); i++) {
      add(anyCase ? prefixes.get(i).toLowerCase(Locale.ROOT) : prefixes.get(i), i);
    }
    for (int i = 0; i < prefixes.size(); i++) {
      shorter[i] = longestWithin(prefixes.get(i));
    }
  }

  private void add(String prefix, int entry) {
    int node = 0;
    for (int i = 0; i < prefix.length(); i++) {
      int step = node * FAN_OUT + prefix.charAt(i);
      if (next[step] == 0) {
        next[step] = nodes++;
        next = Arrays.copyOf(next, nodes * FAN_OUT);
        entryAt = Arrays.copyOf(entryAt, nodes);
        entryAt[nodes - 1] = NONE;
      }
      node = next[step];
    }
    if (entryAt[node] != NONE) {
      throw new IllegalArgumentException("the prefix " + prefix + " stands twice");
    }
    entryAt[node] = entry;
  }

  private int longestWithin(String prefix) {
    byte[] text = Ascii.of(prefix.substring(0, prefix.length() - 1));
    return longest(text, 0);
  }

  /** The longest entry that begins at a place. */
  int longest(byte[] text, int at) {
    int found = NONE;
    int node = 0;
    for (int i = at; i < text.length; i++) {
      byte c = anyCase ? Ascii.lower(text[i]) : text[i];
      node = c < 0 ? 0 : next[node * FAN_OUT + c];
      if (node == 0) {
        return found;
      }
      found = entryAt[node] == NONE ? found : entryAt[node];
    }
    return found;
  }

  /** The next shorter entry that begins where this one does. */
  int shorter(int entry) {
    return shorter[entry];
  }

  int length(int entry) {
    return lengths[entry];
  }

  boolean mayStartWith(char c) {
    char start = anyCase ? Character.toLowerCase(c) : c;
    return start < FAN_OUT && next[start] != 0;
  }
}
