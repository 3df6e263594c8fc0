package dev.saferun.appliance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Connection;
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

  private final Admin admin;

  RuleSets(Admin admin) {
    this.admin = admin;
  }

  /** A version of a rule that goes into the table. */
  record NewVersion(String rule, int version, String condition, String verdict, String tool) {}

  /** An agent's key in the development environment of a project with so many rules. */
  String agentKey(int rules) throws IOException, InterruptedException, SQLException {
    String project = "rules-" + rules;
    admin.call("PUT", "/v1/projects/" + project, "{}");
    write(project, ofSize(rules));
    activate(project, "development", rules, 1);
    return admin.agentKey(project);
  }

  static List<NewVersion> ofSize(int rules) {
    return IntStream.range(0, rules)
        .mapToObj(
            number ->
                new NewVersion(
                    name(number),
                    1,
                    "action.arguments.amount > context.plan.amount + " + (number + 1),
                    "deny",
                    number < FOR_THE_TOOL ? "payments.charge" : "tool-" + number / 10))
        .toList();
  }

  static String name(int number) {
    return "rule-" + number;
  }

  /** Puts one version of each of the first rules in force, at once. */
  JsonNode activate(String project, String environment, int rules, int version)
      throws IOException, InterruptedException {
    String lines =
        IntStream.range(0, rules)
            .mapToObj(
                number ->
                    "{\"rule\": \"%s\", \"version\": %d, \"state\": \"block\"}"
                        .formatted(name(number), version))
            .collect(Collectors.joining(","));
    return admin.call(
        "POST",
        "/v1/projects/" + project + "/environments/" + environment + "/activations",
        "{\"comment\": \"for the benchmark\", \"rules\": [" + lines + "]}");
  }

  void write(String project, List<NewVersion> versions) throws SQLException, IOException {
    String sql =
        """
        insert into evaluator.rule_version (organization_id, project_id, id, name, version, condition, verdict, message, tools,
                                            author_id, author_name, created_at)
        select organization_id, id, md5(? || id::text)::uuid, ?, ?, ?, ?, 'More than planned.', array[?], id, 'bench', now()
        from tenancy.project where name = ?
        """;
    try (Connection connection = admin.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (NewVersion one : versions) {
        statement.setString(1, one.rule + one.version);
        statement.setString(2, one.rule);
        statement.setInt(3, one.version);
        statement.setString(4, one.condition);
        statement.setString(5, one.verdict);
        statement.setString(6, one.tool);
        statement.setString(7, project);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
