package dev.saferun.evaluator;

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
    reader = new Reader(whole);
  }

  /** How many words it holds; each takes about 50 bytes. */
  public int words() {
    return reader.words();
  }

  /** Some texts of the run are not in it: what is measured from now on says so. */
  public void missed() {
    reader.missed();
  }

  /** Measures a call before it is decided, and takes its texts in. */
  public IntentReading read(Check check, long frame) {
    return reader.read(check, frame, null);
  }

  /** The same, with what is known of its tool beside the name. */
  public IntentReading read(Check check, long frame, @Nullable IntentTool tool) {
    return reader.read(check, frame, tool);
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
