package dev.saferun.appliance;

import dev.saferun.appliance.serve.Appliance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * The whole appliance in this JVM on an embedded database, started once for all tests that ask for
 * it.
 */
final class RunningAppliance {

  private static final RunningAppliance ONE = start();

  private final Appliance appliance;
  private final Api admin;

  private RunningAppliance(Appliance appliance, Api admin) {
    this.appliance = appliance;
    this.admin = admin;
  }

  static RunningAppliance get() {
    return ONE;
  }

  private static RunningAppliance start() {
    try {
      Path data =
          Files.createTempDirectory(Path.of("target").toAbsolutePath(), "it").resolve("data");
      Appliance appliance =
          Appliance.start(
              data,
              Map.of(
                  "saferun.http.port", Ports.free(), "saferun.http.management-port", Ports.free()));
      Runtime.getRuntime().addShutdownHook(new Thread(appliance::close));
      String key = Files.readString(data.resolve("bootstrap-key")).strip();
      return new RunningAppliance(appliance, new Api(appliance.uri(), key));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  Appliance appliance() {
    return appliance;
  }

  /** The operator of the default organization. */
  Api admin() {
    return admin;
  }

  /** A project of its own, so that tests do not meet. */
  String newProject() {
    String project = "p-" + UUID.randomUUID();
    if (admin.put("/v1/projects/" + project, "{}").status() >= 300) {
      throw new IllegalStateException("no project");
    }
    return project;
  }

  /** An agent with a new key of that environment. */
  Api agent(String project, String environment) {
    return agent(admin, project, environment);
  }

  static Api agent(Api admin, String project, String environment) {
    Api.Answer made =
        admin.post(
            "/v1/projects/" + project + "/environments/" + environment + "/keys",
            "{\"name\":\"agent\"}");
    if (made.status() != 201) {
      throw new IllegalStateException("no key: " + made.text());
    }
    return admin.with(made.body().get("key").asText());
  }

  /** Another organization's administrator. */
  Api otherOrganization() {
    Api.Answer made = admin.put("/v1/organizations/o-" + UUID.randomUUID(), "{}");
    if (made.status() >= 300) {
      throw new IllegalStateException("no organization: " + made.text());
    }
    return admin.with(made.body().findPath("key").asText());
  }
}
