package dev.saferun.evaluator;

import java.util.List;
import java.util.Map;
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

  private static final long NULL = 0x243f6a8885a308d3L;
  private static final long TRUE = 0x13198a2e03707344L;
  private static final long FALSE = 0xa4093822299f31d0L;
  private static final long WHOLE = 0x082efa98ec4e6c89L;
  private static final long FRACTION = 0x452821e638d01377L;
  private static final long TEXT = 0xbe5466cf34e90c6cL;
  private static final long LIST = 0xc0ac29b7c97c50ddL;
  private static final long OBJECT = 0x3f84d5b5b5470917L;
  private static final long PROSE = 0x9216d5d98979fb1bL;

  private static final double SAFE_INTEGER_MAX = (1L << 53) - 1;
  private static final int CHARACTERS_A_WORD = 4;

  /** The fingerprint of a call. */
  public static Fingerprint of(Check check) {
    long tool = ofText(check.tool());
    Map<String, @Nullable Object> arguments = check.arguments();
    return new Fingerprint(
        mix(tool ^ ofObject(arguments, false)),
        (int) (tool >>> Integer.SIZE),
        (int) (mix(tool ^ ofObject(arguments, true)) >>> Integer.SIZE));
  }

  /** The name of a tree of {@code StrictJson}. */
  public static long ofTree(@Nullable Object tree) {
    return ofValue(tree, false);
  }

  /** The short name of a tool, as {@link #tool} has it. */
  public static int ofTool(String tool) {
    return (int) (ofText(tool) >>> Integer.SIZE);
  }

  private static long ofValue(@Nullable Object value, boolean withoutProse) {
    return switch (value) {
      case null -> NULL;
      case String text -> withoutProse && isProse(text) ? PROSE : ofText(text);
      case Boolean bool -> bool ? TRUE : FALSE;
      case Double number -> ofNumber(number);
      case Number whole -> mix(WHOLE ^ mix(whole.longValue()));
      case Map<?, ?> object -> ofObject(object, withoutProse);
      case List<?> list -> ofList(list, withoutProse);
      default ->
          throw new IllegalArgumentException("not a JSON value: " + value.getClass().getName());
    };
  }

  private static long ofNumber(double number) {
    return number == Math.rint(number) && Math.abs(number) <= SAFE_INTEGER_MAX
        ? mix(WHOLE ^ mix((long) number))
        : mix(FRACTION ^ mix(Double.doubleToLongBits(number)));
  }

  /** A sum does not know the order of its parts, and each part is mixed before. */
  private static long ofObject(Map<?, ?> object, boolean withoutProse) {
    long sum = 0;
    for (Map.Entry<?, ?> member : object.entrySet()) {
      long name = ofText((String) member.getKey());
      sum += mix(name + 3 * mix(ofValue(member.getValue(), withoutProse)));
    }
    return mix(OBJECT + object.size() ^ mix(sum));
  }

  private static long ofList(List<?> list, boolean withoutProse) {
    long hash = LIST + list.size();
    for (int i = 0; i < list.size(); i++) {
      hash = mix(hash * 3 ^ ofValue(list.get(i), withoutProse));
    }
    return hash;
  }

  private static long ofText(String text) {
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

  private static boolean isProse(String text) {
    return text.indexOf(' ') >= 0 || text.indexOf('\n') >= 0;
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
