package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An environment as a person names it on the command line: {@code project/environment}, or its id.
 */
sealed interface EnvironmentName {

  /** The environment's id; where the server has none of that name, what it has is listed. */
  String id(Client client);

  static EnvironmentName parse(String text) {
    if (Id.FORM.matcher(text).matches()) {
      return new Id(text);
    }
    return named(text);
  }

  /** Only by its name: where the project must be known. */
  static Named named(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new CommandFailed(
          CommandFailed.USAGE,
          "--environment takes project/environment or an environment's id, and '"
              + text
              + "' is neither");
    }
    return new Named(parts[0], parts[1]);
  }

  /** Said as it is; whether there is such an environment is for the server to say. */
  record Id(String id) implements EnvironmentName {

    static final Pattern FORM =
        Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    @Override
    public String id(Client client) {
      return id;
    }
  }

  /** Looked up, which takes an admin key. */
  record Named(String project, String environment) implements EnvironmentName {

    @Override
    public String id(Client client) {
      List<String> projects = names(client.get("/v1/projects").path("projects"));
      if (!projects.contains(project)) {
        throw absent("project '" + project + "'", projects);
      }
      JsonNode environments =
          client
              .get("/v1/projects/" + Client.segment(project) + "/environments")
              .path("environments");
      for (JsonNode one : environments) {
        if (one.path("name").asText().equals(environment)) {
          return one.path("id").asText();
        }
      }
      throw absent(
          "environment '" + environment + "' in project '" + project + "'", names(environments));
    }

    private static List<String> names(JsonNode list) {
      List<String> names = new ArrayList<>();
      list.forEach(one -> names.add(one.path("name").asText()));
      return names.stream().sorted().toList();
    }

    private static CommandFailed absent(String what, List<String> known) {
      return new CommandFailed(
          CommandFailed.USAGE, "there is no " + what + "; there are: " + String.join(", ", known));
    }
  }
}
