package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code saferun intent}: how far the Intent Guard's scores hold, and to calibrate them. */
@Command(
    name = "intent",
    description = "See how far the Intent Guard's scores hold in a project, and calibrate them.",
    mixinStandardHelpOptions = true,
    subcommands = {Intent.Show.class, Intent.Calibrate.class})
final class Intent {

  /** Whose labels are looked at, and how what comes of it is shown. */
  static final class Labelled {

    @Parameters(paramLabel = "PROJECT")
    String project;

    @Option(
        names = "--environment",
        paramLabel = "NAME",
        description = "Whose labels and calls; all of the project where none is named.")
    @Nullable String environment;

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    String models() {
      return "/v1/projects/" + Client.segment(project) + "/intent-models";
    }

    void show(JsonNode found, BiFunction<JsonNode, Terminal, String> view) {
      System.out.print(
          json ? found.toPrettyString() + "\n" : view.apply(found, Terminal.ofThisProcess()));
    }
  }

  /** {@code saferun intent show PROJECT}. */
  @Command(
      name = "show",
      description = "What the labels say of a model: what it said and what was, by threshold.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {

    @Mixin Labelled labelled;

    @Option(
        names = "--model",
        paramLabel = "NAME",
        description = "The one in force where none is named.")
    @Nullable String model;

    @Override
    public Integer call() {
      Query query = new Query().with("environment", labelled.environment).with("model", model);
      JsonNode found = Client.fromEnvironment().get(labelled.models() + "/points" + query);
      labelled.show(found, IntentModelView::ofPoints);
      return 0;
    }
  }

  /** {@code saferun intent calibrate PROJECT}. */
  @Command(
      name = "calibrate",
      description =
          "Make a new version of the model from the labels, and compare it on labels that it did"
              + " not see. Nothing is put in force.",
      mixinStandardHelpOptions = true)
  static final class Calibrate implements Callable<Integer> {

    @Mixin Labelled labelled;

    @Option(
        names = "--method",
        paramLabel = "METHOD",
        description = "auto, platt, isotonic or temperature.")
    @Nullable String method;

    @Override
    public Integer call() {
      ObjectNode request = Client.JSON.createObjectNode();
      putIfPresent(request, "environment", labelled.environment);
      putIfPresent(request, "method", method);
      JsonNode made = Client.fromEnvironment().post(labelled.models(), request);
      labelled.show(made, IntentModelView::ofVersion);
      return 0;
    }

    private static void putIfPresent(ObjectNode request, String name, @Nullable String value) {
      if (value != null) {
        request.put(name, value);
      }
    }
  }

  /** What follows the question mark of an address. */
  private static final class Query {

    private final StringBuilder text = new StringBuilder();

    Query with(String name, @Nullable String value) {
      if (value != null) {
        text.append(text.isEmpty() ? '?' : '&').append(name).append('=');
        text.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
      return this;
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
