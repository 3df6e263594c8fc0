package dev.saferun.appliance;

import static dev.saferun.appliance.AuditedSetting.fresh;
import static dev.saferun.appliance.AuditedSetting.made;
import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.appliance.AuditedCall.Caller;
import dev.saferun.appliance.AuditedSetting.Checked;
import dev.saferun.appliance.serve.OwnerOf;
import dev.saferun.platform.Database;
import dev.saferun.platform.Transaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every operation of the API is called by six who have no business there, once with what is there
 * and once with what is not: both answers are the same, and neither has a word of what is there. An
 * operation without a row fails. Then once more with the database's own lock taken off, for the
 * application's must hold alone; and the database's is tried alone as well.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantMatrixIT {

  /** Where anybody may come, and what there is to find is what the link itself says. */
  private static final Set<String> FOR_ANYBODY =
      Set.of(
          "GET /sign-in",
          "GET /sign-in/find",
          "GET /sign-in/{organization}/{connection}",
          "GET /sign-in/{organization}/{connection}/callback",
          "GET /sign-in/{organization}/{connection}/metadata",
          "GET /sign-in/{organization}/{connection}/slo",
          "POST /sign-in/{organization}/{connection}/acs",
          "POST /sign-in/{organization}/{connection}/slo",
          "POST /sign-in/{organization}/{connection}/backchannel-logout");

  /** What ends the caller's own session, and is about nothing else. */
  private static final Set<String> OF_ONESELF = Set.of("POST /v1/session/sign-out");

  /** What every member may see of the organization. */
  private static final String OWN_ORGANIZATION = "GET /v1/organizations/{organization}";

  /** What an operation must be asked for, beside its path. */
  private static final Map<String, String> QUERIES =
      Map.of(
          "GET /v1/runs/{run_id}/frames/{frame}/value", "?pointer=/action",
          "GET /v1/projects/{project}/rules/{rule}/diff", "?from=1&to=1");

  /** What has no sample that succeeds without an identity provider; these places stand for one. */
  private static final Set<String> WITHOUT_SAMPLE =
      Set.of("POST /v1/sign-in/domains/{domain}/verification", "PUT /v1/sign-in/policy");

  private static final Random SOURCE = new Random();

  private final AuditedSetting setting;
  private final SampleCalls samples;
  private final ReadCalls reads;
  private final List<Stranger> strangers;
  private final Map<String, AuditedCall> calls = new HashMap<>();
  private final Checked checked;

  /** Somebody, and whether nothing at all is for them. */
  private record Stranger(String name, Api api, boolean nobody, boolean sameOrganization) {}

  TenantMatrixIT() throws Exception {
    setting = new AuditedSetting();
    samples = new SampleCalls(setting);
    reads = new ReadCalls(setting);
    checked = reads.checked();
    strangers =
        List.of(
            new Stranger("nobody", setting.admin().api().with(""), true, false),
            new Stranger("a revoked key", revoked(), true, false),
            new Stranger("an expired session", expired(), true, false),
            new Stranger("another environment's key", otherEnvironment(), false, true),
            new Stranger("another project's admin", otherProject(), false, true),
            new Stranger("another organization's admin", otherOrganization(), false, false));
  }

  @AfterAll
  void stop() {
    setting.close();
  }

  private Api revoked() {
    Api admin = setting.admin().api();
    var key = made(admin.post("/v1/keys", "{\"name\":\"gone\"}"));
    made(admin.put("/v1/keys/" + key.get("id").asText(), "{\"revoked\":true}"));
    return admin.with(key.get("key").asText());
  }

  private Api expired() throws SQLException {
    Caller person = setting.person();
    execute("update auth.session set expires_at = now() - interval '1 hour'");
    return person.api();
  }

  private Api otherEnvironment() {
    return RunningAppliance.agent(setting.admin().api(), checked.project(), "staging");
  }

  private Api otherProject() {
    String project = setting.project();
    Caller person = setting.person();
    Api admin = setting.admin().api();
    String viewer = made(admin.get("/v1/members/" + person.id())).at("/grants/0/id").asText();
    made(
        admin.post(
            "/v1/members/" + person.id() + "/grants",
            "{\"role\":\"admin\",\"project\":\"" + project + "\"}"));
    made(admin.raw("DELETE", "/v1/members/" + person.id() + "/grants/" + viewer));
    return person.api();
  }

  private Api otherOrganization() {
    return setting
        .operator()
        .api()
        .with(
            made(setting.operator().api().put("/v1/organizations/" + fresh(), "{}"))
                .at("/admin_key/key")
                .asText());
  }

  @TestFactory
  Stream<DynamicNode> nothingOfOthersIsThere() {
    return Stream.concat(
        strangers.stream().map(one -> DynamicContainer.dynamicContainer(one.name(), rows(one))),
        Stream.of(withoutRowSecurity(strangers.getLast())));
  }

  private Stream<DynamicTest> rows(Stranger stranger) {
    return Endpoint.all().stream()
        .map(Endpoint::name)
        .filter(operation -> !FOR_ANYBODY.contains(operation) && !OF_ONESELF.contains(operation))
        .filter(operation -> !stranger.sameOrganization() || !operation.equals(OWN_ORGANIZATION))
        .map(operation -> DynamicTest.dynamicTest(operation, () -> check(operation, stranger)));
  }

  /** The last, since nothing puts the lock on again. */
  private DynamicContainer withoutRowSecurity(Stranger stranger) {
    return DynamicContainer.dynamicContainer(
        stranger.name() + ", with the database's lock off",
        Stream.concat(
            Stream.of(
                DynamicTest.dynamicTest(
                    "take it off",
                    () -> {
                      for (String table : tables()) {
                        execute("alter table " + table + " disable row level security");
                      }
                    })),
            rows(stranger)));
  }

  private void check(String operation, Stranger stranger) throws Exception {
    AuditedCall call = call(operation);
    String query = QUERIES.getOrDefault(operation, "");
    Api.Answer there = send(stranger, call, call.path() + query);
    Api.Answer absent = send(stranger, call, call.absentPath() + query);
    String what = stranger.name() + ": " + operation + ": " + there.text();
    assertThat(there.status()).as(what).isLessThan(500);
    if (stranger.nobody()) {
      assertThat(there.status()).as(what).isEqualTo(401);
    }
    boolean reads = operation.startsWith("GET ");
    if (reads && !call.places().isEmpty()) {
      assertThat(there.status()).as(what).isIn(401, 403, 404);
    }
    if (!call.places().isEmpty()) {
      assertThat(there.status())
          .as("%s; absent: %s", what, absent.text())
          .isEqualTo(absent.status());
    }
    if (there.status() >= 400 && absent.status() >= 400) {
      assertThat(told(there, call.path())).as(what).isEqualTo(told(absent, call.absentPath()));
    }
    for (String canary : canaries(stranger)) {
      if (call.places().stream().noneMatch(place -> place.contains(canary))) {
        assertThat(there.text()).as(what).doesNotContain(canary);
      }
    }
  }

  private static Api.Answer send(Stranger stranger, AuditedCall call, String path) {
    // Each from an address of its own, or the third hundred of them would be told to wait.
    Map<String, String> from = Map.of("X-Forwarded-For", "198.51.100." + SOURCE.nextInt(250));
    return stranger.api().call(call.method(), path, call.body(), from);
  }

  /** What an answer says, without what the caller said and without ids that are new each time. */
  private static String told(Api.Answer answer, String path) {
    String told = answer.text();
    for (String place : path.split("/", -1)) {
      if (place.length() > 3) {
        told = told.replace(place, "PLACE");
      }
    }
    return told.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID");
  }

  private List<String> canaries(Stranger stranger) {
    List<String> canaries =
        new ArrayList<>(List.of(checked.run(), checked.decision(), AuditedSetting.PERSON));
    if (!stranger.name().startsWith("another environment")) {
      canaries.add(checked.project());
    }
    return canaries;
  }

  /** The same for all strangers. */
  private AuditedCall call(String operation) throws Exception {
    AuditedCall known = calls.get(operation);
    if (known == null) {
      known = newCall(operation);
      calls.put(operation, known);
    }
    return known;
  }

  private AuditedCall newCall(String operation) throws Exception {
    if (operation.equals("POST /sign-in/{organization}/break-glass")) {
      return wrongCode(samples.of(operation).getFirst().call());
    }
    List<Callable<AuditedCall>> known = samples.of(operation);
    if (!known.isEmpty()) {
      return known.getFirst().call();
    }
    if (WITHOUT_SAMPLE.contains(operation)) {
      boolean domain = operation.contains("{domain}");
      return AuditedCall.of(
          setting.admin(),
          operation,
          domain ? List.of(setting.domain()) : List.of(),
          domain ? "" : "{\"sso_enforced\":true}");
    }
    assertThat(reads.has(operation)).as("a row for %s in ReadCalls", operation).isTrue();
    return AuditedCall.of(setting.admin(), operation, reads.of(operation), "");
  }

  /** An account that is there, and what somebody types who has not its authenticator. */
  private static AuditedCall wrongCode(AuditedCall call) {
    return new AuditedCall(
        call.by(),
        call.method(),
        call.path(),
        call.body().replaceAll("\"code\":\"[0-9]+\"", "\"code\":\"0\""),
        call.places(),
        call.absentPath());
  }

  @Test
  void theDatabasesLockHoldsAlone() throws SQLException {
    Database database = OwnerOf.bean(setting.appliance(), Database.class);
    UUID stranger =
        UUID.fromString(
            strangers.getLast().api().get("/v1/session").body().get("organization_id").asText());
    List<String> seen = new ArrayList<>();
    for (String table : tables()) {
      String sql = "select count(*) from " + table + " where organization_id <> $1";
      long others =
          Transaction.join(
              Transaction.in(
                  database,
                  stranger,
                  transaction -> transaction.row(sql, stranger).orElseThrow().getLong(0)));
      if (others > 0) {
        seen.add(table + " " + others);
      }
    }
    assertThat(seen).as("tables in which another organization's rows are seen").isEmpty();
  }

  /**
   * Those of organizations, save for the doors of domains, which anybody may ask for, and for the
   * notices to other nodes that something of an id has changed.
   */
  private List<String> tables() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection owner = OwnerOf.connect(setting.appliance());
        Statement statement = owner.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select c.table_schema || '.' || c.table_name from information_schema.columns c
                join information_schema.tables t using (table_schema, table_name)
                where c.column_name = 'organization_id' and t.table_type = 'BASE TABLE'
                  and c.table_schema || '.' || c.table_name
                    not in ('auth.domain_door', 'platform.change_feed')
                order by 1
                """)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private void execute(String sql) throws SQLException {
    try (Connection owner = OwnerOf.connect(setting.appliance());
        Statement statement = owner.createStatement()) {
      String organization =
          setting.admin().api().get("/v1/session").body().get("organization_id").asText();
      statement.execute("select set_config('saferun.organization', '" + organization + "', false)");
      statement.execute(sql);
    }
  }
}
