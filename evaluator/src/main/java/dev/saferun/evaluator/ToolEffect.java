package dev.saferun.evaluator;

import java.util.Locale;

/** What a tool does to the world, from the harmless to what cannot be undone. */
public enum ToolEffect {
  /** It looks. */
  READ,
  /** It changes something that is ours. */
  WRITE,
  /** Something leaves: a message, money, a request to another's machine. */
  SEND,
  /** Something is gone afterwards. */
  DESTROY;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
