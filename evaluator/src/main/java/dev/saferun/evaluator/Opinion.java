package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of asking the customer's own model about one call. */
public sealed interface Opinion {

  /** From which score on an opinion is a signal against the call. */
  double SPEAKS_FROM = 0.5;

  /**
   * It answered.
   *
   * @param score how likely the user did not ask for the call, from 0 to 1
   * @param sentence its reason in its own words
   * @param model how it names itself
   */
  record Given(double score, String sentence, String model) implements Opinion {

    public Given {
      if (!(score >= 0 && score <= 1)) {
        throw new IllegalArgumentException("a score is from 0 to 1");
      }
    }

    @Override
    public Outcome outcome() {
      return Outcome.GIVEN;
    }
  }

  /**
   * There is none.
   *
   * @param outcome why not
   * @param detail what an engineer needs beside that; empty where it says all
   */
  record Absent(Outcome outcome, String detail) implements Opinion {

    public Absent {
      if (outcome == Outcome.GIVEN) {
        throw new IllegalArgumentException("an opinion that was given is not absent");
      }
    }

    public Absent(Outcome outcome) {
      this(outcome, "");
    }
  }

  /** What opinions are counted by. */
  enum Outcome {
    /** It answered. */
    GIVEN,
    /** It did not answer in time. */
    TIMED_OUT,
    /** No connection, or one that broke. */
    UNREACHABLE,
    /** It answered with a status other than 200; a redirect is one. */
    REFUSED,
    /** It answered with something else than an opinion. */
    MALFORMED,
    /** It was not asked: as many questions as it may have are under way. */
    BUSY,
    /** It was not asked: it failed several times in a row and is left alone for a while. */
    RESTING;

    static Outcome of(String wire) {
      return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Outcome outcome();

  /** As it stands in a frame. The words are the model's: they must not be kept unredacted. */
  default Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("outcome", outcome().wire());
    switch (this) {
      case Given given -> {
        json.put("score", given.score);
        json.put("sentence", given.sentence);
        json.put("model", given.model);
      }
      case Absent absent -> {
        if (!absent.detail.isEmpty()) {
          json.put("detail", absent.detail);
        }
      }
    }
    return json;
  }
}
