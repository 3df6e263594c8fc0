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
    subcommands = {Serve.class})
public final class Saferun {

  private Saferun() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Saferun()).execute(arguments));
  }
}
