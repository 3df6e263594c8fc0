package dev.saferun.evaluator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A run's latest calls, newest first, at most {@link #CALLS_MAX}: what was called, and, once that
 * was reported, what came of it. Immutable; three longs a call.
 */
public final class RecentCalls {

  /** How far back the guard looks. */
  public static final int CALLS_MAX = 64;

  public static final RecentCalls NONE = new RecentCalls(new long[0]);

  private static final int LONGS_A_CALL = 3;

  // The third long: 32 bits of the result's name, 24 of the frame's number, 8 marks.
  private static final int FRAME_SHIFT = 8;
  private static final long FRAME_MASK = 0xFFFFFF;

  /** What came of it was reported. */
  private static final int REPORTED = 1;

  /** It failed. */
  private static final int FAILED = 2;

  /** It told nothing new. */
  private static final int STALE = 4;

  /** The same call stood among the recent ones when it came. */
  private static final int AGAIN = 8;

  /** It was stopped or held and, as far as is known, never ran. */
  private static final int KEPT_BACK = 16;

  /** Its growing argument grew. */
  private static final int GREW = 32;

  /** It failed as one of a batch can: new arguments, of a tool that had worked. */
  private static final int SOFT = 64;

  /** Its result was large. */
  private static final int LARGE = 128;

  private static final int OF_THE_OUTCOME = REPORTED | FAILED | STALE | SOFT | LARGE;

  private final long[] longs;

  private RecentCalls(long[] longs) {
    this.longs = longs;
  }

  /** What {@link #text} wrote. */
  static RecentCalls of(String text) {
    long[] longs = Fingerprints.array(text);
    if (longs.length % LONGS_A_CALL != 0 || longs.length > CALLS_MAX * LONGS_A_CALL) {
      throw new IllegalArgumentException("calls have three fingerprints each");
    }
    return new RecentCalls(longs);
  }

  String text() {
    return Fingerprints.text(longs);
  }

  /** The newest call. */
  Fingerprint fingerprint() {
    if (size() == 0) {
      throw new IllegalArgumentException("there is no call");
    }
    return new Fingerprint(call(0), tool(0), outline(0));
  }

  /** The newest call alone. */
  RecentCalls newest() {
    return new RecentCalls(Arrays.copyOf(longs, Math.min(longs.length, LONGS_A_CALL)));
  }

  public int size() {
    return longs.length / LONGS_A_CALL;
  }

  /** Tool and arguments of the call that is so far back; the newest is at 0. */
  public long call(int back) {
    return longs[back * LONGS_A_CALL];
  }

  public int tool(int back) {
    return (int) (longs[back * LONGS_A_CALL + 1] >>> Integer.SIZE);
  }

  public int outline(int back) {
    return (int) longs[back * LONGS_A_CALL + 1];
  }

  /** The result, or the error where it failed. */
  public int result(int back) {
    return (int) (longs[back * LONGS_A_CALL + 2] >>> Integer.SIZE);
  }

  private long frame(int back) {
    return longs[back * LONGS_A_CALL + 2] >>> FRAME_SHIFT & FRAME_MASK;
  }

  private boolean isAtFrame(int back, long frame) {
    return frame(back) == (frame & FRAME_MASK);
  }

  /**
   * Whether the call was asked before anything was told of the one before it: their frames follow
   * each other, and an outcome is a frame too.
   */
  public boolean wasAskedBeside(int back, int further) {
    return (frame(back) - frame(further) & FRAME_MASK) == further - back;
  }

  private int marks(int back) {
    return (int) longs[back * LONGS_A_CALL + 2] & 0xFF;
  }

  private boolean is(int back, int mark) {
    return (marks(back) & mark) != 0;
  }

  public boolean isReported(int back) {
    return is(back, REPORTED);
  }

  public boolean failed(int back) {
    return is(back, FAILED);
  }

  /** Whether the call gave something, as far as was reported. */
  public boolean worked(int back) {
    return (marks(back) & (REPORTED | FAILED)) == REPORTED;
  }

  public boolean isStale(int back) {
    return is(back, STALE);
  }

  public boolean isAgain(int back) {
    return is(back, AGAIN);
  }

  public boolean wasKeptBack(int back) {
    return is(back, KEPT_BACK);
  }

  public boolean failedSoftly(int back) {
    return is(back, SOFT);
  }

  public boolean gaveMuch(int back) {
    return is(back, LARGE);
  }

  /** Whether any call of the tool gave something. */
  public boolean hasWorked(int tool) {
    for (int back = 0; back < size(); back++) {
      if (tool(back) == tool && worked(back)) {
        return true;
      }
    }
    return false;
  }

