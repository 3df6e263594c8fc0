package dev.saferun.appliance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.reliability.ApplianceProcess;
import dev.saferun.appliance.reliability.SyslogCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * A SIEM that was away, with many events behind: whether all arrive, how fast, and whether live
 * checks notice. The receiver is a bare TCP server that reads syslog frames and keeps their ids.
 */
public final class SiemBench {

  private static final Duration LIVE = Duration.ofSeconds(6);
  private static final double LIVE_RATE = 200;
  private static final int ROUNDS = 6;

  /** Events that are sent before anything is measured, as an appliance that has run for a while. */
  private static final int WARM_UP = 30_000;

  private static final String DESTINATION = "/v1/audit/destinations/siem";

  private final ApplianceProcess appliance;
  private final Admin admin;
  private final SyslogCounter receiver;

  private SiemBench(ApplianceProcess appliance, Admin admin, SyslogCounter receiver) {
    this.appliance = appliance;
    this.admin = admin;
    this.receiver = receiver;
  }

  /**
   * @param arguments a directory for the data, and how many events are behind
   */
  public static void main(String[] arguments) throws Exception {
    Path data = Files.createTempDirectory(Path.of(arguments[0]), "siem").resolve("data");
    try (SyslogCounter receiver = new SyslogCounter();
        ApplianceProcess appliance =
            ApplianceProcess.start(
                data, Map.of("SAFERUN_AUDIT_ALLOWED_ADDRESSES", "127.0.0.0/8"))) {
      new SiemBench(appliance, new Admin(appliance, data), receiver)
          .run(Integer.parseInt(arguments[1]));
    }
  }

  private void run(int events) throws Exception {
    admin.call("PUT", "/v1/projects/shop", "{}");
    String key = admin.agentKey("shop");
    receiver.open();
    write();
    fill(WARM_UP);
    p95(key, "warm-up");
    awaitPlaces(WARM_UP);
    while (standing().path("waiting").asLong() > 0) {
      Thread.sleep(200);
    }
    receiver.close();
    long begun = System.nanoTime();
    fill(events);
    awaitPlaces(WARM_UP + events);
    System.out.printf(
        Locale.ROOT,
        "%,d events got their places in the log in %.1f s%n",
        events,
        (System.nanoTime() - begun) / 1e9);
    System.out.println("  the receiver is away: " + standing().path("fault").asText());
    live(key);
    long from = standing().path("cursor").asLong();
    begun = System.nanoTime();
    receiver.open();
    write();
    while (standing().path("waiting").asLong() > 0) {
      Thread.sleep(100);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    long end = standing().path("cursor").asLong();
    System.out.printf(
        Locale.ROOT,
        "caught up with %,d in %.1f s while nobody checked: %,.0f events/s%n",
        end - from,
        seconds,
        (end - from) / seconds);
    System.out.printf(
        Locale.ROOT,
        "  %,d positions: %,d received, %,d ids, %,d out of order, %,d missing%n",
        end,
        receiver.frames(),
        receiver.distinct(),
        receiver.outOfOrder(),
        end - receiver.positions());
  }

  /** The p95 of live checks, in turns while it is away and while it catches up. */
  private void live(String key) throws Exception {
    double away = 0;
    double beside = 0;
    long caughtUp = 0;
    for (int round = 0; round < ROUNDS; round++) {
      away += p95(key, "away-" + round);
      long before = standing().path("cursor").asLong();
      receiver.open();
      write();
      beside += p95(key, "beside-" + round);
      receiver.close();
      caughtUp += standing().path("cursor").asLong() - before;
      Thread.sleep(1_000);
    }
    System.out.printf(
        Locale.ROOT,
        "live checks at %.0f/s, %d rounds: p95 %.2f ms while it is away, %.2f ms while it catches up with %,.0f events/s (%+.0f %%)%n",
        LIVE_RATE,
        ROUNDS,
        away / ROUNDS,
        beside / ROUNDS,
        caughtUp / (double) (ROUNDS * LIVE.toSeconds()),
        100 * (beside - away) / away);
  }

  private void awaitPlaces(long events) throws IOException, InterruptedException {
    while (standing().path("cursor").asLong() + standing().path("waiting").asLong() < events) {
      Thread.sleep(200);
    }
  }

  /** What is written anew is tried at once. */
  private void write() throws IOException, InterruptedException {
    admin.call(
        "PUT",
        DESTINATION,
        """
        {"type": "syslog", "format": "ocsf", "from": "beginning",
         "settings": {"address": "127.0.0.1:%d", "transport": "tcp", "allow_plaintext": true}}"""
            .formatted(receiver.port()));
  }

  private JsonNode standing() throws IOException, InterruptedException {
    return admin.call("GET", DESTINATION, "").path("delivery");
  }

  /** As if so many things had been done by people. */
  private void fill(int events) throws SQLException, IOException {
    try (Connection connection = admin.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          with organization as (select organization_id from audit.event limit 1),
          made as (
            insert into audit.event (organization_id, id, at, actor_kind, actor_id, actor_name, code, target, before, after)
            select organization_id, gen_random_uuid(), now(), 'admin', gen_random_uuid(), 'Ada',
              'rule.changed', 'rule:' || n, jsonb_build_object('version', n),
              jsonb_build_object('version', n + 1, 'condition', 'action.arguments.amount > ' || n)
            from organization, generate_series(1, %d) as n
            returning organization_id, id)
          insert into audit.pending (organization_id, id, kind) select organization_id, id, 'audit' from made
          """
              .formatted(events));
    }
  }

  private double p95(String key, String prefix) throws IOException {
    PreparedRequests requests =
        Requests.post("/v1/check-action", key, number -> Requests.real(prefix, number));
    return LoadGenerator.openLoop(
            Requests.address(appliance.uri("/")), requests, 8, LIVE_RATE, LIVE)
        .p95Millis();
  }
}
