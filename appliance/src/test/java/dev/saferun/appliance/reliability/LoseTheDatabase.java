package dev.saferun.appliance.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Takes PostgreSQL away under load, by SIGKILL (its supervisor brings it back) and by SIGSTOP for a
 * long time, and counts failed checks meanwhile, then waits for the catch-up and looks every
 * decision up.
 *
 * <p>Usage: {@code LoseTheDatabase [SECONDS_STOPPED] [KILLS] [CHECKS_PER_SECOND]}.
 */
public final class LoseTheDatabase {

  private LoseTheDatabase() {}

  public static void main(String[] arguments) throws Exception {
    int stoppedSeconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
    int kills = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    int perSecond = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200;
    Path data = Files.createTempDirectory("saferun-database").resolve("data");
    boolean clean = true;
    try (ApplianceProcess appliance = ApplianceProcess.start(data, Map.of());
        CheckDriver driver =
            new CheckDriver(
                appliance, CheckDriver.agentKey(appliance, "production"), "database-")) {
      driver.start(perSecond);
      TimeUnit.SECONDS.sleep(2);
      for (int kill = 0; kill < kills; kill++) {
        appliance.postgres().destroyForcibly();
        TimeUnit.SECONDS.sleep(5);
      }
      long failedByKills = driver.failed();
      System.out.printf(
          "postgres killed %d times: %d checks sent, %d failed%n",
          kills, driver.sent(), failedByKills);
      stopFor(appliance, stoppedSeconds);
      System.out.printf(
          "postgres stopped for %d s: %d checks sent in all, %d failed%n",
          stoppedSeconds, driver.sent(), driver.failed());
      long behind = (long) stoppedSeconds * perSecond;
      long start = System.nanoTime();
      awaitCatchUp(appliance);
      double seconds = (System.nanoTime() - start) / 1e9;
      driver.stop();
      CheckDriver.Audit audit = driver.audit();
      System.out.printf(
          "caught up about %d records in %.1f s (%.0f/s, %.1f times the arrival); %d answered, %d lost, %d changed, %d doubled; check p50 %.1f ms p99 %.1f ms%n",
          behind,
          seconds,
          behind / seconds,
          behind / seconds / perSecond,
          driver.answered(),
          audit.lost(),
          audit.changed(),
          audit.doubled(),
          driver.latencyMicros().getValueAtPercentile(50) / 1e3,
          driver.latencyMicros().getValueAtPercentile(99) / 1e3);
      clean = audit.clean() && driver.failed() == 0;
    }
    System.exit(clean ? 0 : 1);
  }

  private static void stopFor(ApplianceProcess appliance, int seconds)
      throws IOException, InterruptedException {
    ProcessHandle postgres = appliance.postgres();
    long[] family =
        java.util.stream.Stream.concat(java.util.stream.Stream.of(postgres), postgres.descendants())
            .mapToLong(ProcessHandle::pid)
            .toArray();
    signal("-STOP", family);
    TimeUnit.SECONDS.sleep(seconds);
    signal("-CONT", family);
  }

  private static void signal(String signal, long[] pids) throws IOException, InterruptedException {
    for (long pid : pids) {
      new ProcessBuilder("kill", signal, Long.toString(pid)).inheritIO().start().waitFor();
    }
  }

  private static void awaitCatchUp(ApplianceProcess appliance)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (Metrics.read(appliance, "saferun_journal_undrained_records") > 400) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the drain did not catch up within 5 minutes");
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }
}
