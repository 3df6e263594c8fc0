package dev.saferun.appliance;

import static dev.saferun.appliance.AuditedSetting.PERSON;
import static dev.saferun.appliance.AuditedSetting.activation;
import static dev.saferun.appliance.AuditedSetting.call;
import static dev.saferun.appliance.AuditedSetting.fresh;
import static dev.saferun.appliance.AuditedSetting.reason;

import dev.saferun.appliance.AuditedCall.Caller;
import dev.saferun.appliance.AuditedSetting.BreakGlassDoor;
import dev.saferun.appliance.AuditedSetting.Checked;
import dev.saferun.appliance.AuditedSetting.Held;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * For each operation that the audit log knows or must not know, calls that succeed: one for each
 * thing that it may do. What a call needs to be there is made when it is asked for.
 */
final class SampleCalls {

  private static final String LABEL = "POST /v1/decisions/{id}/label";
  private static final String CANCEL = "DELETE /v1/projects/{project}/backtests/{id}";
  private static final String PRODUCTION = "production";

  private final AuditedSetting setting;
  private final Map<String, List<Callable<AuditedCall>>> calls = new LinkedHashMap<>();

  SampleCalls(AuditedSetting setting) {
    this.setting = setting;
    audit();
    tenancy();
    keys();
    redaction();
    rules();
    decisions();
    approvals();
    originals();
    backtests();
    members();
    tickets();
    signIn();
  }

  /** None where the table has forgotten it. */
  List<Callable<AuditedCall>> of(String operation) {
    return calls.getOrDefault(operation, List.of());
  }

  /** Whether its change is made after it was answered, so that it cannot fail with its event. */
  static boolean changesLater(String operation) {
    return operation.equals(LABEL) || operation.equals(CANCEL);
  }

  AuditedCall label() throws Exception {
    return of(LABEL).getFirst().call();
  }

  AuditedCall cancel() throws Exception {
    return of(CANCEL).getFirst().call();
  }

  /** What stands in the places of the path, and the body. */
  private record Filled(Caller by, String body, List<String> places) {}

  private Filled filled(String body, String... places) {
    return new Filled(setting.admin(), body, List.of(places));
  }

  private void sample(String operation, Callable<Filled> made) {
    calls
        .computeIfAbsent(operation, first -> new ArrayList<>())
        .add(
            () -> {
              Filled filled = made.call();
              return AuditedCall.of(filled.by(), operation, filled.places(), filled.body());
            });
  }

  private void audit() {
    String destination = "/v1/audit/destinations/{name}";
    sample("PUT " + destination, () -> filled(setting.destinationBody(true), fresh()));
    sample(
        "PUT " + destination, () -> filled(setting.destinationBody(false), setting.destination()));
    sample("DELETE " + destination, () -> filled("", setting.destination()));
    sample("POST " + destination + "/test", () -> filled("", setting.destination()));
    sample(
        "POST " + destination + "/back-fill",
        () -> filled("{\"from\":\"beginning\"}", setting.destination()));
    sample("POST " + destination + "/dead-letters/retry", () -> filled("", setting.destination()));
    sample("POST /v1/audit/exports", () -> filled("{\"format\":\"csv\"}"));
    sample("GET /v1/audit/exports/{export}/parts/{part}", () -> filled("", setting.export(), "0"));
  }

  private void tenancy() {
    String project = "PUT /v1/projects/{project}";
    sample(project, () -> filled("{}", fresh()));
    sample(project, () -> filled("{\"display_name\":\"Renamed\"}", setting.project()));
    String environment = project + "/environments/{environment}";
    sample(environment, () -> filled("{\"mode\":\"log\"}", setting.project(), fresh()));
    sample(environment, () -> filled("{\"mode\":\"warn\"}", setting.project(), PRODUCTION));
    sample(
        "PUT /v1/organizations/{organization}",
        () -> new Filled(setting.operator(), "{}", List.of(fresh())));
  }

