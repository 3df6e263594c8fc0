package dev.saferun.evaluator.texts;

import org.jspecify.annotations.Nullable;

/**
 * A JSON Pointer that is written out only where somebody asks for it: a tree of a hundred thousand
 * values below one long name costs that name once. One of more than {@link #CHARACTERS_MAX}
 * characters ends in {@code /…} at the last name that fits.
 */
public final class Pointer {

  /** Characters of a pointer that is written out, without the mark that says it was cut. */
  public static final int CHARACTERS_MAX = 1_024;

  /** What stands for all that is deeper. */
  public static final String CUT = "/\u2026";

  private final @Nullable Pointer parent;
  private final String name;
  private final int length;

  private Pointer(@Nullable Pointer parent, String name, int length) {
    this.parent = parent;
    this.name = name;
    this.length = length;
  }

  /** One that is written out already. */
  public static Pointer of(String written) {
    return new Pointer(null, written, written.length());
  }

  /** The place around it; null where there is none. */
  public @Nullable Pointer parent() {
    return parent;
  }

  /** Of the member with that name. */
  public Pointer member(Object memberName) {
    String text = String.valueOf(memberName);
    return isFull(text.length()) ? cut() : below("/" + text.replace("~", "~0").replace("/", "~1"));
  }

  /** Of the element with that number. */
  public Pointer element(int index) {
    return below("/" + index);
  }

  private Pointer below(String part) {
    return isFull(part.length()) ? cut() : new Pointer(this, part, length + part.length());
  }

  private boolean isFull(int more) {
    return length + more > CHARACTERS_MAX;
  }

  /** Nothing deeper fits behind it. */
  private Pointer cut() {
    return length > CHARACTERS_MAX ? this : new Pointer(this, CUT, CHARACTERS_MAX + 1);
  }

  @Override
  public String toString() {
    if (parent == null) {
      return name;
    }
    StringBuilder written = new StringBuilder();
    append(written);
    return written.toString();
  }

  private void append(StringBuilder written) {
    if (parent != null) {
      parent.append(written);
    }
    written.append(name);
  }
}
