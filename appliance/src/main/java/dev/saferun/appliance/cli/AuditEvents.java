package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code saferun audit events}. */
@Command(
    name = "events",
    description = "Events, the latest first.",
    mixinStandardHelpOptions = true)
final class AuditEvents implements Callable<Integer> {

  /** What events are asked for, alike in a search and in an export. */
  static final class Filter {

    @Option(
        names = "--code",
        paramLabel = "CODE",
        description = "Such as key.created; reveal.* takes all that begin so.")
    @Nullable String code;

    @Option(names = "--outcome", paramLabel = "OUTCOME", description = "success or failure.")
    @Nullable String outcome;

    @Option(names = "--actor", paramLabel = "ID", description = "The id of who did it.")
    @Nullable String actor;

    @Option(names = "--target", paramLabel = "TARGET", description = "Such as run:NAME.")
    @Nullable String target;

    @Option(names = "--request", paramLabel = "ID", description = "The request's id.")
    @Nullable String request;

    @Option(names = "--from", paramLabel = "TIME", description = "Such as 2026-11-28T00:00:00Z.")
    @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Before that time.")
    @Nullable String to;

    /** Each that is given, by its name in the API. */
    void each(BiConsumer<String, String> taker) {
      give(taker, "code", code);
      give(taker, "outcome", outcome);
      give(taker, "actor", actor);
      give(taker, "target", target);
      give(taker, "request_id", request);
      give(taker, "from", from);
      give(taker, "to", to);
    }

    private static void give(
        BiConsumer<String, String> taker, String name, @Nullable String value) {
      if (value != null) {
        taker.accept(name, value);
      }
    }
  }

  @Mixin final Filter filter = new Filter();

  @Option(names = "--limit", paramLabel = "N", description = "At most so many; 50.")
  int limit = 50;

  @Option(names = "--json", description = "One JSON document on standard output.")
  boolean json;

  @Override
  public Integer call() {
    StringBuilder query = new StringBuilder("?limit=").append(limit);
    filter.each(
        (name, value) ->
            query
                .append('&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    JsonNode page = Client.fromEnvironment().get("/v1/audit/events" + query);
    if (json) {
      System.out.println(page.toPrettyString());
    } else {
      page.path("events").forEach(event -> System.out.println(line(event)));
    }
    return 0;
  }

  private static String line(JsonNode event) {
    JsonNode clean = Terminal.clean(event);
    return "%s  %-8s %-24s %-28s %s  %s"
        .formatted(
            clean.path("at").asText(),
            clean.path("log").has("index") ? clean.at("/log/index").asText() : "-",
            clean.path("code").asText()
                + (clean.path("outcome").asText().equals("failure") ? " (failed)" : ""),
            Terminal.cut(
                clean.at("/actor/kind").asText() + " " + clean.at("/actor/name").asText(), 28),
            clean.path("target").asText(),
            clean.path("address").asText(""))
        .stripTrailing();
  }
}
