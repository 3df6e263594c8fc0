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
    public String outcome() {
      return "given";
    }
  }

  /**
   * There is none.
   *
   * @param detail what an engineer needs beside the reason; empty where the reason says it all
   */
  record Absent(Why why, String detail) implements Opinion {

    public Absent(Why why) {
      this(why, "");
    }

    @Override
    public String outcome() {
      return why.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why there is no opinion. */
  enum Why {
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
    RESTING
  }

  /** {@code given}, or why not; what opinions are counted by. */
  String outcome();

  /** As it stands in a frame. */
  default Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("outcome", outcome());
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

  /** The opinion that {@link #toJson} wrote. */
  static Opinion of(Map<String, @Nullable Object> json) {
    JsonFields fields = new JsonFields(json, "");
    String outcome = fields.text("outcome");
    return outcome.equals("given")
        ? new Given(fields.number("score"), fields.text("sentence"), fields.text("model"))
        : new Absent(
            Why.valueOf(outcome.toUpperCase(Locale.ROOT)),
            fields.has("detail") ? fields.text("detail") : "");
  }
}