  /** Whether two calls are known to have ended differently. */
  public boolean endedDifferently(int back, int further) {
    return isReported(back)
        && isReported(further)
        && (result(back) != result(further) || failed(back) != failed(further));
  }

  /** Whether an earlier call that differs in wording only gave the same. */
  public boolean endedAsInOtherWords(int back) {
    if (!worked(back)) {
      return false;
    }
    for (int i = back + 1; i < size(); i++) {
      if (outline(i) == outline(back) && worked(i) && result(i) == result(back)) {
        return true;
      }
    }
    return false;
  }

  /** How far back the same call stands; below zero where it does not. */
  public int find(long call) {
    for (int i = 0; i < longs.length; i += LONGS_A_CALL) {
      if (longs[i] == call) {
        return i / LONGS_A_CALL;
      }
    }
    return -1;
  }

  /** The calls with one more, of which nothing is reported yet. */
  public RecentCalls with(Fingerprint call, long frame, boolean grew, boolean keptBack) {
    int marks =
        (find(call.call()) >= 0 ? AGAIN : 0) | (grew ? GREW : 0) | (keptBack ? KEPT_BACK : 0);
    long[] added =
        new long[] {
          call.call(),
          (long) call.tool() << Integer.SIZE | (call.outline() & 0xFFFFFFFFL),
          ((frame & FRAME_MASK) << FRAME_SHIFT) | marks
        };
    return with(added);
  }

  /** The calls with the newest of others. */
  RecentCalls withNewestOf(RecentCalls other) {
    return with(other.newest().longs);
  }

  private RecentCalls with(long[] added) {
    long[] after = new long[Math.min(longs.length, (CALLS_MAX - 1) * LONGS_A_CALL) + LONGS_A_CALL];
    System.arraycopy(added, 0, after, 0, LONGS_A_CALL);
    System.arraycopy(longs, 0, after, LONGS_A_CALL, after.length - LONGS_A_CALL);
    return new RecentCalls(after);
  }

  /** The calls with what came of the one at that frame; the same where that is too long ago. */
  RecentCalls after(long frame, Observation observed) {
    for (int back = 0; back < size(); back++) {
      if (isAtFrame(back, frame)) {
        return with(back, observed);
      }
    }
    return this;
  }

  private RecentCalls with(int back, Observation observed) {
    int marks = (marks(back) & ~(OF_THE_OUTCOME | KEPT_BACK)) | REPORTED;
    if (observed.failed()) {
      marks |= FAILED | (isSoft(back, observed) ? SOFT : 0);
    }
    if (observed.size() == Observation.Size.LARGE) {
      marks |= LARGE;
    }
    if ((marks & GREW) == 0 && isOld(back, observed)) {
      marks |= STALE;
    }
    long[] after = longs.clone();
    int at = back * LONGS_A_CALL + 2;
    after[at] =
        (long) observed.name() << Integer.SIZE | (after[at] & (FRAME_MASK << FRAME_SHIFT)) | marks;
    return new RecentCalls(after);
  }

  /**
   * Whether an earlier call of the tool ended the same and was not so different that this says
   * something: the same call, the same in other words with nothing found, or a result so large that
   * two calls do not have it in common by chance. A batch of small equal results is none of these.
   */
  private boolean isOld(int back, Observation observed) {
    for (int i = back + 1; i < size(); i++) {
      if (endedAs(i, observed) && tool(i) == tool(back) && isAlike(back, i, observed)) {
        return true;
      }
    }
    return false;
  }

  private boolean endedAs(int back, Observation observed) {
    return isReported(back) && failed(back) == observed.failed() && result(back) == observed.name();
  }

  private boolean isAlike(int back, int further, Observation observed) {
    return call(back) == call(further)
        || observed.size() == Observation.Size.LARGE
        || (observed.size() == Observation.Size.NOTHING && outline(back) == outline(further));
  }

  /** Whether it failed as one of a batch can: new arguments, of a tool that has worked. */
  private boolean isSoft(int back, Observation observed) {
    boolean worked = false;
    for (int i = back + 1; i < size(); i++) {
      if (tool(i) == tool(back)) {
        if (outline(i) == outline(back) && endedAs(i, observed)) {
          return false;
        }
        worked |= worked(i);
      }
    }
    return worked;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecentCalls calls && Arrays.equals(longs, calls.longs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(longs);
  }

  @Override
  public String toString() {
    return text();
  }
}
