package dev.saferun.replay.capture;

import dev.saferun.evaluator.Meanings;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.RunTexts;
import dev.saferun.replay.journal.Appended;
import dev.saferun.replay.journal.JournalRecord;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One run in memory; its monitor is held while a call is decided, numbered and given to the
 * journal, never while one waits.
 *
 * <p>There are two positions. The <em>tail</em> is what the next call continues from: all that was
 * given to the journal. The <em>durable</em> one is what the journal confirmed. Calls follow each
 * other without waiting for the disk; where the journal refuses one, the tail falls back to the
 * durable position as soon as nothing is under way, and the refused number is given again.
 */
final class RunEntry {

  private @Nullable RunState tail;
  private long tailFrame;
  private RunState durable = RunState.NEW;
  private long durableFrame;
  private long durablePosition;
  private int underWay;
  private @Nullable CompletableFuture<Void> loading;
  private @Nullable CompletableFuture<Void> remembering;
  private final TextBudget budget;
  private final Meanings meanings;
  private volatile @Nullable RunTexts texts;

  // Outcomes that the journal had before the state of the run was known, by their frames.
  private final SortedMap<Long, UnaryOperator<RunState>> early = new TreeMap<>();

  RunEntry(TextBudget budget, Meanings meanings) {
    this.meanings = meanings;
    this.budget = budget;
  }

  /** What a call continues from, the number that it gets, and the texts that the run has seen. */
  record Turn(RunState state, long frame, RunTexts texts) {}

  /**
   * What a call gives to the journal, and the state after it.
   *
   * @param record null where it cannot be kept, because what must be sealed of it cannot be
   */
  record Next(@Nullable JournalRecord record, RunState after) {}

  synchronized boolean isKnown() {
    return tail != null;
  }

  /** Whether a call can take its turn at once: the state is known, and so are the texts. */
  synchronized boolean isReady() {
    return tail != null && (texts != null || tailFrame == 0);
  }

  /**
   * Completes when the state is known; the first caller starts the loading, all others share it.
   */
  synchronized CompletionStage<Void> known(Supplier<CompletionStage<PastRuns.Tail>> load) {
    if (tail != null) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> running = loading;
    if (running == null) {
      running = new CompletableFuture<>();
      loading = running;
      CompletableFuture<Void> started = running;
      load.get()
          .whenComplete(
              (past, fault) -> {
                if (fault == null) {
                  begin(past);
                  started.complete(null);
                } else {
                  started.completeExceptionally(fault);
                }
              });
    }
    return running;
  }

  /**
   * Completes when the run's texts are there again, as far as they can be; the first caller starts
   * it, all others share it.
   *
   * @param known completes when the state is known
   * @param remember gives the texts of the frames up to the journal's position; empty where it
   *     cannot
   */
  synchronized CompletionStage<Void> remembered(
      CompletionStage<Void> known,
      LongFunction<CompletionStage<Optional<PastTexts.Remembered>>> remember) {
    if (texts != null) {
      return known;
    }
    CompletableFuture<Void> running = remembering;
    if (running == null) {
      running = new CompletableFuture<>();
      remembering = running;
      CompletableFuture<Void> started = running;
      known
          .thenCombine(remember.apply(durablePosition), (state, past) -> past)
          .whenComplete(
              (past, fault) -> {
                remember(fault == null ? past : Optional.empty());
                started.complete(null);
              });
    }
    return running;
  }

  /** Texts that end before the run does miss something; a call that went ahead has begun anew. */
  private synchronized void remember(Optional<PastTexts.Remembered> past) {
    remembering = null;
    if (texts == null && past.isPresent()) {
      RunTexts again = past.get().texts();
      if (past.get().lastFrame() != tailFrame) {
        again.missed();
      }
      texts = again;
    }
  }

  /** Sets where the run stands, unless that is known better already. */
  synchronized void begin(PastRuns.Tail past) {
    if (tail == null) {
      tailFrame = Math.max(tailFrame, past.lastFrame());
      durableFrame = tailFrame;
      RunState state = past.state();
      for (UnaryOperator<RunState> outcome : early.tailMap(past.lastFrame() + 1).values()) {
        state = outcome.apply(state);
      }
      early.clear();
      tail = state;
      durable = state;
      loading = null;
    }
  }

  /** A record of this run that was found in the journal at start, in order of position. */
  synchronized void recovered(long frame, long position, @Nullable RunState after) {
    tailFrame = Math.max(tailFrame, frame);
    durableFrame = tailFrame;
    durablePosition = position;
    if (after != null) {
      early.clear();
      tail = after;
      durable = after;
    }
  }

  /** An outcome that was found in the journal at start; its action may be in the database only. */
  synchronized void recovered(long frame, long position, UnaryOperator<RunState> outcome) {
    recovered(frame, position, (RunState) null);
    RunState known = tail;
    if (known == null) {
      early.put(frame, outcome);
    } else {
      tail = outcome.apply(known);
      durable = tail;
    }
  }

  /** Takes the next number of a run that is known. */
  CompletionStage<Appended> take(Function<Turn, Next> call, FrameJournal journal) {
    synchronized (this) {
      RunState state = tail;
      if (state == null) {
        throw new IllegalStateException("the run's state is not known yet");
      }
      long frame = tailFrame + 1;
      RunTexts seen = texts();
      Next next = call.apply(new Turn(state, frame, seen));
      budget.used(this, seen.words());
      JournalRecord record = next.record();
      if (record == null) {
        return CompletableFuture.completedStage(new Appended.Unsealable());
      }
      CompletionStage<Appended> appended = journal.append(record);
      tail = next.after();
      tailFrame = frame;
      underWay++;
      return appended.whenComplete((outcome, fault) -> settle(frame, next.after(), outcome));
    }
  }

  /** Where they could not be made again, the texts of a run that was there before are not whole. */
  private RunTexts texts() {
    RunTexts known = texts;
    if (known == null) {
      known = new RunTexts(tailFrame == 0, meanings);
      texts = known;
    }
    return known;
  }

  /** Forgets the texts: others need the room. */
  void dropTexts() {
    texts = null;
  }

  private synchronized void settle(long frame, RunState after, @Nullable Appended outcome) {
    underWay--;
    if (outcome instanceof Appended.Durable kept) {
      durablePosition = Math.max(durablePosition, kept.position());
      if (frame > durableFrame) {
        durableFrame = frame;
        durable = after;
      }
    }
    if (underWay == 0) {
      tail = durable;
      tailFrame = durableFrame;
    }
  }

  /** Whether the database knows all that this entry knows. */
  synchronized boolean mayLeave(long drainedPosition) {
    return underWay == 0
        && loading == null
        && remembering == null
        && durablePosition <= drainedPosition;
  }
}
