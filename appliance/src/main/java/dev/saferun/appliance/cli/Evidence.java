package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what was sent with what is read back. */
final class Evidence {

  /** How the two are to each other. */
  enum Match {
    EQUAL,
    /** They differ only where the frame says that redaction acted. */
    REDACTED,
    CHANGED
  }

  private final Set<String> redacted = new HashSet<>();
  private final Client client;
  private boolean differed;

  private Evidence(JsonNode frame, Client client) {
    this.client = client;
    frame.at("/redaction/applied").forEach(applied -> redacted.add(applied.path("path").asText()));
  }

  /** Compares the members of that name. */
  static Match compare(JsonNode sent, JsonNode frame, List<String> members, Client client) {
    Evidence evidence = new Evidence(frame, client);
    for (String member : members) {
      if (sent.has(member) && !evidence.same(sent.get(member), frame.path(member), "/" + member)) {
        return Match.CHANGED;
      }
    }
    return evidence.differed ? Match.REDACTED : Match.EQUAL;
  }

  private boolean same(JsonNode sent, JsonNode kept, String path) {
    if (redacted.contains(path)) {
      differed |= !sent.equals(kept);
      return true;
    }
    if (kept.has("$cut")) {
      return same(sent, client.get(kept.at("/$cut/download").asText()), path);
    }
    if (sent.isObject() && kept.isObject()) {
      return sameMembers(sent, kept, path);
    }
    if (sent.isArray() && kept.isArray() && sent.size() == kept.size()) {
      for (int i = 0; i < sent.size(); i++) {
        if (!same(sent.get(i), kept.get(i), path + "/" + i)) {
          return false;
        }
      }
      return true;
    }
    if (sent.isNumber() && kept.isNumber()) {
      return sent.decimalValue().compareTo(kept.decimalValue()) == 0;
    }
    return sent.equals(kept);
  }

  private boolean sameMembers(JsonNode sent, JsonNode kept, String path) {
    if (sent.size() != kept.size()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> member : sent.properties()) {
      String name = member.getKey().replace("~", "~0").replace("/", "~1");
      if (!kept.has(member.getKey())
          || !same(member.getValue(), kept.get(member.getKey()), path + "/" + name)) {
        return false;
      }
    }
    return true;
  }
}
