package dev.saferun.evaluator;

import dev.saferun.evaluator.meaning.SentenceMeanings;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How near texts are in meaning, as far as a network in this process tells. It covers what no list
 * of words does; what it says is one measurement among others and never decides alone.
 */
public interface Meanings extends AutoCloseable {

  /** Nothing is told. */
  Meanings NONE =
      new Meanings() {
        @Override
        public Likeness begin() {
          return Likeness.NONE;
        }

        @Override
        public void prepare(String text) {}
      };

  /**
   * Tells for as long as it takes, so that what is told does not depend on the machine.
   *
   * @throws IOException where the network cannot be run here
   */
  static Meanings patient() throws IOException {
    return SentenceMeanings.patient();
  }

  /** The likenesses that the measurement of one call may ask for. */
  Likeness begin();

  /** Gets a text ready that later calls will ask for; returns at once. */
  void prepare(String text);

  @Override
  default void close() {}

  /** Answers for one call, within its time. */
  interface Likeness {

    /** Knows nothing. */
    Likeness NONE =
        new Likeness() {
          @Override
          public OptionalDouble of(String one, String other) {
            return OptionalDouble.empty();
          }

          @Override
          public State state() {
            return State.OFF;
          }
        };

    /**
     * The cosine of the angle between two texts: about 0 where they have nothing to do with each
     * other, 1 where they say the same. Empty where it could not be told in time.
     */
    OptionalDouble of(String one, String other);

    /** How it went until now. */
    State state();
  }

  /** How far meaning took part in a measurement. */
  enum State {
    /** No network is there. */
    OFF,
    /** All that was asked for was told. */
    TOLD,
    /** The time was over before all was told: words alone had to do for the rest. */
    LATE;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String wire) {
      return valueOf(wire.toUpperCase(Locale.ROOT));
    }
  }
}
