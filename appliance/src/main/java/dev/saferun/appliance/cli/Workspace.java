package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A project that a command works in, made by an admin key where it is missing. */
record Workspace(Client admin, String project) {

  static Workspace open(Client admin, String project) {
    admin.put("/v1/projects/" + project, empty());
    return new Workspace(admin, project);
  }

  void rule(String name, JsonNode body) {
    admin.put("/v1/projects/" + project + "/rules/" + name, body);
  }

  /** Puts the newest versions of rules in force as blocking, all at once. */
  void activate(String environment, List<String> rules, String reason) {
    ObjectNode body = empty().put("comment", reason);
    body.putObject("override").put("reason", reason);
    ArrayNode lines = body.putArray("rules");
    rules.forEach(rule -> lines.addObject().put("rule", rule).put("state", "block"));
    admin.post("/v1/projects/" + project + "/environments/" + environment + "/activations", body);
  }

  void loopGuard(JsonNode settings) {
    admin.put("/v1/projects/" + project + "/loop-guard", settings);
  }

  void requestsPerSecondMax(String environment, int max) {
    admin.put(
        "/v1/projects/" + project + "/environments/" + environment,
        empty().put("requests_per_second_max", max));
  }

  /** An agent with a key of its own, to be given back. */
  Agent agent(String environment, String name) {
    String keys = "/v1/projects/" + project + "/environments/" + environment + "/keys";
    JsonNode made = admin.post(keys, empty().put("name", name));
    return new Agent(
        admin.with(made.get("key").asText()), admin, keys + "/" + made.get("id").asText());
  }

  /** A caller with an agent's key; closing it revokes the key. */
  record Agent(Client client, Client admin, String keyPath) implements AutoCloseable {
    @Override
    public void close() {
      admin.put(keyPath, empty().put("revoked", true));
    }
  }

  private static ObjectNode empty() {
    return Client.JSON.createObjectNode();
  }
}
