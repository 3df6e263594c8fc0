package dev.saferun.appliance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.reliability.ApplianceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a backtest takes: calls that went through the API, copied in the database to as many as are
 * asked for, decided again by a draft of ten rules; from the database, then from the copy on disk.
 * Then whether live checks notice. Run by {@code make backtest-bench}.
 */
public final class BacktestBench {

  private static final Duration SEEDING = Duration.ofSeconds(3);
  private static final Duration LIVE = Duration.ofSeconds(6);
  private static final double LIVE_RATE = 200;
  private static final int ROUNDS = 3;

  private final ApplianceProcess appliance;
  private final Admin admin;

  private BacktestBench(ApplianceProcess appliance, Admin admin) {
    this.appliance = appliance;
    this.admin = admin;
  }

  /**
   * @param arguments a directory for the data, and how many decisions to fill it with
   */
  public static void main(String[] arguments) throws Exception {
    Path data = Files.createTempDirectory(Path.of(arguments[0]), "backtest").resolve("data");
    try (ApplianceProcess appliance = ApplianceProcess.start(data, Map.of())) {
      new BacktestBench(appliance, new Admin(appliance, data)).run(Integer.parseInt(arguments[1]));
    }
  }

  private void run(int decisions) throws Exception {
    admin.call("PUT", "/v1/projects/shop", "{}");
    for (int i = 0; i < 10; i++) {
      admin.call("PUT", "/v1/projects/shop/rules/draft-" + i, rule(i));
    }
    String key = admin.agentKey("shop");
    PreparedRequests requests =
        Requests.post("/v1/check-action", key, number -> Requests.real("seed", number));
    LoadGenerator.closedLoop(Requests.address(appliance.uri("/")), requests, 8, SEEDING);
    Thread.sleep(3_000);
    long rows = multiply(decisions);
    System.out.printf(Locale.ROOT, "%,d recorded decisions of %,d bytes%n", rows, evidenceBytes());
    String draft =
        "{\"environment\":\"development\",\"rules\":["
            + IntStream.range(0, 10)
                .mapToObj(i -> "{\"rule\":\"draft-" + i + "\"}")
                .collect(Collectors.joining(","))
            + "]}";
    print("draft of 10 rules, from the database", backtest(draft));
    for (int i = 0; i < 2; i++) {
      print("draft of 10 rules, from the copy on disk", backtest(draft));
    }
    JsonNode own = backtest("{\"environment\":\"development\"}");
    print("the policy in force on its own log", own);
    System.out.printf(
        Locale.ROOT,
        "  decided by this very policy: %,d, different now: %d%n",
        own.at("/same_policy/decisions").asLong(),
        own.at("/same_policy/different").asLong());
    live(key, draft);
  }

  private static String rule(int number) {
    String condition =
        number % 2 == 0
            ? "action.arguments.amount > context.plan.amount + " + number
            : "context.plan.is_refund == false && action.arguments.currency != 'usd'";
    return """
    {"condition": "%s", "verdict": "deny", "message": "No.", "tools": ["payments.charge"]}"""
        .formatted(condition);
  }

  private static void print(String what, JsonNode found) {
    Duration took =
        Duration.between(
            Instant.parse(found.get("created_at").asText()),
            Instant.parse(found.get("ended_at").asText()));
    long replayed = found.at("/coverage/replayed").asLong();
    System.out.printf(
        Locale.ROOT,
        "%-42s %,9d decisions in %6.2f s: %,9.0f/s; deciding p50 %d ns, p99 %d ns; %s%n",
        what,
        replayed,
        took.toMillis() / 1e3,
        replayed / (took.toNanos() / 1e9),
        found.at("/decide_nanos/p50").asLong(),
        found.at("/decide_nanos/p99").asLong(),
        found.get("verdicts"));
  }

  private JsonNode backtest(String body) throws IOException, InterruptedException {
    String id = admin.call("POST", "/v1/projects/shop/backtests", body).get("id").asText();
    JsonNode found = admin.call("GET", "/v1/projects/shop/backtests/" + id, "");
    while (List.of("queued", "running").contains(found.get("state").asText())) {
      Thread.sleep(50);
      found = admin.call("GET", "/v1/projects/shop/backtests/" + id, "");
    }
    if (!found.get("state").asText().equals("finished")) {
      throw new IllegalStateException(found.toString());
    }
    return found;
  }

  /** The p95 of live checks, in turns without and with a backtest running. */
  private void live(String key, String draft) throws Exception {
    double quiet = 0;
    double beside = 0;
    for (int round = 0; round < ROUNDS; round++) {
      quiet += p95(key, "quiet-" + round);
      String id = admin.call("POST", "/v1/projects/shop/backtests", draft).get("id").asText();
      beside += p95(key, "beside-" + round);
      String state =
          admin.call("DELETE", "/v1/projects/shop/backtests/" + id, "").get("state").asText();
      System.out.println("  the backtest was " + state + " when the live load ended");
      Thread.sleep(1_000);
    }
    System.out.printf(
        Locale.ROOT,
        "live checks at %.0f/s: p95 %.2f ms alone, %.2f ms beside a backtest (%+.0f %%)%n",
        LIVE_RATE,
        quiet / ROUNDS,
        beside / ROUNDS,
        100 * (beside - quiet) / quiet);
  }

  private double p95(String key, String prefix) throws IOException {
    PreparedRequests requests =
        Requests.post("/v1/check-action", key, number -> Requests.real(prefix, number));
    return LoadGenerator.openLoop(
            Requests.address(appliance.uri("/")), requests, 8, LIVE_RATE, LIVE)
        .p95Millis();
  }

  /** Copies the actions that there are, under other ids and runs and at earlier times. */
  private long multiply(int wanted) throws SQLException, IOException {
    String sql =
        """
        insert into replay.frame (organization_id, project_id, environment_id, run_id, frame, record_id, kind, decision_id,
          at, received_at, step, tool, verdict, effect, policy_snapshot, fingerprint, evidence, evidence_sha256)
        select organization_id, project_id, environment_id, run_id || '-copy-' || ?, frame, id, kind, id, at,
          received_at - make_interval(hours => ?), step, tool, verdict, effect, policy_snapshot, fingerprint, evidence,
          evidence_sha256
        from (select gen_random_uuid() as id, * from replay.frame where kind = 'action' and run_id not like '%-copy-%') as f
        """;
    try (Connection connection = admin.connect();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      long rows = count(connection);
      int copy = 0;
      while (rows < wanted) {
        copy++;
        insert.setInt(1, copy);
        insert.setInt(2, copy);
        rows += insert.executeUpdate();
      }
      connection.createStatement().execute("analyze replay.frame");
      return rows;
    }
  }

  private static long count(Connection connection) throws SQLException {
    try (var rows =
        connection
            .createStatement()
            .executeQuery("select count(*) from replay.frame where kind = 'action'")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private long evidenceBytes() throws SQLException, IOException {
    try (Connection connection = admin.connect();
        var rows =
            connection
                .createStatement()
                .executeQuery("select avg(octet_length(evidence))::bigint from replay.frame")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
