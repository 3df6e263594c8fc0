package dev.saferun.evaluator;

import dev.saferun.evaluator.history.Familiarity;
import dev.saferun.evaluator.intent.Reader;
import org.jspecify.annotations.Nullable;

/**
 * All texts that a run has seen so far, as the Intent Guard needs them: what was asked, what the
 * agent made, what it read. It grows by what is new only, and is bounded; the texts themselves are
 * not kept, but for the beginnings of instructions. Not for several threads at once: who holds the
 * run holds it.
 */
public final class RunTexts {

  private final Reader reader;

  /**
   * @param whole false for a run that was there before and whose texts are not known
   */
  public RunTexts(boolean whole) {
    this(whole, Meanings.NONE);
  }

  /** The same, with meanings to tell where words do not. */
  public RunTexts(boolean whole, Meanings meanings) {
    reader = new Reader(whole, meanings);
  }

  /** How many words it holds; each takes about 50 bytes. */
  public int words() {
    return reader.words();
  }

  /** Steps that the last call or outcome took: the same for the same texts on every machine. */
  public long steps() {
    return reader.steps();
  }

  /** Some texts of the run are not in it: what is measured from now on says so. */
  public void missed() {
    reader.missed();
  }

  /** Measures a call before it is decided, and takes its texts in. */
  public IntentReading read(Check check, long frame) {
    return reader.read(check, frame, null, Familiarity.NONE, IntentDeadline.NONE.begin());
  }

  /**
   * The same, with what is known of its tool beside the name, and of the project's earlier calls.
   * Where the time is over the reading is unavailable, and later ones say that they are not whole:
   * some texts may not have been taken in.
   */
  public IntentReading read(
      Check check,
      long frame,
      @Nullable IntentTool tool,
      ProjectHistory history,
      IntentDeadline deadline) {
    return reader.read(check, frame, tool, history.calls().compare(check), deadline.begin());
  }

  /** Takes in what came of a call. */
  public void returned(
      long actionFrame, long frame, @Nullable Object result, @Nullable Object error) {
    reader.returned(actionFrame, frame, result, error);
  }

  /** Takes in a frame that the client recorded between calls. */
  public void recorded(String kind, long frame, @Nullable Object content) {
    reader.recorded(kind, frame, content);
  }
}
