package dev.saferun.evaluator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprint of a call in a place that is used again for the next one, so that a decision
 * makes nothing new. One walk finds both names of a tree: the full one, and the one without prose.
 */
public final class NamedCall {

  private static final long NULL = 0x243f6a8885a308d3L;
  private static final long TRUE = 0x13198a2e03707344L;
  private static final long FALSE = 0xa4093822299f31d0L;
  private static final long WHOLE = 0x082efa98ec4e6c89L;
  private static final long FRACTION = 0x452821e638d01377L;
  private static final long LIST = 0xc0ac29b7c97c50ddL;
  private static final long OBJECT = 0x3f84d5b5b5470917L;
  private static final long PROSE = 0x9216d5d98979fb1bL;
  private static final double SAFE_INTEGER_MAX = (1L << 53) - 1;

  private long call;
  private int tool;
  private int outline;

  /** The second name of the tree whose first was found last. */
  private long withoutProse;

  public void take(Check check) {
    long toolName = Fingerprint.ofText(check.tool());
    call = Fingerprint.mix(toolName ^ object(check.arguments()));
    tool = (int) (toolName >>> Integer.SIZE);
    outline = (int) (Fingerprint.mix(toolName ^ withoutProse) >>> Integer.SIZE);
  }

  /** Of a recorded call, whose arguments may not be whole any more. */
  public void take(Fingerprint fingerprint) {
    call = fingerprint.call();
    tool = fingerprint.tool();
    outline = fingerprint.outline();
  }

  public long call() {
    return call;
  }

  public int tool() {
    return tool;
  }

  public int outline() {
    return outline;
  }

  public Fingerprint fingerprint() {
    return new Fingerprint(call, tool, outline);
  }

  /** The full name of a tree. */
  long full(@Nullable Object value) {
    return switch (value) {
      case null -> both(NULL);
      case String text -> text(text);
      case Boolean bool -> both(bool ? TRUE : FALSE);
      case Double number -> both(number(number));
      case Number whole -> both(whole(whole.longValue()));
      case Map<?, ?> object -> object(object);
      case List<?> list -> list(list);
      default ->
          throw new IllegalArgumentException("not a JSON value: " + value.getClass().getName());
    };
  }

  private long both(long name) {
    withoutProse = name;
    return name;
  }

  private long text(String text) {
    long name = Fingerprint.ofText(text);
    withoutProse = isProse(text) ? PROSE : name;
    return name;
  }

  private static boolean isProse(String text) {
    return text.indexOf(' ') >= 0 || text.indexOf('\n') >= 0;
  }

  private static long number(double number) {
    return number == Math.rint(number) && Math.abs(number) <= SAFE_INTEGER_MAX
        ? whole((long) number)
        : Fingerprint.mix(FRACTION ^ Fingerprint.mix(Double.doubleToLongBits(number)));
  }

  private static long whole(long number) {
    return Fingerprint.mix(WHOLE ^ Fingerprint.mix(number));
  }

  /** A sum does not know the order of its parts, and each part is mixed before. */
  private long object(Map<?, ?> object) {
    long sum = 0;
    long sumWithoutProse = 0;
    for (Map.Entry<?, ?> member : object.entrySet()) {
      long name = Fingerprint.ofText((String) member.getKey());
      long value = full(member.getValue());
      long part = member(name, value);
      sum += part;
      sumWithoutProse += withoutProse == value ? part : member(name, withoutProse);
    }
    long size = OBJECT + object.size();
    long full = Fingerprint.mix(size ^ Fingerprint.mix(sum));
    withoutProse =
        sumWithoutProse == sum ? full : Fingerprint.mix(size ^ Fingerprint.mix(sumWithoutProse));
    return full;
  }

  private static long member(long name, long value) {
    return Fingerprint.mix(name + 3 * Fingerprint.mix(value));
  }

  private long list(List<?> list) {
    long full = LIST + list.size();
    long other = full;
    for (int i = 0; i < list.size(); i++) {
      long element = full(list.get(i));
      other = Fingerprint.mix(other * 3 ^ withoutProse);
      full = Fingerprint.mix(full * 3 ^ element);
    }
    withoutProse = other;
    return full;
  }
}
