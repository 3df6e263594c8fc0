package dev.saferun.replay.capture;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Meanings;
import dev.saferun.evaluator.RunTexts;
import dev.saferun.platform.StrictJson;
import dev.saferun.redaction.Redactor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The texts of runs that go on, made again from their recorded frames: of a run that this node did
 * not know, or whose texts it forgot. What was sealed is opened for it. They are whole where every
 * frame is there and redaction took no text out of one. Calls are measured as they were, by what
 * their tools are called, for what a steered call returned is steered, too.
 */
final class PastTexts {

  /** Frames that are read again, the newest; a longer run's texts are not whole. */
  static final int FRAMES_MAX = 200;

  /** Bytes of their evidence; beyond it the older ones are left out. */
  static final int BYTES_MAX = 2 << 20;

  /** Runs that wait to be read again; further ones go on without, and are not whole. */
  private static final int WAITING_MAX = 64;

  private static final Set<String> TEXTS =
      Set.of("action", "context", "content", "result", "error");

  private final PastRuns past;
  private final DrainProgress drain;
  private final Meanings meanings;
  private final Unsealing unsealing;
  private final ThreadPoolExecutor reader =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING_MAX),
          Thread.ofPlatform().daemon().name("past-texts").factory());

  PastTexts(PastRuns past, DrainProgress drain, Meanings meanings, Unsealing unsealing) {
    this.unsealing = unsealing;
    this.meanings = meanings;
    this.past = past;
    this.drain = drain;
    reader.allowCoreThreadTimeOut(true);
  }

  /**
   * Texts made again.
   *
   * @param lastFrame the newest that is in them
   */
  record Remembered(RunTexts texts, long lastFrame) {}

  /**
   * Completes once the database has the journal up to that position and its frames are read; fails
   * where that cannot be. The caller sets its own deadline.
   */
  CompletionStage<Optional<Remembered>> of(RunKey run, long position) {
    CompletionStage<Void> there =
        position <= drain.drainedPosition()
            ? CompletableFuture.completedFuture(null)
            : drain.drained(position);
    return there
        .thenCompose(drained -> past.frames(run, FRAMES_MAX, BYTES_MAX))
        .thenApplyAsync(PastTexts::documents, reader)
        .thenCompose(kept -> unsealing.whole(run.organizationId(), kept))
        .thenApplyAsync(frames -> Optional.of(read(frames, meanings)), reader);
  }

  private static List<Unsealing.Kept> documents(List<PastRuns.PastFrame> frames) {
    return frames.stream()
        .map(frame -> new Unsealing.Kept(frame.recordId(), document(frame.evidence())))
        .toList();
  }

  private static Map<String, @Nullable Object> document(byte[] evidence) {
    return Evidence.object(StrictJson.parse(evidence, CheckedCall.EVIDENCE_DEPTH_MAX));
  }

  /** From the documents of frames in their order. */
  static Remembered read(List<Map<String, @Nullable Object>> frames, Meanings meanings) {
    RunTexts texts = new RunTexts(true, meanings);
    long last = 0;
    for (Map<String, @Nullable Object> frame : frames) {
      long number = frame.get("frame") instanceof Long known ? known : 0;
      boolean unread = OpinionNotes.isOpinion(frame);
      if (number != last + 1 || (!unread && isTextTaken(frame))) {
        texts.missed();
      }
      if (!unread) {
        take(texts, number, frame);
      }
      last = number;
    }
    return new Remembered(texts, last);
  }

  private static void take(RunTexts texts, long number, Map<String, @Nullable Object> frame) {
    String kind = String.valueOf(frame.get("kind"));
    switch (kind) {
      case Evidence.ACTION -> texts.read(check(frame), number);
      case "outcome" ->
          texts.returned(
              frame.get("action_frame") instanceof Long action ? action : 0,
              number,
              frame.get("result"),
              frame.get("error"));
      default -> texts.recorded(kind, number, frame.get("content"));
    }
  }

  private static Check check(Map<String, @Nullable Object> frame) {
    return new Check(
        String.valueOf(frame.get("run_id")),
        frame.get("step") instanceof Long step ? step : null,
        Evidence.object(frame.get("agent")),
        Evidence.object(frame.get("action")),
        Evidence.object(frame.get("context")),
        frame.get("at") instanceof String at ? at : null);
  }

  /** Whether redaction says that it took a part of a text, or took more than it lists. */
  private static boolean isTextTaken(Map<String, @Nullable Object> frame) {
    Map<String, @Nullable Object> report = Evidence.object(frame.get(Redactor.REPORT_MEMBER));
    List<?> applied = report.get("applied") instanceof List<?> list ? list : List.of();
    boolean listed = !(report.get("count") instanceof Long all) || all <= applied.size();
    return !listed || applied.stream().anyMatch(one -> isOfText(Evidence.object(one).get("path")));
  }

  private static boolean isOfText(@Nullable Object path) {
    String[] names = String.valueOf(path).split("/", 3);
    return names.length < 2 || TEXTS.contains(names[1]);
  }
}
