package dev.saferun.evaluator;

import org.jspecify.annotations.Nullable;

/**
 * Names JSON trees by 64 bits without writing them down: nothing is allocated.
 *
 * <p>Equal trees have equal names: the order of an object's members does not count, and a number
 * has one form for one value (1 and 1.0 are the same), as in canonical JSON. Different trees have
 * different names, but for a chance of about 2^-64 a pair: every step is {@link #mix}, whose output
 * bits each depend on all its input bits. The names are not keyed and no defence against someone
 * who looks for two trees with one name; who could choose the arguments of a call gains nothing by
 * making it look like another. They stand in frames and must not change between versions; a test
 * pins them.
 *
 * @param call tool and arguments
 * @param tool the tool alone
 * @param outline tool and arguments without their prose: texts of several words count as one and
 *     the same, so calls of one outline differ in wording only
 */
public record Fingerprint(long call, int tool, int outline) {

  private static final long TEXT = 0xbe5466cf34e90c6cL;

  private static final int CHARACTERS_A_WORD = 4;

  /** The fingerprint of a call. */
  public static Fingerprint of(Check check) {
    NamedCall named = new NamedCall();
    named.take(check);
    return named.fingerprint();
  }

  /** The name of a tree of {@code StrictJson}. */
  public static long ofTree(@Nullable Object tree) {
    return new NamedCall().full(tree);
  }

  /** The short name of a tool, as {@link #tool} has it. */
  public static int ofTool(String tool) {
    return (int) (ofText(tool) >>> Integer.SIZE);
  }

  static long ofText(String text) {
    return ofText(text, 0, text.length());
  }

  /** The name of a stretch of a text, four UTF-16 code units a step. */
  static long ofText(String text, int start, int end) {
    long hash = TEXT + (end - start);
    int at = start;
    for (; at + CHARACTERS_A_WORD <= end; at += CHARACTERS_A_WORD) {
      long word =
          (long) text.charAt(at) << 48
              | (long) text.charAt(at + 1) << 32
              | (long) text.charAt(at + 2) << 16
              | text.charAt(at + 3);
      hash = mix(hash * 3 ^ word);
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = rest << 16 | text.charAt(at);
    }
    return mix(hash * 3 ^ rest);
  }

  /**
   * A bijection of 64 bits in which each bit depends on all: David Stafford's variant 13 of
   * MurmurHash3's finalizer.
   */
  static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
