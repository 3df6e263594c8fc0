package dev.saferun.evaluator.meaning;

import ai.onnxruntime.OrtException;
import dev.saferun.evaluator.Meanings;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meanings by the sentence model. A text runs through the network once and is known from then on. A
 * call may have texts run while there is time for it. What would take too long is not begun for
 * this call: it is run beside it, and later calls know it.
 */
public final class SentenceMeanings implements Meanings {

  private static final Logger LOG = LoggerFactory.getLogger(SentenceMeanings.class);

  /** Texts whose directions are kept; each takes about 2 kB. */
  private static final int TEXTS_MAX = 8_192;

  /** Texts that wait to be run beside the calls; beyond them a text is run when it is asked for. */
  private static final int WAITING_MAX = 256;

  /** Characters of a text; the network reads no more of it. */
  private static final int CHARACTERS_MAX = 300;

  /**
   * Texts come beside the calls when runs take too long, which is when the processors are busy: to
   * run one after the other then would make all calls wait for what none of them waits for.
   */
  private static final int RESTS_FOR_EACH_RUN = 3;

  private static final int WARMING_RUNS = 16;
  private static final int RUNS_IN_MEAN = 8;

  private final SentenceModel model;
  private final Directions known = new Directions(TEXTS_MAX);
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final ExecutorService besideCalls =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("meanings").factory());
  private final long nanosMax;
  private final LongSupplier nanoTime;
  private final AtomicLong nanosOfARun = new AtomicLong();

  private SentenceMeanings(SentenceModel model, long nanosMax, LongSupplier nanoTime) {
    this.model = model;
    this.nanosMax = nanosMax;
    this.nanoTime = nanoTime;
  }

  /**
   * Loads the network that ships with the product and runs it until it is warm.
   *
   * @param aCall how long one call may have texts run
   */
  public static SentenceMeanings load(Duration aCall) throws IOException {
    return load(aCall, System::nanoTime);
  }

  /** The same for as long as it takes: what is told then does not depend on the machine. */
  public static SentenceMeanings patient() throws IOException {
    return load(Duration.ofNanos(Long.MAX_VALUE), () -> 0);
  }

  static SentenceMeanings load(Duration aCall, LongSupplier nanoTime) throws IOException {
    try {
      SentenceMeanings meanings = new SentenceMeanings(MiniLm.load(), aCall.toNanos(), nanoTime);
      for (int run = 0; run < WARMING_RUNS; run++) {
        meanings.run("Is it warm? Then it may be asked. Round " + run);
      }
      long begun = nanoTime.getAsLong();
      meanings.run("It is warm now, so this run takes about as long as one of a call will.");
      meanings.nanosOfARun.set(nanoTime.getAsLong() - begun);
      return meanings;
    } catch (OrtException | UnsatisfiedLinkError fault) {
      throw new IOException("the sentence model cannot be run here", fault);
    }
  }

  @Override
  public void prepare(String text) {
    String cut = cut(text);
    if (!cut.isEmpty() && known.find(cut) == null) {
      runBeside(cut);
    }
  }

  private void runBeside(String text) {
    if (waiting.size() < WAITING_MAX && waiting.add(text)) {
      besideCalls.execute(
          () -> {
            long begun = nanoTime.getAsLong();
            run(text);
            waiting.remove(text);
            LockSupport.parkNanos((nanoTime.getAsLong() - begun) * RESTS_FOR_EACH_RUN);
          });
    }
  }

  @Override
  public Likeness begin() {
    return new OneCall();
  }

  private static String cut(String text) {
    return text.length() > CHARACTERS_MAX ? text.substring(0, CHARACTERS_MAX) : text;
  }

  private float @Nullable [] run(String text) {
    float[] before = known.find(text);
    if (before != null) {
      return before;
    }
    try {
      long begun = nanoTime.getAsLong();
      float[] direction = model.direction(text);
      long taken = nanoTime.getAsLong() - begun;
      nanosOfARun.updateAndGet(mean -> mean + (taken - mean) / RUNS_IN_MEAN);
      known.put(text, direction);
      return direction;
    } catch (OrtException fault) {
      LOG.atError().setCause(fault).log("the meaning of a text could not be told");
      return null;
    }
  }

  /** The directions that one call asks for, while there is time to run the network again. */
  private final class OneCall implements Likeness {

    private long spent;
    private boolean late;

    @Override
    public OptionalDouble of(String one, String other) {
      float[] first = direction(cut(one));
      float[] second = direction(cut(other));
      if (first == null || second == null) {
        late = true;
        return OptionalDouble.empty();
      }
      double cosine = 0;
      for (int i = 0; i < first.length; i++) {
        cosine += (double) first[i] * second[i];
      }
      return OptionalDouble.of(cosine);
    }

    private float @Nullable [] direction(String text) {
      float[] before = known.find(text);
      if (before != null) {
        return before;
      }
      if (spent + nanosOfARun.get() > nanosMax) {
        runBeside(text);
        return null;
      }
      long begun = nanoTime.getAsLong();
      float[] direction = run(text);
      spent += nanoTime.getAsLong() - begun;
      return direction;
    }

    @Override
    public State state() {
      return late ? State.LATE : State.TOLD;
    }
  }

  @Override
  public void close() {
    besideCalls.shutdownNow();
  }
}
