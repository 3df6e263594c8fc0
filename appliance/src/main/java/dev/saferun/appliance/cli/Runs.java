package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code saferun runs}: read recorded runs. */
@Command(
    name = "runs",
    description = "Read and export recorded runs.",
    mixinStandardHelpOptions = true,
    subcommands = {Runs.Show.class, RevealFrame.class, ExportRun.class})
final class Runs {

  /** {@code saferun runs show RUN [--frame N]}. */
  @Command(
      name = "show",
      description = "Step through a run, or look at one frame whole.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {

    @Parameters(paramLabel = "RUN")
    String run;

    @Option(names = "--frame", paramLabel = "N", description = "The frame to look at whole.")
    @Nullable Long frame;

    @Option(
        names = "--environment",
        paramLabel = "PROJECT/ENVIRONMENT",
        description = "Which, where several have a run of this name; its id will do, too.")
    @Nullable String environment;

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    @Override
    public Integer call() {
      Client client = Client.fromEnvironment();
      String query =
          environment == null
              ? ""
              : "?environment=" + EnvironmentName.parse(environment).id(client);
      String path = "/v1/runs/" + Client.segment(run);
      JsonNode document =
          client.get(frame == null ? path + query : path + "/frames/" + frame + query);
      if (json) {
        System.out.println(document.toPrettyString());
      } else {
        Terminal terminal = Terminal.ofThisProcess();
        System.out.print(
            frame == null ? RunView.of(document, terminal) : FrameView.of(document, terminal));
      }
      return 0;
    }
  }
}
