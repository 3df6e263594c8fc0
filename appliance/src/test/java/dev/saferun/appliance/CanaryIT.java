package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saferun.appliance.serve.Appliance;
import dev.saferun.appliance.serve.OwnerOf;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A thousand secrets and persons' data sent through the whole product, in values, names, numbers,
 * documents in texts and base64: none of them is anywhere that lasts, and every control, sent
 * beside them, is. Looked at are each column of each table (so decompressed), each file of the data
 * directory as it is (the database's own files and its write-ahead log, the journal, copies for
 * backtests and for a start alone), the log, the metrics, and the exports.
 */
class CanaryIT {

  private static final int CALLS = 40;
  private static final int START = 5;
  private static final long WINDOW = (1L << (8 * START)) - 1;
  private static final String LETTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final String FLOOR =
      """
      {"rules": [{"path": "/**/secret_note", "action": "drop", "class": "note"}],
       "detectors": {"secret": {"action": "drop"}, "card_number": {"action": "seal"},
         "iban": {"action": "seal"}, "us_ssn": {"action": "token"}, "national_id": {"action": "token"},
         "email": {"action": "seal"}, "phone": {"action": "token"}, "ip": {"action": "token"},
         "date_of_birth": {"action": "drop"}}}
      """;

  @TempDir Path parent;

  private final Random random = new Random(20261128);
  private final Set<String> canaries = new LinkedHashSet<>();
  private final Set<String> controls = new LinkedHashSet<>();

