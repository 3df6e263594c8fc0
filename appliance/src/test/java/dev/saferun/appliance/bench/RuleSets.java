package dev.saferun.appliance.bench;

import dev.saferun.appliance.reliability.ApplianceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Projects with rule sets of a size: ten rules for the tool that is called, the others for other
 * tools. The bulk goes straight into the table, and one activation puts all of them in force: what
 * is measured is the check, not ten thousand edits.
 */
final class RuleSets {

  private static final int FOR_THE_TOOL = 10;

  private final ApplianceProcess appliance;
  private final Path data;
  private final HttpClient http = HttpClient.newHttpClient();

  RuleSets(ApplianceProcess appliance, Path data) {
    this.appliance = appliance;
    this.data = data;
  }

  /** An agent's key in the development environment of a project with so many rules. */
  String agentKey(int rules) throws IOException, InterruptedException, SQLException {
    String project = "rules-" + rules;
    call("PUT", "/v1/projects/" + project, "{}");
    insert(project, rules);
    call(
        "POST",
        "/v1/projects/" + project + "/environments/development/activations",
        activation(rules));
    call(
        "PUT",
        "/v1/projects/" + project + "/environments/development",
        "{\"requests_per_second_max\": 1000000}");
    String made =
        call(
            "POST",
            "/v1/projects/" + project + "/environments/development/keys",
            "{\"name\": \"bench\"}");
    return made.replaceAll(".*\"key\":\"([^\"]+)\".*", "$1");
  }

  private static String activation(int rules) {
    String lines =
        IntStream.range(0, rules)
            .mapToObj(number -> "{\"rule\": \"rule-" + number + "\", \"state\": \"block\"}")
            .collect(Collectors.joining(","));
    return "{\"comment\": \"for the benchmark\", \"rules\": [" + lines + "]}";
  }

  private static String condition(int number) {
    return "action.arguments.amount > context.plan.amount + " + (number + 1);
  }

  private void insert(String project, int count) throws SQLException, IOException {
    String sql =
        """
        insert into evaluator.rule_version (organization_id, project_id, id, name, version, condition, verdict, message, tools,
                                            author_id, author_name, created_at)
        select organization_id, id, gen_random_uuid(), ?, 1, ?, 'deny', 'More than planned.', array[?], id, 'bench', now()
        from tenancy.project where name = ?
        """;
    try (Connection connection = DriverManager.getConnection(url(), "postgres", password());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < count; i++) {
        statement.setString(1, "rule-" + i);
        statement.setString(2, condition(i));
        statement.setString(3, i < FOR_THE_TOOL ? "payments.charge" : "tool-" + i / 10);
        statement.setString(4, project);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private String url() throws IOException {
    List<String> pidFile = Files.readAllLines(data.resolve("postgres/data/postmaster.pid"));
    return "jdbc:postgresql://127.0.0.1:" + pidFile.get(3).strip() + "/saferun";
  }

  private String password() throws IOException {
    return Files.readString(data.resolve("postgres/password")).strip();
  }

  private String call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(appliance.uri(path))
            .header("Authorization", "Bearer " + appliance.adminKey())
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(
          path + " answered " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }
}
