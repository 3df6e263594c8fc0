package dev.saferun.replay.proof;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.evaluator.KeptPolicies;
import dev.saferun.evaluator.KeptPolicy;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.Database;
import dev.saferun.replay.store.ProofReads;
import dev.saferun.replay.store.ProofReads.KeptFrame;
import dev.saferun.replay.store.RunReads.RunLine;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A run with all that its decisions are proven from, as JSON Lines: a header, each snapshot before
 * the first frame that names it, each frame with its exact bytes. {@link
 * dev.saferun.replay.ExportedRun} reads it.
 */
@Singleton
public final class RunExport {

  /** The number of the form; it changes when an older reader could misread it. */
  public static final long FORMAT = 1;

  private static final int FRAMES_AT_ONCE = 1_000;
  private static final long BYTES_AT_ONCE = 8 << 20;

  private final Database database;
  private final AuditLog audit;
  private final ProofReads reads;
  private final KeptPolicies policies;
  private final InstantSource clock;

  RunExport(
      Database database,
      AuditLog audit,
      ProofReads reads,
      KeptPolicies policies,
      InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.reads = reads;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * A part of the run: the frames after a number, as many as one answer takes. Where it has frames
   * its last line is {@code next_after}, to ask for the next part with; one without frames is the
   * end. The parts one after the other are the whole, and may be read so. The audit log holds that
   * a part was asked for before it is read.
   */
  public CompletionStage<byte[]> part(Actor by, RunLine run, long after) {
    UUID organization = by.organizationId();
    return database
        .inSession(organization, session -> audit.record(session, event(by, run, after)))
        .thenCompose(
            recorded ->
                reads.page(
                    organization,
                    run.environmentId(),
                    run.runId(),
                    after,
                    FRAMES_AT_ONCE,
                    BYTES_AT_ONCE))
        .thenCompose(
            frames -> policies(organization, frames).thenApply(found -> lines(run, frames, found)));
  }

  private static AuditEvent event(Actor by, RunLine run, long after) {
    return new AuditEvent(
        by,
        "run.exported",
        "run:" + run.runId(),
        null,
        Map.of("environment", run.environmentId().toString(), "after_frame", after));
  }

  private CompletionStage<Map<String, KeptPolicy>> policies(
      UUID organization, List<KeptFrame> frames) {
    Set<String> ids = new LinkedHashSet<>();
    for (KeptFrame frame : frames) {
      if (frame.snapshot() != null) {
        ids.add(frame.snapshot());
      }
    }
    Map<String, KeptPolicy> found = new LinkedHashMap<>();
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (String id : ids) {
      all =
          all.thenCompose(before -> policies.find(organization, id))
              .thenAccept(
                  (Optional<KeptPolicy> policy) -> policy.ifPresent(one -> found.put(id, one)));
    }
    return all.thenApply(done -> found);
  }

  private byte[] lines(RunLine run, List<KeptFrame> frames, Map<String, KeptPolicy> policies) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    line(header(run), out);
    policies.values().forEach(policy -> line(policy.toJson(), out));
    frames.forEach(frame -> line(frame(frame), out));
    // Whether more follow is not known here: a run's numbers may have gaps, and it may go on.
    if (!frames.isEmpty()) {
      line(Map.of("next_after", frames.getLast().stored().frame()), out);
    }
    return out.toByteArray();
  }

  private Map<String, @Nullable Object> header(RunLine run) {
    Map<String, @Nullable Object> header = new LinkedHashMap<>();
    header.put("format", FORMAT);
    header.put("run_id", run.runId());
    header.put("environment_id", run.environmentId().toString());
    header.put("exported_at", clock.instant().toString());
    header.put("frames", run.frames());
    return header;
  }

  private static Map<String, @Nullable Object> frame(KeptFrame kept) {
    Map<String, @Nullable Object> frame = new LinkedHashMap<>();
    frame.put("frame", kept.stored().frame());
    frame.put("sha256", HexFormat.of().formatHex(kept.stored().sha256()));
    frame.put("evidence", Base64.getEncoder().encodeToString(kept.stored().evidence()));
    return frame;
  }

  private static void line(Map<String, @Nullable Object> tree, ByteArrayOutputStream out) {
    CanonicalJson.write(tree, out);
    out.write('\n');
  }
}
