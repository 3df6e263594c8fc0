package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the plan says and the call does not keep: members that both have with other values, and a
 * flag of the plan that the tool's own name denies. A hint for the eye; what counts is the
 * decision.
 */
final class Contradictions {

  private Contradictions() {}

  /** One of them. */
  record Contradiction(String planPath, String planValue, String callPath, String callValue) {}

  static List<Contradiction> find(JsonNode plan, String tool, JsonNode arguments) {
    List<Contradiction> found = new ArrayList<>();
    if (!plan.isObject()) {
      return found;
    }
    for (Map.Entry<String, JsonNode> member : plan.properties()) {
      String name = member.getKey();
      JsonNode planned = member.getValue();
      JsonNode called = arguments.path(name);
      if (planned.isValueNode() && called.isValueNode() && !same(planned, called)) {
        found.add(
            new Contradiction(
                "plan." + name, planned.toString(), "arguments." + name, called.toString()));
      } else if (planned.isBoolean() && !planned.asBoolean() && denied(name, tool)) {
        found.add(new Contradiction("plan." + name, "false", "tool", tool));
      }
    }
    return found;
  }

  private static boolean same(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue()) == 0;
    }
    return one.equals(other);
  }

  /** {@code is_refund: false} beside a tool that is called something with refund. */
  private static boolean denied(String flag, String tool) {
    String word = flag.toLowerCase(Locale.ROOT).replaceFirst("^(is|has|needs|allow|allows)_", "");
    return word.length() > 3 && tool.toLowerCase(Locale.ROOT).contains(word);
  }
}
