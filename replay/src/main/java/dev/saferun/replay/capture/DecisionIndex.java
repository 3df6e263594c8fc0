package dev.saferun.replay.capture;

import dev.saferun.replay.capture.PastRuns.DecisionPlace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the latest decisions stand, so that an outcome finds its run without the database. */
final class DecisionIndex {

  private static final int STRIPES = 16;

  private final Stripe[] stripes = new Stripe[STRIPES];

  DecisionIndex(int decisionsMax) {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe(Math.max(1, decisionsMax / STRIPES));
    }
  }

  void put(UUID decisionId, DecisionPlace place) {
    stripe(decisionId).put(decisionId, place);
  }

  Optional<DecisionPlace> find(UUID decisionId) {
    return Optional.ofNullable(stripe(decisionId).find(decisionId));
  }

  private Stripe stripe(UUID decisionId) {
    return stripes[(int) decisionId.getLeastSignificantBits() & (STRIPES - 1)];
  }

  private static final class Stripe {

    private final Map<UUID, DecisionPlace> places;

    Stripe(int placesMax) {
      places =
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, DecisionPlace> eldest) {
              return size() > placesMax;
            }
          };
    }

    synchronized void put(UUID decisionId, DecisionPlace place) {
      places.put(decisionId, place);
    }

    synchronized @Nullable DecisionPlace find(UUID decisionId) {
      return places.get(decisionId);
    }
  }
}
