package dev.saferun.replay;

import dev.saferun.evaluator.KeptPolicy;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.proof.CompiledPolicies;
import dev.saferun.replay.proof.Finding;
import dev.saferun.replay.proof.FindingView;
import dev.saferun.replay.proof.KeptCall;
import dev.saferun.replay.proof.Proof;
import dev.saferun.replay.proof.RunExport;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Proves an exported run from its file alone, line by line: without a server, a database or a
 * network. What it says rests on the file's own hashes; whether those are the ones that were kept
 * is for whoever has them from elsewhere.
 *
 * <p>Every action is decided again by the rules that the file holds, every other frame's hash is
 * checked. A line that cannot be read is altered, and so is a file with fewer frames than its
 * header says.
 */
public final class ExportedRun {

  /** A frame with nothing to decide whose bytes are those that were kept. */
  public static final String WHOLE = "whole";

  private static final String ALTERED = "altered";

  private final Consumer<Line> lines;
  private final Map<String, KeptPolicy.Opened> policies = new HashMap<>();
  private final CompiledPolicies compiled = new CompiledPolicies();
  private final Set<Long> frames = new HashSet<>();

  private int lineNumber;
  private @Nullable String runId;
  private long framesExpected;

  /**
   * One frame, or what is wrong with the file.
   *
   * @param frame 0 where the line does not say
   * @param kind empty where the frame cannot be read, like tool and effect where it has none
   * @param result {@code whole}, or what a proof comes out as
   * @param detail for people
   * @param proof as the API would answer; empty where there is nothing to decide
   */
  public record Line(
      long frame,
      String kind,
      String tool,
      String effect,
      String result,
      String detail,
      Map<String, @Nullable Object> proof) {

    /** Whether what the file holds is not what was decided. */
    public boolean isAlarm() {
      return result.equals("different") || result.equals(ALTERED);
    }
  }

  /** Each line is handed on as soon as it is known. */
  public ExportedRun(Consumer<Line> lines) {
    this.lines = lines;
  }

  /** The run that the file is of; empty before its header was read. */
  public Optional<String> runId() {
    return Optional.ofNullable(runId);
  }

  /** Reads the next line. */
  public void read(String text) {
    lineNumber++;
    if (text.isEmpty()) {
      return;
    }
    try {
      Map<String, @Nullable Object> line =
          StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
      if (line.containsKey("format")) {
        header(line);
      } else if (line.containsKey("manifest")) {
        policy(line);
      } else if (line.containsKey("evidence")) {
        frame(line);
      } else if (!line.containsKey("next_after")) {
        broken("is no line of an export");
      }
    } catch (ProblemException | IllegalArgumentException fault) {
      broken(String.valueOf(fault.getMessage()));
    }
  }

  /** To be called after the last line. */
  public void end() {
    if (runId == null) {
      broken("the file has no header");
    } else if (frames.size() < framesExpected) {
      broken((framesExpected - frames.size()) + " of " + framesExpected + " frames are missing");
    }
  }

  private void header(Map<String, @Nullable Object> line) {
    if (!Long.valueOf(RunExport.FORMAT).equals(line.get("format"))) {
      throw new IllegalArgumentException("written in a form that this version does not know");
    }
    String named = String.valueOf(line.get("run_id"));
    if (runId != null && !runId.equals(named)) {
      throw new IllegalArgumentException("a second run");
    }
    runId = named;
    framesExpected = line.get("frames") instanceof Long count ? count : Long.MAX_VALUE;
  }

  private void policy(Map<String, @Nullable Object> line) {
    KeptPolicy policy = KeptPolicy.fromJson(line);
    if (!Arrays.equals(CanonicalJson.write(policy.toJson()), CanonicalJson.write(line))) {
      throw new IllegalArgumentException("the snapshot is not as it is written here");
    }
    policies.putIfAbsent(policy.id(), policy.open());
  }

  private void frame(Map<String, @Nullable Object> line) {
    long number = line.get("frame") instanceof Long said ? said : 0;
    if (!frames.add(number)) {
      throw new IllegalArgumentException("frame " + number + " stands in it twice");
    }
    byte[] evidence;
    byte[] sha256;
    try {
      evidence = bytes(String.valueOf(line.get("evidence")));
      sha256 = HexFormat.of().parseHex(String.valueOf(line.get("sha256")));
    } catch (IllegalArgumentException fault) {
      altered(number, "", "line " + lineNumber + ": " + fault.getMessage());
      return;
    }
    if (!Proof.isWhole(evidence, sha256)) {
      altered(number, "", "evidence sha256:" + line.get("sha256"));
      return;
    }
    Map<String, @Nullable Object> tree =
        Evidence.object(StrictJson.parse(evidence, KeptCall.DEPTH_MAX));
    String kind = String.valueOf(tree.get("kind"));
    if (!Long.valueOf(number).equals(tree.get("frame"))
        || !String.valueOf(tree.get("run_id")).equals(runId)) {
      altered(number, kind, "evidence of frame " + tree.get("frame") + " of " + tree.get("run_id"));
    } else if (kind.equals(Evidence.ACTION)) {
      action(number, tree, Proof.open(evidence, sha256));
    } else {
      lines.accept(new Line(number, kind, "", "", WHOLE, "", Map.of()));
    }
  }

  /** Base64 has spare bits at its end; who changed them changed the file. */
  private static byte[] bytes(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
      throw new IllegalArgumentException("not the base64 that is written here");
    }
    return bytes;
  }

  private void action(long number, Map<String, @Nullable Object> tree, Proof proof) {
    Finding finding =
        proof.finding(
            proof.snapshot().flatMap(id -> Optional.ofNullable(policies.get(id))), compiled);
    lines.accept(
        new Line(
            number,
            Evidence.ACTION,
            String.valueOf(Evidence.object(tree.get("action")).get("tool")),
            String.valueOf(Evidence.object(tree.get("decision")).get("effect")),
            finding.wire(),
            FindingView.detail(finding),
            FindingView.of(finding)));
  }

  private void altered(long number, String kind, String detail) {
    lines.accept(new Line(number, kind, "", "", ALTERED, detail, Map.of()));
  }

  private void broken(String detail) {
    altered(0, "", "line " + lineNumber + ": " + detail);
  }
}
