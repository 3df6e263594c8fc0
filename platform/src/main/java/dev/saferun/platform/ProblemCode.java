package dev.saferun.platform;

/**
 * A stable error code; each module's enum implements it. The code is an interface: it is never
 * renamed.
 */
public interface ProblemCode {

  /** The stable name, in kebab-case, that is also the last part of the problem's type URI. */
  String code();

  /** The HTTP status that goes with it. */
  int status();

  /** What kind of fault it is, in one line that does not vary between occurrences. */
  String title();
}
