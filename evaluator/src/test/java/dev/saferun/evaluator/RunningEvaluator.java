package dev.saferun.evaluator;

import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.Ids;
import dev.saferun.platform.Scope;
import dev.saferun.platform.StrictJson;
import dev.saferun.tenancy.EnvironmentChange;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.ProjectChange;
import dev.saferun.tenancy.Tenancy;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The module over a real database and a real HTTP server, once for all tests; callers are who they
 * say they are. Each test makes an organization of its own.
 */
public final class RunningEvaluator {

  private static final RunningEvaluator ONE = new RunningEvaluator();

  private final HttpClient http = HttpClient.newHttpClient();
  private final EmbeddedServer server;

  private RunningEvaluator() {
    server =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                "saferun.data-dir",
                directory().toString(),
                "micronaut.server.port",
                -1,
                "jackson.property-naming-strategy",
                "SNAKE_CASE",
                "jackson.serialization-inclusion",
                "NON_NULL"));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory(Path.of("target"), "evaluator");
    } catch (IOException fault) {
      throw new IllegalStateException("no temporary directory", fault);
    }
  }

  public static RunningEvaluator get() {
    return ONE;
  }

  public <T> T bean(Class<T> type) {
    return server.getApplicationContext().getBean(type);
  }

  /** A new organization with the project {@code shop} and its three environments. */
  public Actor newOrganization() {
    UUID id = Ids.next(System.currentTimeMillis());
    Actor admin = new Actor(Actor.Kind.ADMIN, id, "ada", new Scope(id, null, null));
    Tenancy tenancy = bean(Tenancy.class);
    await(
        bean(Database.class)
            .inSession(id, session -> tenancy.createOrganization(session, id, "org-" + id, admin)));
    await(tenancy.putProject(admin, "shop", new ProjectChange(Optional.empty())));
    return admin;
  }

  /** Gives an environment another mode; in force when this returns. */
  public void mode(Actor admin, String environment, String mode) {
    EnvironmentChange change =
        new EnvironmentChange(
            Optional.of(Mode.valueOf(mode.toUpperCase(Locale.ROOT))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    await(bean(Tenancy.class).putEnvironment(admin, "shop", environment, change));
  }

  public EnvironmentSettings environment(Actor admin, String name) {
    return await(bean(Tenancy.class).environment(admin.organizationId(), "shop", name));
  }

  public Actor agent(Actor admin, String environment) {
    return new Actor(
        Actor.Kind.AGENT, new UUID(0, 9), "bot", environment(admin, environment).scope());
  }

  /** An answer: its status, its media type, its entity tag and its document. */
  public record Answer(int status, String type, String tag, Map<String, @Nullable Object> body) {

    /** A member of the document, by the names or numbers on the way to it. */
    public @Nullable Object at(Object... path) {
      Object value = body;
      for (Object step : path) {
        value =
            step instanceof Integer index
                ? ((List<?>) Objects.requireNonNull(value)).get(index)
                : ((Map<?, ?>) Objects.requireNonNull(value)).get(step);
      }
      return value;
    }
  }

  public Answer send(Actor by, String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.getURI().resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .header("Content-Type", "application/json")
            .header(TestCallers.HEADER, TestCallers.header(by));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.headers().firstValue("ETag").orElse(""),
        response.body().length == 0 ? Map.of() : StrictJson.parseObject(response.body()));
  }

  /** Puts a rule's newest version in force as blocking in environments of the project. */
  public void activate(Actor by, String rule, String... environments) throws Exception {
    for (String environment : environments) {
      Answer answer =
          send(
              by,
              "POST",
              "/v1/projects/shop/environments/" + environment + "/activations",
              "{'comment':'for a test','rules':[{'rule':'%s','state':'block'}],'override':{'reason':'a test'}}"
                  .formatted(rule));
      if (answer.status() != 201) {
        throw new IllegalStateException(answer.toString());
      }
    }
  }

  /** The first column of what the application reads within an organization's scope, as texts. */
  public List<String> texts(UUID organizationId, String sql, Object... parameters) {
    return await(
        bean(Database.class)
            .inConnection(
                organizationId,
                connection ->
                    connection
                        .preparedQuery(sql)
                        .execute(Tuple.from(parameters))
                        .map(
                            rows -> {
                              List<String> texts = new ArrayList<>();
                              for (Row row : rows) {
                                texts.add(String.valueOf(row.getValue(0)));
                              }
                              return texts;
                            })
                        .toCompletionStage()));
  }

  public static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** UTF-8 of a text whose quotes are written as apostrophes. */
  public static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
