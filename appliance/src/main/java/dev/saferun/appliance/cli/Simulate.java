package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code saferun simulate}: plays six failures, each with a failing and a benign twin, in an
 * environment of each mode, as an agent would: what it is told to stop, it does not do.
 */
@Command(
    name = "simulate",
    description = "Play the six failure simulations against a server (needs an admin key).",
    mixinStandardHelpOptions = true)
final class Simulate implements Callable<Integer> {

  static final List<String> NAMES =
      List.of(
          "stripe-boolean",
          "runaway-loop",
          "injected-exfiltration",
          "wrong-environment",
          "stale-value",
          "unit-error");

  /** What the failing twin's worst call must be answered, by environment. */
  private static final Map<String, String> EXPECTED =
      Map.of("development", "proceed", "staging", "proceed_with_warning", "production", "stop");

  private static final List<String> ENVIRONMENTS = List.of("development", "staging", "production");

  @Option(names = "--json", description = "One JSON document on standard output.")
  boolean json;

  @Override
  public Integer call() {
    Client admin = Client.fromEnvironment();
    List<Played> played = new ArrayList<>();
    PrintStream people = json ? System.err : System.out;
    people.printf(
        "%-22s %-12s %-22s %-9s %s%n",
        "simulation", "environment", "failing twin", "benign", "what spoke");
    for (String name : NAMES) {
      JsonNode simulation = load(name);
      people.printf("%s%n", simulation.get("title").asText());
      Workspace workspace = prepare(admin, simulation);
      for (String environment : ENVIRONMENTS) {
        Played one = play(workspace, simulation, environment);
        played.add(one);
        people.printf(
            "  %-20s %-12s %-22s %-9s %s%s%n",
            name,
            environment,
            one.failing.effect,
            one.benign.effect,
            one.failing.speaker,
            one.asExpected() ? "" : "  << NOT AS EXPECTED");
      }
    }
    return finish(played, people);
  }

  private int finish(List<Played> played, PrintStream people) {
    long wrong = played.stream().filter(one -> !one.asExpected()).count();
    people.printf(
        "%n%d of %d as expected: development records, staging warns, production stops, benign twins pass.%n",
        played.size() - wrong, played.size());
    Twin shown = played.get(2).failing;
    people.printf(
        "Look at the frame where the boolean flipped:%n  appliance/bin/saferun runs show %s --frame %d%n",
        shown.runId, shown.frame);
    if (json) {
      System.out.println(
          Client.JSON.valueToTree(
              Map.of(
                  "as_expected",
                  played.size() - wrong,
                  "played",
                  played.stream().map(Played::toJson).toList())));
    }
    return wrong == 0 ? 0 : CommandFailed.PROBLEM;
  }

  private static Workspace prepare(Client admin, JsonNode simulation) {
    Workspace workspace = Workspace.open(admin, "simulation-" + simulation.get("name").asText());
    List<String> rules = new ArrayList<>();
    for (JsonNode rule : simulation.get("rules")) {
      ObjectNode body = rule.deepCopy();
      body.remove("name");
      workspace.rule(rule.get("name").asText(), body);
      rules.add(rule.get("name").asText());
    }
    for (String environment : rules.isEmpty() ? List.<String>of() : ENVIRONMENTS) {
      workspace.activate(environment, rules, "shipped with the simulation");
    }
    workspace.loopGuard(simulation.get("loop_guard"));
    return workspace;
  }

  private static Played play(Workspace workspace, JsonNode simulation, String environment) {
    String tail = "-" + environment + "-" + UUID.randomUUID().toString().substring(0, 8);
    try (Workspace.Agent agent = workspace.agent(environment, "simulate")) {
      Twin failing = play(agent.client(), simulation.get("failing"), tail);
      Twin benign = play(agent.client(), simulation.get("benign"), tail);
      return new Played(simulation.get("name").asText(), environment, failing, benign);
    }
  }

  /** Plays one run to its end, or to the first call that is not to go ahead. */
  private static Twin play(Client agent, JsonNode run, String tail) {
    String runId = run.get("run_id").asText() + tail;
    Twin worst = new Twin(runId, 0, "proceed", "allow", "");
    String decision = "";
    for (JsonNode frame : run.get("frames")) {
      switch (frame.get("kind").asText()) {
        case "action" -> {
          JsonNode answer = agent.post("/v1/check-action", check(runId, run.get("agent"), frame));
          decision = answer.get("decision_id").asText();
          worst = worst.orWorse(answer);
          if (answer.get("effect").asText().equals("stop")
              || answer.get("effect").asText().equals("wait_for_approval")) {
            return worst;
          }
          if (frame.has("unprotected_outcome")) {
            agent.post("/v1/decisions/" + decision + "/outcome", frame.get("unprotected_outcome"));
          }
        }
        case "outcome" ->
            agent.post(
                "/v1/decisions/" + decision + "/outcome",
                only(frame, "result", "error", "duration_millis"));
        default -> {
          ArrayNode frames =
              Client.JSON.createArrayNode().add(only(frame, "kind", "content", "step"));
          agent.post(
              "/v1/runs/" + Client.segment(runId) + "/frames",
              Client.JSON.createObjectNode().set("frames", frames));
        }
      }
    }
    return worst;
  }

  private static JsonNode check(String runId, JsonNode agent, JsonNode frame) {
    ObjectNode check = only(frame, "step", "action", "context");
    check.put("run_id", runId);
    check.set("agent", agent);
    return check;
  }

  private static ObjectNode only(JsonNode frame, String... members) {
    ObjectNode picked = Client.JSON.createObjectNode();
    for (String member : members) {
      if (frame.has(member)) {
        picked.set(member, frame.get(member));
      }
    }
    return picked;
  }

  private static JsonNode load(String name) {
    String resource = "/simulations/" + name + ".json";
    try (InputStream in = Simulate.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not packaged: " + resource);
      }
      return Client.JSON.readTree(in);
    } catch (IOException fault) {
      throw new IllegalStateException("unreadable: " + resource, fault);
    }
  }

  /** One run as it went: its worst answer. */
  private record Twin(String runId, long frame, String effect, String verdict, String speaker) {

    private static final List<String> VERDICTS = List.of("allow", "flag", "escalate", "deny");

    Twin orWorse(JsonNode answer) {
      String found = answer.get("verdict").asText();
      if (VERDICTS.indexOf(found) <= VERDICTS.indexOf(verdict)) {
        return this;
      }
      List<String> speakers = new ArrayList<>();
      answer.get("reasons").forEach(reason -> speakers.add(reason.get("source").asText()));
      return new Twin(
          runId,
          answer.get("frame").asLong(),
          answer.get("effect").asText(),
          found,
          String.join(", ", speakers));
    }
  }

  private record Played(String simulation, String environment, Twin failing, Twin benign) {

    boolean asExpected() {
      return failing.verdict.equals("deny")
          && failing.effect.equals(EXPECTED.get(environment))
          && benign.effect.equals("proceed")
          && benign.verdict.equals("allow");
    }

    Map<String, Object> toJson() {
      return Map.of(
          "simulation", simulation,
          "environment", environment,
          "failing",
              Map.of(
                  "run_id",
                  failing.runId,
                  "frame",
                  failing.frame,
                  "effect",
                  failing.effect,
                  "verdict",
                  failing.verdict,
                  "sources",
                  failing.speaker),
          "benign",
              Map.of("run_id", benign.runId, "effect", benign.effect, "verdict", benign.verdict),
          "as_expected", asExpected());
    }
  }
}
