package dev.saferun.redaction;

import java.util.EnumMap;
import java.util.Map;

/** What a policy's author may put in force as it stands. */
public final class StandardDetectors {

  /** What tells of a person becomes a token, so that rules can still compare it. */
  public static final Map<Detector, Action> PII = pii();

  private StandardDetectors() {}

  private static Map<Detector, Action> pii() {
    Map<Detector, Action> actions = new EnumMap<>(Detector.class);
    for (Detector detector : Detector.values()) {
      if (detector != Detector.CARD_NUMBER && detector != Detector.SECRET) {
        actions.put(detector, new Action.Token());
      }
    }
    return Map.copyOf(actions);
  }
}
