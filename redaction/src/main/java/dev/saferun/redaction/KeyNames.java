package dev.saferun.redaction;

/** Names of members that say what their value is, where the value alone does not. */
final class KeyNames {

  private static final int LENGTH_MAX = 64;

  private KeyNames() {}

  /** Whether a detector hears more from a value when it knows this name. */
  static boolean isTelling(String name) {
    if (name.length() < 2 || name.length() > LENGTH_MAX) {
      return false;
    }
    byte[] bytes = Ascii.of(name);
    return Context.before(bytes, bytes.length) != null || Introductions.isBirth(bytes);
  }
}