  private void keys() {
    String made = "{\"name\":\"made\"}";
    String renamed = "{\"name\":\"renamed\"}";
    String revoked = "{\"revoked\":true}";
    sample("POST /v1/keys", () -> filled(made));
    sample("PUT /v1/keys/{id}", () -> filled(renamed, setting.key("/v1/keys")));
    sample("PUT /v1/keys/{id}", () -> filled(revoked, setting.key("/v1/keys")));
    String agents = "/v1/projects/{project}/environments/{environment}/keys";
    sample("POST " + agents, () -> filled(made, setting.project(), PRODUCTION));
    sample("PUT " + agents + "/{id}", () -> ofAgent(renamed));
    sample("PUT " + agents + "/{id}", () -> ofAgent(revoked));
    sample("POST /v1/keys/data-key/rotation", () -> filled(""));
    sample(
        "POST /v1/keys/encryption-key/rotation",
        () -> new Filled(setting.operator(), "", List.of()));
  }

  private Filled ofAgent(String body) {
    String project = setting.project();
    String keys = "/v1/projects/" + project + "/environments/" + PRODUCTION + "/keys";
    return filled(body, project, PRODUCTION, setting.key(keys));
  }

  private void redaction() {
    String environment = "/v1/projects/{project}/environments/{environment}/redaction";
    sample("PUT /v1/redaction", () -> filled(policy()));
    sample("PUT /v1/projects/{project}/redaction", () -> filled(policy(), setting.project()));
    sample("PUT " + environment, () -> filled(policy(), setting.project(), PRODUCTION));
    sample(
        "POST " + environment + "/preview",
        () ->
            filled(
                "{\"sample\":{\"context\":{\"password\":\"%s\"}}}".formatted(PERSON),
                setting.project(),
                PRODUCTION));
    sample(
        "POST " + environment + "/dry-run",
        () -> filled("{\"policy\":{}}", setting.checked().project(), PRODUCTION));
    sample(
        "POST " + environment + "/dry-run/frame",
        () -> {
          Checked checked = setting.checked();
          return filled(
              "{\"policy\":{},\"run\":\"%s\",\"frame\":1}".formatted(checked.run()),
              checked.project(),
              PRODUCTION);
        });
  }

  /** One that nobody has written yet. */
  private static String policy() {
    return "{\"rules\":[{\"path\":\"/context/state/%s\",\"action\":\"drop\",\"class\":\"it\"}]}"
        .formatted(fresh());
  }

  private void rules() {
    String rule = "/v1/projects/{project}/rules/{rule}";
    String body = "{\"condition\":\"true\",\"verdict\":\"deny\",\"message\":\"%s\"}";
    sample("PUT " + rule, () -> filled(body.formatted("New."), setting.project(), "new"));
    sample("PUT " + rule, () -> ofRule(body.formatted("Other.")));
    sample("PUT " + rule + "/pins/{decisionId}", this::unpinned);
    sample("DELETE " + rule + "/pins/{decisionId}", this::pinned);
    String activations = "POST /v1/projects/{project}/environments/{environment}/activations";
    sample(activations, () -> activating(setting.project()));
    sample(activations + "/preview", () -> activating(setting.project()));
    sample(
        activations + "/{number}/restore",
        () ->
            filled(
                "{\"comment\":\"back\",\"override\":{\"reason\":\"for a test\"}}",
                setting.activated(),
                PRODUCTION,
                "1"));
    sample(
        "PUT /v1/projects/{project}/intent-guard",
        () -> filled("{\"flag_at\":0.123}", setting.project()));
    sample(
        "PUT /v1/projects/{project}/loop-guard",
        () -> filled("{\"repeat\":{\"flag_at\":3,\"deny_at\":7}}", setting.project()));
    sample("POST /v1/projects/{project}/intent-models", () -> filled("{}", setting.labelled()));
  }

  private Filled ofRule(String body) {
    String project = setting.project();
    return filled(body, project, setting.rule(project));
  }

  private Filled activating(String project) {
    setting.rule(project);
    return filled(activation("block"), project, PRODUCTION);
  }

  private Filled unpinned() {
    Checked checked = setting.checked();
    String rule = setting.rule(checked.project());
    return filled("{\"expect\":\"must_allow\"}", checked.project(), rule, checked.decision());
  }

  private Filled pinned() throws Exception {
    Filled pin = unpinned();
    AuditedCall put =
        AuditedCall.of(
            pin.by(),
            "PUT /v1/projects/{project}/rules/{rule}/pins/{decisionId}",
            pin.places(),
            pin.body());
    put.succeed(fresh());
    return pin;
  }

