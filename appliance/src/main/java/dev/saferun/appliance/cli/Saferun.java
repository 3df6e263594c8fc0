package dev.saferun.appliance.cli;

import dev.saferun.appliance.serve.Serve;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code saferun} command. */
@Command(
    name = "saferun",
    description = "Decides, records and replays the tool calls of AI agents.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      Serve.class,
      Simulate.class,
      Runs.class,
      Explain.class,
      Backtest.class,
      Intent.class,
      Verify.class,
      Audit.class,
      Members.class,
      Score.class,
      ImportRuns.class,
      Doctor.class,
      Bench.class
    })
public final class Saferun {

  private Saferun() {}

  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new Saferun());
    command.setExecutionExceptionHandler(
        (fault, line, parsed) -> {
          if (fault instanceof CommandFailed failed) {
            System.err.println("saferun: " + failed.getMessage());
            return failed.exitCode();
          }
          throw fault;
        });
    System.exit(command.execute(arguments));
  }
}