  @Test
  void noCanaryIsAnywhereAndEveryControlIs() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    log.start();
    root.addAppender(log);
    Path data = parent.resolve("data");
    List<String> kept = new ArrayList<>();
    int management = Ports.free();
    try (Appliance appliance =
        Appliance.start(
            data,
            Map.of(
                "saferun.http.port", Ports.free(), "saferun.http.management-port", management))) {
      Api admin = new Api(appliance.uri(), Files.readString(data.resolve("bootstrap-key")).strip());
      assertThat(admin.put("/v1/redaction", FLOOR).status()).isEqualTo(200);
      for (String environment : List.of("production", "development")) {
        Api agent = RunningAppliance.agent(admin, "default", environment);
        for (int call = 0; call < CALLS; call++) {
          play(agent, admin, environment + "-" + call);
        }
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> admin.get("/v1/runs/production-" + (CALLS - 1)).status() == 200);
      for (String environment : List.of("production", "development")) {
        kept.add(admin.get("/v1/runs/" + environment + "-0/export").text());
        kept.add(admin.get("/v1/runs/" + environment + "-0/frames/1").text());
      }
      kept.add(admin.get("/v1/runs?limit=100").text());
      kept.add(new Api(URI.create("http://127.0.0.1:" + management), "").get("/metrics").text());
      kept.addAll(columns(appliance, admin));
      assertThat(canaries).as("planted").hasSizeGreaterThanOrEqualTo(1_000);
      assertThat(found(controls, kept)).as("controls in the database").hasSize(controls.size());
    } finally {
      root.detachAppender(log);
    }
    log.list.forEach(event -> kept.add(event.getFormattedMessage() + event.getKeyValuePairs()));
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        kept.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    Set<String> leaked = found(canaries, kept);
    System.out.printf(
        "%d canaries and %d controls through the product: %d canaries found in %d places%n",
        canaries.size(), controls.size(), leaked.size(), kept.size());
    assertThat(leaked).isEmpty();
  }

  /** By their first five letters, so that places of many megabytes are gone through once. */
  private static Set<String> found(Set<String> wanted, List<String> places) {
    Map<Long, List<String>> byStart = new HashMap<>();
    for (String one : wanted) {
      byStart.computeIfAbsent(start(one), first -> new ArrayList<>()).add(one);
    }
    Set<String> found = new LinkedHashSet<>();
    for (String place : places) {
      long window = 0;
      for (int end = 0; end < place.length(); end++) {
        window = ((window << 8) | (place.charAt(end) & 0xFF)) & WINDOW;
        for (String one : byStart.getOrDefault(window, List.of())) {
          if (place.startsWith(one, end - START + 1)) {
            found.add(one);
          }
        }
      }
    }
    return found;
  }

  private static long start(String text) {
    long start = 0;
    for (int i = 0; i < START; i++) {
      start = (start << 8) | (text.charAt(i) & 0xFF);
    }
    return start;
  }

  private void play(Api agent, Api admin, String run) {
    ObjectNode check = Api.JSON.createObjectNode().put("run_id", run);
    ObjectNode action = check.putObject("action").put("tool", "mail.send");
    ObjectNode arguments = action.putObject("arguments");
    arguments.put("control", control());
    arguments.put("to", email());
    arguments.put("text", "Pay with " + card() + " or " + secret());
    arguments.put("number", Long.parseLong(card()));
    arguments.put(secret(), 1);
    arguments.put("password", canary(letters(14)));
    arguments.put(
        "body", "{\"secret_note\":\"" + canary(letters(14)) + "\",\"card\":\"" + card() + "\"}");
    ObjectNode context = check.putObject("context").put("user_request", "It is " + iban() + ".");
    context.putObject("state").put("encoded", base64("token=" + secret()));
    context
        .putArray("retrieved")
        .addObject()
        .put("source", "crm")
        .put("content", "Call " + phone() + ", SSN " + ssn() + ", from " + ip() + ".");
    Api.Answer answer = agent.post("/v1/check-action", check.toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);

    ObjectNode frames = Api.JSON.createObjectNode();
    frames
        .putArray("frames")
        .addObject()
        .put("kind", "retrieval")
        .put("content", "Key: " + secret());
    assertThat(agent.post("/v1/runs/" + run + "/frames", frames.toString()).status())
        .isEqualTo(201);
    String decision = answer.body().get("decision_id").asText();
    ObjectNode outcome = Api.JSON.createObjectNode();
    outcome.putObject("result").put("receipt", "sent to " + email());
    assertThat(agent.post("/v1/decisions/" + decision + "/outcome", outcome.toString()).status())
        .isLessThan(300);
    String label = "{\"label\": \"correct\", \"comment\": \"asked by " + email() + "\"}";
    assertThat(admin.post("/v1/decisions/" + decision + "/label", label).status()).isLessThan(300);
  }

  private static List<String> columns(Appliance appliance, Api admin) throws Exception {
    List<String> values = new ArrayList<>();
    try (Connection owner = OwnerOf.connect(appliance)) {
      String organization = admin.get("/v1/organizations").body().findPath("id").asText();
      try (PreparedStatement scope =
          owner.prepareStatement("select set_config('saferun.organization', ?, false)")) {
        scope.setString(1, organization);
        scope.execute();
      }
      for (String table : tables(owner)) {
        try (Statement statement = owner.createStatement();
            ResultSet rows = statement.executeQuery("select * from " + table)) {
          while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
              byte[] bytes = rows.getBytes(column);
              values.add(bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1));
            }
          }
        }
      }
    }
    return values;
  }

  private static List<String> tables(Connection owner) throws Exception {
    List<String> tables = new ArrayList<>();
    try (Statement statement = owner.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select quote_ident(table_schema) || '.' || quote_ident(table_name)"
                    + " from information_schema.tables where table_type = 'BASE TABLE'"
                    + " and table_schema not in ('pg_catalog', 'information_schema')")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private String canary(String text) {
    canaries.add(text);
    return text;
  }

  private String control() {
    String control = "control" + letters(12);
    controls.add(control);
    return control;
  }

  private String secret() {
    return canary(
        switch (random.nextInt(4)) {
          case 0 -> "sk_live_" + letters(24);
          case 1 -> "ghp_" + letters(36);
          case 2 -> "srk_" + letters(30);
          default -> "glpat-" + letters(20);
        });
  }

  private String email() {
    return canary(letters(10) + "@" + letters(8).toLowerCase(Locale.ROOT) + ".com");
  }

  private String phone() {
    return canary("+49 30 " + (1_000_000 + random.nextInt(8_999_999)));
  }

  private String ip() {
    return canary(
        "%d.%d.%d.%d"
            .formatted(
                11 + random.nextInt(80),
                100 + random.nextInt(100),
                100 + random.nextInt(100),
                100 + random.nextInt(100)));
  }

  private String ssn() {
    return canary(
        "%03d-%02d-%04d"
            .formatted(
                100 + random.nextInt(500), 10 + random.nextInt(80), 1_000 + random.nextInt(8_000)));
  }

  private String iban() {
    String account = "37040044" + "%010d".formatted(random.nextInt(1_000_000_000));
    BigInteger number = new BigInteger(account + "131400");
    int check = 98 - number.mod(BigInteger.valueOf(97)).intValue();
    return canary("DE%02d%s".formatted(check, account));
  }

  private String card() {
    StringBuilder digits = new StringBuilder("4");
    while (digits.length() < 15) {
      digits.append(random.nextInt(10));
    }
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      int digit = (digits.charAt(i) - '0') * (i % 2 == 0 ? 2 : 1);
      sum += digit / 10 + digit % 10;
    }
    return canary(digits.append((10 - sum % 10) % 10).toString());
  }

  private String base64(String text) {
    return canary(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  private String letters(int count) {
    StringBuilder text = new StringBuilder();
    while (text.length() < count) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
