package dev.saferun.auth.saml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
final class PeerRun {

  private static final long SECONDS_MAX = 400;

  private PeerRun() {}

  /** Whether it is there and ends well. */
  static boolean ends(List<String> command) throws InterruptedException {
    try {
      run(command);
      return true;
    } catch (IOException | IllegalStateException otherwise) {
      return false;
    }
  }

  static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException("bin/setup installs what this needs: " + output);
    }
    return output;
  }
}
