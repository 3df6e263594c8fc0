package dev.saferun.appliance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.saferun.appliance.reliability.ApplianceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * Who sets up a benchmark: by the API, and straight in the database where what is set up is not
 * what is measured.
 */
final class Admin {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApplianceProcess appliance;
  private final Path data;
  private final HttpClient http = HttpClient.newHttpClient();

  Admin(ApplianceProcess appliance, Path data) {
    this.appliance = appliance;
    this.data = data;
  }

  JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
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
    return JSON.readTree(answer.body());
  }

  /** An agent's key in the development environment of a project, without a rate limit. */
  String agentKey(String project) throws IOException, InterruptedException {
    String environment = "/v1/projects/" + project + "/environments/development";
    call("PUT", environment, "{\"requests_per_second_max\": 1000000}");
    return call("POST", environment + "/keys", "{\"name\": \"bench\"}").get("key").asText();
  }

  /** The embedded database, past every row-level rule. */
  Connection connect() throws SQLException, IOException {
    List<String> pidFile = Files.readAllLines(data.resolve("postgres/data/postmaster.pid"));
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + pidFile.get(3).strip() + "/saferun",
        "postgres",
        Files.readString(data.resolve("postgres/password")).strip());
  }
}
