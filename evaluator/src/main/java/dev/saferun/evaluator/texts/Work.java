package dev.saferun.evaluator.texts;

/**
 * Counts the steps that reading texts and measuring one call take, and ends them where they are too
 * many or take too long. A step is a word that is read or compared, or {@link #CHARACTERS_A_STEP}
 * characters of a text; so the count of one input is the same on every machine. It looks at the
 * clock only now and then: what is done before it looked once never runs out of time.
 */
public final class Work {

  /** How many characters cost as much as one step. */
  public static final int CHARACTERS_A_STEP = 8;

  /**
   * Steps of one call. Beyond them the call is not measured further, also where nobody looks at a
   * clock. What the largest request takes in honest texts is a tenth of it.
   */
  public static final long STEPS_MAX = 20_000_000;

  private static final long STEPS_BETWEEN_LOOKS = 8_192;

  private Clock clock = Clock.STOPPED;
  private long steps;
  private long nextLook;

  /** Says whether there is time left. */
  @FunctionalInterface
  public interface Clock {

    /** Time never ends. */
    Clock STOPPED = () -> false;

    boolean isOver();
  }

  /** There were too many steps, or no time was left. */
  public static final class Exceeded extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean late;

    private Exceeded(boolean late) {
      super(late ? "no time is left" : "too many steps", null, false, false);
      this.late = late;
    }

    /** Whether it was the time. */
    public boolean isLate() {
      return late;
    }
  }

  /** Begins to count anew. */
  public void begin(Clock newClock) {
    clock = newClock;
    steps = 0;
    nextLook = STEPS_BETWEEN_LOOKS;
  }

  public long steps() {
    return steps;
  }

  /**
   * Adds steps that were taken or are about to be.
   *
   * @throws Exceeded where that is too much
   */
  public void add(long more) {
    steps += more;
    if (steps >= nextLook) {
      nextLook = steps + STEPS_BETWEEN_LOOKS;
      if (steps > STEPS_MAX) {
        throw new Exceeded(false);
      }
      if (clock.isOver()) {
        throw new Exceeded(true);
      }
    }
  }

  /** Adds what it takes to go through a text. */
  public void addText(String text) {
    add(1 + text.length() / CHARACTERS_A_STEP);
  }
}
