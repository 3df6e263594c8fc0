package dev.saferun.replay.store;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.replay.capture.Evidence;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a batch of new frames changes in the row of their run. */
final class RunChange {

  private static final String WARNED = "proceed_with_warning";
  private static final String STOPPED = "stop";

  private final FrameRow first;
  private OffsetDateTime firstAt;
  private OffsetDateTime lastAt;
  private long frames;
  private long decisions;
  private long stopped;
  private long warned;
  private final Set<String> agents = new TreeSet<>();
  private final Set<String> tools = new TreeSet<>();
  private final Set<String> effects = new TreeSet<>();
  private final Set<String> rules = new TreeSet<>();

  private RunChange(FrameRow first) {
    this.first = first;
    this.firstAt = first.receivedAt();
    this.lastAt = first.receivedAt();
  }

  /** One change a run, in the order of environment and name, so that two drains cannot deadlock. */
  static List<RunChange> of(Collection<FrameRow> rows) {
    Map<String, RunChange> byRun = new TreeMap<>();
    for (FrameRow row : rows) {
      byRun.computeIfAbsent(row.environmentId() + row.runId(), name -> new RunChange(row)).add(row);
    }
    return new ArrayList<>(byRun.values());
  }

  private void add(FrameRow row) {
    OffsetDateTime at = row.receivedAt();
    firstAt = at.isBefore(firstAt) ? at : firstAt;
    lastAt = at.isAfter(lastAt) ? at : lastAt;
    frames++;
    if (!Evidence.ACTION.equals(row.text("kind"))) {
      return;
    }
    decisions++;
    String effect = row.in("decision", "effect");
    stopped += STOPPED.equals(effect) ? 1 : 0;
    warned += WARNED.equals(effect) ? 1 : 0;
    addText(effects, effect);
    addText(agents, row.in("agent", "name"));
    addText(tools, row.text("tool"));
    row.rules().forEach(rule -> addText(rules, rule));
  }

  private static void addText(Set<String> texts, @Nullable String text) {
    if (text != null) {
      texts.add(text.replace("\0", ""));
    }
  }

  UUID projectId() {
    return first.entry().header().project();
  }

  UUID environmentId() {
    return first.environmentId();
  }

  String runId() {
    return first.runId();
  }

  OffsetDateTime firstAt() {
    return firstAt;
  }

  OffsetDateTime lastAt() {
    return lastAt;
  }

  long frames() {
    return frames;
  }

  long decisions() {
    return decisions;
  }

  long stopped() {
    return stopped;
  }

  long warned() {
    return warned;
  }

  String agents() {
    return json(agents);
  }

  String tools() {
    return json(tools);
  }

  String effects() {
    return json(effects);
  }

  String rules() {
    return json(rules);
  }

  private static String json(Set<String> texts) {
    return new String(CanonicalJson.write(List.copyOf(texts)), StandardCharsets.UTF_8);
  }
}
