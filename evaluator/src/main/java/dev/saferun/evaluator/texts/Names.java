package dev.saferun.evaluator.texts;

/** Names of words by 64 bits: equal words have one name, others the same by a chance of 2^-64. */
final class Names {

  private static final long SEED = 0x9e3779b97f4a7c15L;

  private Names() {}

  static long of(char[] letters, int length) {
    long hash = SEED + length;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ letters[i]) * 0xff51afd7ed558ccdL;
      hash ^= hash >>> 29;
    }
    return mix(hash);
  }

  /** The name of a word that is folded already. */
  static long of(String word) {
    return of(word.toCharArray(), word.length());
  }

  static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
