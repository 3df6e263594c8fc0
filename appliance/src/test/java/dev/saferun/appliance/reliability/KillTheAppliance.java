package dev.saferun.appliance.reliability;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Kills the appliance with SIGKILL under load, again and again, and looks up every decision that
 * was answered. The second part does the same to an appliance that answers before the journal has
 * written, and must find losses.
 *
 * <p>Usage: {@code KillTheAppliance [ROUNDS] [CHECKS_PER_SECOND]}.
 */
public final class KillTheAppliance {

  private static final Map<String, String> AS_IT_IS = Map.of();
  private static final Map<String, String> HASTY = Map.of("SAFERUN_FAULT_HASTY_JOURNAL", "true");

  private KillTheAppliance() {}

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
    int perSecond = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    CheckDriver.Audit real = run("as it is", AS_IT_IS, rounds, perSecond);
    CheckDriver.Audit hasty = run("hasty", HASTY, Math.min(rounds, 5), perSecond);
    boolean controlFound = hasty.lost() > 0;
    System.out.println(
        "negative control (answers before the journal writes): "
            + (controlFound ? "found, as it must be" : "NOT FOUND"));
    System.exit(real.clean() && controlFound ? 0 : 1);
  }

  private static CheckDriver.Audit run(
      String name, Map<String, String> settings, int rounds, int perSecond) throws Exception {
    Path data = Files.createTempDirectory("saferun-kill").resolve("data");
    Duration slowestStart = Duration.ZERO;
    try (ApplianceProcess appliance = ApplianceProcess.start(data, settings);
        CheckDriver driver =
            new CheckDriver(appliance, CheckDriver.agentKey(appliance, "production"), "kill-")) {
      driver.start(perSecond);
      for (int round = 0; round < rounds; round++) {
        TimeUnit.MILLISECONDS.sleep(1_000 + (round * 137L) % 1_500);
        Duration start = appliance.killAndRestart();
        slowestStart = start.compareTo(slowestStart) > 0 ? start : slowestStart;
      }
      TimeUnit.SECONDS.sleep(1);
      driver.stop();
      CheckDriver.Audit audit = driver.audit();
      System.out.printf(
          "%s: %d kills at %d checks/s: %d sent, %d answered, %d lost, %d changed, %d doubled; ready again after at most %.1f s%n",
          name,
          rounds,
          perSecond,
          driver.sent(),
          driver.answered(),
          audit.lost(),
          audit.changed(),
          audit.doubled(),
          slowestStart.toMillis() / 1000.0);
      return audit;
    }
  }
}
