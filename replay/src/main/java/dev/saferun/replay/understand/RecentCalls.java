package dev.saferun.replay.understand;

import dev.saferun.evaluator.IntentSettings;
import dev.saferun.evaluator.RecentTraffic;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The calls that environments had lately, labelled or not: the newest, each for many. */
@Singleton
class RecentCalls {

  static final int DAYS = 14;

  /** Calls that are looked at; environments share them evenly. */
  static final int CALLS_MAX = 20_000;

  /** Evidence that is in memory at a time. */
  private static final int PAGE = 250;

  private static final UUID BEYOND_ALL = new UUID(-1, -1);
  private static final Duration DAY = Duration.ofDays(1);

  private static final String COUNT =
      """
      select count(*), min(received_at) from replay.frame
      where environment_id = $1 and kind = 'action' and received_at >= $2 and received_at < $3""";

  private static final String NEWEST =
      """
      select received_at, record_id, evidence from replay.frame
      where environment_id = $1 and kind = 'action' and received_at >= $2
        and (received_at, record_id) < ($3, $4)
      order by received_at desc, record_id desc limit $5""";

  private final Rows rows;

  RecentCalls(Rows rows) {
    this.rows = rows;
  }

  /** Blocks. */
  RecentTraffic of(UUID organizationId, Map<UUID, IntentSettings> environments, Instant now) {
    List<RecentTraffic.Call> calls = new ArrayList<>();
    int callsMax = CALLS_MAX / Math.max(1, environments.size());
    double callsADay = 0;
    int sampled = 0;
    for (Map.Entry<UUID, IntentSettings> environment : environments.entrySet()) {
      Environment one = new Environment(organizationId, environment.getKey(), now);
      double aDay = one.callsADay();
      Sample sample = one.sample(callsMax);
      callsADay += aDay;
      sampled += sample.looked;
      for (MeasuredCall call : sample.measured) {
        calls.add(
            new RecentTraffic.Call(
                call.features(),
                environment.getValue().thresholds(call.tool()),
                aDay / sample.looked));
      }
    }
    return new RecentTraffic(DAYS, callsADay, sampled, calls);
  }

  private record Sample(int looked, List<MeasuredCall> measured) {}

  /** One environment's last days. */
  private final class Environment {

    private final UUID organizationId;
    private final UUID id;
    private final OffsetDateTime from;
    private final OffsetDateTime now;

    Environment(UUID organizationId, UUID id, Instant now) {
      this.organizationId = organizationId;
      this.id = id;
      this.now = now.atOffset(ZoneOffset.UTC);
      this.from = this.now.minusDays(DAYS);
    }

    /** Over the days since the first call of them; over one day at least. */
    double callsADay() {
      Row row = rows.read(organizationId, COUNT, Tuple.of(id, from, now)).iterator().next();
      OffsetDateTime first = row.getOffsetDateTime(1);
      if (first == null) {
        return 0;
      }
      double days = (double) Duration.between(first, now).toSeconds() / DAY.toSeconds();
      return row.getLong(0) / Math.max(1, days);
    }

    Sample sample(int callsMax) {
      List<MeasuredCall> measured = new ArrayList<>();
      int looked = 0;
      OffsetDateTime before = now;
      UUID beforeRecord = BEYOND_ALL;
      while (looked < callsMax) {
        int size = Math.min(PAGE, callsMax - looked);
        int found = 0;
        for (Row row :
            rows.read(organizationId, NEWEST, Tuple.of(id, from, before, beforeRecord, size))) {
          before = row.getOffsetDateTime(0);
          beforeRecord = row.getUUID(1);
          MeasuredCall.of(row.getBuffer(2).getBytes()).ifPresent(measured::add);
          found++;
        }
        looked += found;
        if (found < size) {
          break;
        }
      }
      return new Sample(looked, measured);
    }
  }
}
