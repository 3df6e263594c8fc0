package dev.saferun.appliance.serve;

import dev.saferun.appliance.health.ReadyGate;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running appliance: one data directory, one server, everything between them. */
public final class Appliance implements AutoCloseable {

  /** The setting that names a configuration file other than {@code DATA/saferun.yml}. */
  static final String CONFIGURATION_FILE = "saferun.configuration-file";

  private static final Logger LOG = LoggerFactory.getLogger(Appliance.class);

  private final ApplicationContext context;
  private final EmbeddedServer server;

  private Appliance(ApplicationContext context, EmbeddedServer server) {
    this.context = context;
    this.server = server;
  }

  /**
   * Starts an appliance on a data directory: locks it, starts or finds the database, brings its
   * schemas up to date, reads back the journal, makes the first organization where there is none,
   * and serves. Ready only after the warm-up.
   */
  public static Appliance start(Path directory, Map<String, ?> settings) throws IOException {
    ApplicationContext context = context(directory.toAbsolutePath().normalize(), settings);
    try {
      context.getBean(FirstStart.class).run();
      EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
      context.getBean(WarmUp.class).run();
      context.getBean(ReadyGate.class).open();
      LOG.atInfo()
          .addKeyValue("api", server.getURI())
          .addKeyValue("data", directory)
          .log("SafeRun is serving");
      return new Appliance(context, server);
    } catch (RuntimeException fault) {
      context.close();
      throw fault;
    }
  }

  private static ApplicationContext context(Path data, Map<String, ?> settings) throws IOException {
    Map<String, Object> all = new HashMap<>();
    Object named = settings.get(CONFIGURATION_FILE);
    Path file = named == null ? data.resolve("saferun.yml") : Path.of(named.toString());
    if (named != null || Files.exists(file)) {
      all.putAll(KnownSettings.read(file));
    }
    Map<String, Object> given = new HashMap<>(settings);
    given.put("saferun.data-dir", data.toString());
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .banner(false)
        .propertySources(
            PropertySource.of("saferun.yml", all, BELOW_ENVIRONMENT),
            PropertySource.of("arguments", given, ABOVE_ENVIRONMENT))
        .start();
  }

  // SAFERUN_* variables win over the file, and what is given by hand wins over both.
  private static final int BELOW_ENVIRONMENT = -250;
  private static final int ABOVE_ENVIRONMENT = 0;

  public URI uri() {
    return server.getURI();
  }

  /** A part of it, for tests that look behind the API. */
  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Stops taking requests, lets what is under way become durable, then closes the rest. */
  @Override
  public void close() {
    server.stop();
    context.close();
  }
}
