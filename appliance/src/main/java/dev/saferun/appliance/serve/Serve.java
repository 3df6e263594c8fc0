package dev.saferun.appliance.serve;

import io.micronaut.context.exceptions.BeanInstantiationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code saferun serve}: starts the appliance and stays until it is told to end. */
@Command(
    name = "serve",
    description = "Start the appliance: API on 8080, management on 8081.",
    mixinStandardHelpOptions = true)
public final class Serve implements Callable<Integer> {

  private static final int EXIT_REFUSED = 1;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept (default: SAFERUN_DATA_DIR, else ./data).")
  @Nullable Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The settings (default: DIR/saferun.yml where it exists).")
  @Nullable Path configuration;

  @Override
  public Integer call() throws InterruptedException {
    try {
      Appliance appliance = Appliance.start(dataDirectory(), settings());
      CountDownLatch ended = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    appliance.close();
                    ended.countDown();
                  },
                  "shutdown"));
      ended.await();
      return 0;
    } catch (IOException | RefusedToStart refusal) {
      return refused(refusal);
    } catch (BeanInstantiationException fault) {
      return refused(cause(fault));
    }
  }

  private static int refused(Throwable refusal) {
    System.err.println("saferun: " + refusal.getMessage());
    return EXIT_REFUSED;
  }

  /** What a bean's own constructor said, without the tale of who wanted the bean. */
  private static Throwable cause(BeanInstantiationException fault) {
    Throwable cause = fault;
    while (cause instanceof BeanInstantiationException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private Path dataDirectory() {
    if (data != null) {
      return data;
    }
    return Path.of(System.getenv().getOrDefault("SAFERUN_DATA_DIR", "data"));
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    if (configuration != null) {
      settings.put(Appliance.CONFIGURATION_FILE, configuration.toString());
    }
    return settings;
  }
}
