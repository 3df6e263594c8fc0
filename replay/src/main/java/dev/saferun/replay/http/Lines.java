package dev.saferun.replay.http;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.replay.store.RunReads.FrameLine;
import dev.saferun.replay.store.RunReads.LabelLine;
import dev.saferun.replay.store.RunReads.RunLine;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows as the API writes them. */
@Singleton
final class Lines {

  private final Environments environments;

  Lines(Environments environments) {
    this.environments = environments;
  }

  static HttpResponse<byte[]> json(@Nullable Object tree) {
    return HttpResponse.ok(CanonicalJson.write(tree)).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  Map<String, @Nullable Object> run(RunLine run) {
    Optional<EnvironmentSettings> place = environments.find(run.environmentId());
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("run_id", run.runId());
    line.put("project", place.map(EnvironmentSettings::project).orElse(null));
    line.put("environment", place.map(EnvironmentSettings::environment).orElse(null));
    line.put("environment_id", run.environmentId().toString());
    line.put("first_at", run.firstAt().toString());
    line.put("last_at", run.lastAt().toString());
    line.put("frames", run.frames());
    line.put("decisions", run.decisions());
    line.put("stopped", run.stopped());
    line.put("warned", run.warned());
    line.put("agents", run.agents());
    line.put("tools", run.tools());
    line.put("effects", run.effects());
    line.put("rules", run.rules());
    line.put("labels", run.labels());
    return line;
  }

  static Map<String, @Nullable Object> frame(FrameLine frame) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("frame", frame.frame());
    line.put("kind", frame.kind());
    line.put("at", frame.receivedAt().toString());
    putIfPresent(line, "step", frame.step());
    putIfPresent(line, "tool", frame.tool());
    putIfPresent(line, "verdict", frame.verdict());
    putIfPresent(line, "effect", frame.effect());
    putIfPresent(line, "decision_id", frame.decisionId());
    line.put("size_bytes", frame.sizeBytes());
    return line;
  }

  static Map<String, @Nullable Object> label(LabelLine label) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("label", label.label());
    putIfPresent(line, "comment", label.comment());
    line.put("actor", Map.of("id", label.actorId().toString(), "name", label.actorName()));
    line.put("at", label.at().toString());
    return line;
  }

  private static void putIfPresent(
      Map<String, @Nullable Object> line, String name, @Nullable Object value) {
    if (value != null) {
      line.put(name, value instanceof Long ? value : value.toString());
    }
  }
}
