package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code saferun explain DECISION}. */
@Command(
    name = "explain",
    description = "Say why a decision came out as it did: what each part of each rule came to.",
    mixinStandardHelpOptions = true)
final class Explain implements Callable<Integer> {

  @Parameters(paramLabel = "DECISION", description = "The decision's id.")
  String decision;

  @Option(names = "--rule", paramLabel = "NAME", description = "One rule only, also a silent one.")
  @Nullable String rule;

  @Option(names = "--json", description = "One JSON document on standard output.")
  boolean json;

  @Override
  public Integer call() {
    String query = rule == null ? "" : "?rule=" + Client.segment(rule);
    JsonNode document =
        Client.fromEnvironment()
            .get("/v1/decisions/" + Client.segment(decision) + "/explain" + query);
    if (json) {
      System.out.println(document.toPrettyString());
    } else {
      System.out.print(ExplanationView.of(document, Terminal.ofThisProcess()));
    }
    return 0;
  }
}