  private void decisions() {
    sample(
        "POST /v1/check-action",
        () -> new Filled(setting.agent(setting.project()), call(fresh(), true), List.of()));
    sample(
        "POST /v1/runs/{run_id}/frames",
        () ->
            new Filled(
                setting.agent(setting.project()),
                "{\"frames\":[{\"kind\":\"note\",\"content\":\"%s\"}]}".formatted(PERSON),
                List.of(fresh())));
    sample(
        "POST /v1/decisions/{id}/outcome",
        () -> {
          Checked checked = setting.checked();
          return new Filled(checked.agent(), "{\"result\":{}}", List.of(checked.decision()));
        });
    sample(
        LABEL,
        () ->
            filled(
                "{\"label\":\"correct\",\"comment\":\"%s\"}".formatted(PERSON),
                setting.checked().decision()));
    sample("POST /v1/decisions/{id}/verify", () -> filled("", setting.checked().decision()));
    sample(
        "POST /v1/decisions/{id}/rule-suggestions",
        () -> filled("{}", setting.checked().decision()));
    sample("POST /v1/self-audits", () -> filled(""));
    sample("GET /v1/runs/{run_id}/export", () -> filled("", setting.checked().run()));
  }

  private void approvals() {
    String approval = "POST /v1/approvals/{decision}";
    sample(approval + "/approve", () -> deciding(setting.held()));
    sample(approval + "/deny", () -> deciding(setting.held()));
    sample(
        approval + "/claim",
        () -> {
          Held held = setting.held();
          Filled approve = deciding(held);
          AuditedCall.of(approve.by(), approval + "/approve", approve.places(), approve.body())
              .succeed(fresh());
          return new Filled(held.agent(), held.claim(), List.of(held.decision()));
        });
  }

  private Filled deciding(Held held) {
    return filled("{\"call_hash\":\"%s\"}".formatted(held.callHash()), held.decision());
  }

  private void originals() {
    String run = "POST /v1/runs/{run_id}";
    sample(run + "/reveal-grants", () -> filled(reason(), setting.checked().run()));
    sample(
        run + "/frames/{frame}/reveal",
        () -> {
          Checked checked = setting.checked();
          return filled("{\"grant\":\"%s\"}".formatted(setting.grant(checked)), checked.run(), "1");
        });
    sample(run + "/shredding", () -> filled(reason(), setting.checked().run()));
    sample(
        "POST /v1/shredding",
        () -> {
          setting.checked();
          return filled(
              "{\"reason\":\"Asked for by the person\",\"classes\":[\"text\"],\"value\":\"%s\"}"
                  .formatted(PERSON));
        });
  }

  private void backtests() {
    sample(
        "POST /v1/projects/{project}/backtests",
        () -> filled("{\"environment\":\"production\"}", setting.project()));
    sample(
        CANCEL,
        () -> {
          String project = setting.project();
          return filled("", project, setting.waitingBacktest(project));
        });
  }

  private void members() {
    String member = "/v1/members/{id}";
    sample(
        "POST /v1/members",
        () -> filled("{\"user_name\":\"%s\",\"role\":\"viewer\"}".formatted(fresh())));
    sample("PUT " + member, () -> filled("{\"display_name\":\"Other\"}", setting.member()));
    sample("PUT " + member, () -> filled("{\"active\":false}", setting.member()));
    sample("PUT " + member, () -> filled("{\"active\":true}", deactivated()));
    sample("POST " + member + "/grants", () -> filled("{\"role\":\"engineer\"}", setting.member()));
    sample(
        "DELETE " + member + "/grants/{grant}",
        () -> {
          String id = setting.member();
          return filled("", id, setting.grant("/v1/members/" + id));
        });
    String group = "/v1/groups/{id}";
    sample("POST /v1/groups", () -> filled("{\"name\":\"%s\"}".formatted(fresh())));
    sample("PUT " + group, () -> filled("{\"name\":\"%s\"}".formatted(fresh()), setting.group()));
    sample("DELETE " + group, () -> filled("", setting.group()));
    sample("POST " + group + "/grants", () -> filled("{\"role\":\"viewer\"}", setting.group()));
    sample(
        "DELETE " + group + "/grants/{grant}",
        () -> {
          String id = setting.group();
          return filled("", id, setting.grant("/v1/groups/" + id));
        });
    sample("GET /v1/access-review", () -> filled(""));
  }

