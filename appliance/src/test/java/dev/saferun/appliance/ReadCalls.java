package dev.saferun.appliance;

import static dev.saferun.appliance.AuditedSetting.made;

import dev.saferun.appliance.AuditedSetting.Checked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For each operation that only reads, what stands in the places of its path: names and ids of one
 * organization, in which there is one of everything.
 */
final class ReadCalls {

  private final Map<String, List<String>> places = new HashMap<>();
  private final Checked checked;

  ReadCalls(AuditedSetting setting) {
    checked = setting.checked(setting.activated());
    String project = checked.project();
    audit(setting);
    decisions();
    project(setting, project);
    people(setting);
    row("/v1/approvals/{decision}", setting.held().decision());
    for (String list :
        List.of(
            "/v1/approvals",
            "/v1/audit/checkpoint",
            "/v1/audit/checkpoints",
            "/v1/audit/consistency",
            "/v1/audit/destinations",
            "/v1/audit/events",
            "/v1/audit/exports",
            "/v1/break-glass",
            "/v1/groups",
            "/v1/keys",
            "/v1/members",
            "/v1/organizations",
            "/v1/projects",
            "/v1/redaction",
            "/v1/roles",
            "/v1/runs",
            "/v1/session",
            "/v1/session/all",
            "/v1/session/tokens",
            "/v1/sign-in/connections",
            "/v1/sign-in/directory-tokens",
            "/v1/sign-in/domains",
            "/v1/sign-in/policy")) {
      row(list);
    }
  }

  private void row(String path, String... filled) {
    places.put("GET " + path, List.of(filled));
  }

  private void audit(AuditedSetting setting) {
    String event =
        made(setting.admin().api().get("/v1/audit/events?limit=1")).at("/events/0/id").asText();
    row("/v1/audit/events/{event}", event);
    row("/v1/audit/events/{event}/proof", event);
    String destination = setting.destination();
    row("/v1/audit/destinations/{name}", destination);
    row("/v1/audit/destinations/{name}/dead-letters", destination);
    row("/v1/audit/exports/{export}", setting.export());
  }

  private void decisions() {
    row("/v1/decisions/{id}", checked.decision());
    row("/v1/decisions/{id}/explain", checked.decision());
    row("/v1/runs/{run_id}", checked.run());
    row("/v1/runs/{run_id}/cause", checked.run());
    row("/v1/runs/{run_id}/frames/{frame}", checked.run(), "1");
    row("/v1/runs/{run_id}/frames/{frame}/value", checked.run(), "1");
  }

  private void project(AuditedSetting setting, String project) {
    String of = "/v1/projects/{project}";
    row(of, project);
    for (String list :
        List.of(
            "/backtests",
            "/environments",
            "/intent-guard",
            "/intent-models",
            "/intent-models/points",
            "/loop-guard",
            "/redaction",
            "/rules")) {
      row(of + list, project);
    }
    row(of + "/backtests/{id}", project, setting.backtest(project));
    String environment = of + "/environments/{environment}";
    row(environment, project, "production");
    for (String list :
        List.of("/activations", "/keys", "/redaction", "/redaction/in-force", "/rules")) {
      row(environment + list, project, "production");
    }
    row(environment + "/activations/{number}", project, "production", "1");
    String rule = of + "/rules/{rule}";
    row(rule, project, "never");
    row(rule + "/diff", project, "never");
    row(rule + "/pins", project, "never");
    row(rule + "/versions", project, "never");
    row(rule + "/versions/{version}", project, "never", "1");
  }

  private void people(AuditedSetting setting) {
    String organization =
        made(setting.admin().api().get("/v1/organizations")).at("/organizations/0/name").asText();
    row("/v1/organizations/{organization}", organization);
    row("/v1/members/{id}", setting.member());
    String person = setting.person().id();
    row("/v1/members/{member}/sessions", person);
    row("/v1/members/{member}/tokens", person);
    row("/v1/groups/{id}", setting.group());
    row("/v1/sign-in/connections/{connection}", setting.oidcConnection());
  }

  /** Of which there is a checked call, a rule, two activations and a backtest. */
  Checked checked() {
    return checked;
  }

  /** What is no place where the table has forgotten the operation. */
  List<String> of(String operation) {
    return places.getOrDefault(operation, List.of("?"));
  }

  boolean has(String operation) {
    return places.containsKey(operation);
  }
}
