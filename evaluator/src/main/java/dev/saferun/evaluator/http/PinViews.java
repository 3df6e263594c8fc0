package dev.saferun.evaluator.http;

import dev.saferun.evaluator.rules.Pin;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pinned calls as they stand in answers. */
final class PinViews {

  private PinViews() {}

  /**
   * @param expect must_stop or must_allow
   * @param comment why, at most 500 characters
   */
  record PinBody(
      @Schema(
              type = "string",
              allowableValues = {"must_stop", "must_allow"})
          String expect,
      @Nullable String comment) {}

  /**
   * A recorded call that a rule must stop, or must let go.
   *
   * @param expect must_stop or must_allow
   * @param version the rule's newest version when it was pinned
   */
  record PinView(
      String decisionId,
      String expect,
      String comment,
      int version,
      String author,
      String createdAt,
      @Nullable String found,
      @Nullable Boolean ok) {

    static PinView of(Pin pin) {
      return of(pin, null, null);
    }

    static PinView of(Pin.Outcome outcome) {
      return of(outcome.pin(), outcome.found().wire(), outcome.isAsItMust());
    }

    private static PinView of(Pin pin, @Nullable String found, @Nullable Boolean ok) {
      return new PinView(
          pin.decisionId().toString(),
          pin.expect().wire(),
          pin.comment(),
          pin.version(),
          pin.author(),
          pin.createdAt().toString(),
          found,
          ok);
    }
  }

  record PinList(List<PinView> pins) {}

  /**
   * How a pinned call comes out.
   *
   * @param found stopped, allowed, or undecidable where the call is gone or redaction took what the
   *     rule needs
   */
  record PinOutcome(String decisionId, String expect, String found, boolean ok) {

    static PinOutcome of(Pin.Outcome outcome) {
      return new PinOutcome(
          outcome.pin().decisionId().toString(),
          outcome.pin().expect().wire(),
          outcome.found().wire(),
          outcome.isAsItMust());
    }
  }
}