  private String deactivated() {
    String member = setting.member();
    AuditedSetting.made(setting.admin().api().put("/v1/members/" + member, "{\"active\":false}"));
    return member;
  }

  private void tickets() {
    sample(
        "POST /v1/session/tokens",
        () -> new Filled(setting.person(), AuditedSetting.tokenBody(), List.of()));
    sample(
        "DELETE /v1/session/tokens/{id}",
        () -> {
          Caller person = setting.person();
          return new Filled(person, "", List.of(token(person)));
        });
    sample("DELETE /v1/session/all/{id}", () -> ownSession(setting.person()));
    sample("POST /v1/session/sign-out", () -> new Filled(setting.person(), "", List.of()));
    sample("DELETE /v1/members/{member}/sessions", () -> filled("", setting.person().id()));
    sample(
        "DELETE /v1/members/{member}/tokens/{id}",
        () -> {
          Caller person = setting.person();
          return filled("", person.id(), token(person));
        });
    sample(
        "POST /v1/sign-in/directory-tokens",
        () -> new Filled(setting.operator(), AuditedSetting.directoryTokenBody(), List.of()));
    sample(
        "DELETE /v1/sign-in/directory-tokens/{id}",
        () ->
            filled(
                "",
                AuditedSetting.made(
                        setting
                            .operator()
                            .api()
                            .post(
                                "/v1/sign-in/directory-tokens",
                                AuditedSetting.directoryTokenBody()))
                    .get("id")
                    .asText()));
  }

  private static String token(Caller person) {
    return AuditedSetting.made(person.api().post("/v1/session/tokens", AuditedSetting.tokenBody()))
        .get("id")
        .asText();
  }

  private static Filled ownSession(Caller person) {
    String id = person.api().get("/v1/session").body().get("session_id").asText();
    return new Filled(person, "", List.of(id));
  }

  private void signIn() {
    String connection = "/v1/sign-in/connections/{connection}";
    sample("PUT " + connection, () -> filled(AuditedSetting.oidcBody("new"), fresh()));
    sample(
        "PUT " + connection,
        () -> filled(AuditedSetting.oidcBody("other"), setting.oidcConnection()));
    sample("DELETE " + connection, () -> filled("", setting.oidcConnection()));
    sample("POST " + connection + "/trial", () -> filled("", setting.oidcConnection()));
    sample("POST " + connection + "/metadata-refresh", () -> filled("", setting.samlConnection()));
    sample(
        "POST " + connection + "/keys",
        () -> filled("{\"step\":\"add\"}", setting.samlConnection()));
    String domain = "/v1/sign-in/domains/{domain}";
    sample("PUT " + domain, () -> filled("{}", fresh() + ".example"));
    sample(
        "PUT " + domain,
        () ->
            filled(
                "{\"connection\":\"%s\"}".formatted(setting.oidcConnection()), setting.domain()));
    sample("DELETE " + domain, () -> filled("", setting.domain()));
    sample(
        "POST " + domain + "/vouching",
        () -> new Filled(setting.operator(), "", List.of(setting.domain())));
    String breakGlass = "/v1/break-glass/{member}";
    sample(
        "PUT " + breakGlass,
        () ->
            new Filled(
                setting.operator(),
                "{\"password\":\"" + AuditedSetting.PASSWORD + "\"}",
                List.of(setting.member())));
    sample("DELETE " + breakGlass, this::withBreakGlass);
    sample("POST /sign-in/{organization}/break-glass", this::atTheDoor);
  }

  private Filled withBreakGlass() {
    String member = setting.member();
    setting.breakGlass(member);
    return new Filled(setting.operator(), "", List.of(member));
  }

  private Filled atTheDoor() {
    String member = setting.member();
    BreakGlassDoor door = setting.breakGlass(member);
    Caller person = new Caller(setting.operator().api(), member, "person");
    return new Filled(person, door.credentials(), List.of(door.signInAt().split("/", -1)[2]));
  }
}
