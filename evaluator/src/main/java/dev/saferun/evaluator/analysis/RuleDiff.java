package dev.saferun.evaluator.analysis;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.tenancy.OnError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How two versions of a rule differ, field by field and, in texts, word by word. */
public final class RuleDiff {

  /** Between any two characters that are not both of one word. */
  private static final Pattern WORDS = Pattern.compile("(?<=\\W)|(?=\\W)");

  private RuleDiff() {}

  /**
   * A field that differs.
   *
   * @param before a text, or a list of texts; null where it was absent
   * @param hunks the way from one text to the other, read in order; none where the field is no text
   */
  public record Change(
      String field, @Nullable Object before, @Nullable Object after, List<Hunk> hunks) {
    public Change {
      hunks = List.copyOf(hunks);
    }
  }

  /** A stretch of text that is in both, only in the first, or only in the second. */
  public record Hunk(Kind kind, String text) {

    /** Where the text is. */
    public enum Kind {
      SAME,
      REMOVED,
      ADDED
    }
  }

  public static List<Change> between(RuleVersion from, RuleVersion to) {
    List<Change> changes = new ArrayList<>();
    text(changes, "condition", from.condition(), to.condition());
    value(changes, "verdict", from.verdict().wire(), to.verdict().wire());
    text(changes, "message", from.message(), to.message());
    value(changes, "tools", from.tools(), to.tools());
    value(
        changes,
        "on_error",
        from.onError().map(OnError::wire).orElse(null),
        to.onError().map(OnError::wire).orElse(null));
    return changes;
  }

  private static void value(
      List<Change> changes, String field, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      changes.add(new Change(field, before, after, List.of()));
    }
  }

  private static void text(List<Change> changes, String field, String before, String after) {
    if (!before.equals(after)) {
      changes.add(new Change(field, before, after, hunks(before, after)));
    }
  }

  private static List<Hunk> hunks(String before, String after) {
    List<Hunk> hunks = new ArrayList<>();
    for (AbstractDelta<String> delta :
        DiffUtils.diff(words(before), words(after), true).getDeltas()) {
      switch (delta.getType()) {
        case EQUAL -> hunk(hunks, Hunk.Kind.SAME, delta.getSource().getLines());
        case DELETE -> hunk(hunks, Hunk.Kind.REMOVED, delta.getSource().getLines());
        case INSERT -> hunk(hunks, Hunk.Kind.ADDED, delta.getTarget().getLines());
        case CHANGE -> {
          hunk(hunks, Hunk.Kind.REMOVED, delta.getSource().getLines());
          hunk(hunks, Hunk.Kind.ADDED, delta.getTarget().getLines());
        }
      }
    }
    return hunks;
  }

  private static List<String> words(String text) {
    return List.of(WORDS.split(text));
  }

  private static void hunk(List<Hunk> hunks, Hunk.Kind kind, List<String> words) {
    if (!words.isEmpty()) {
      hunks.add(new Hunk(kind, String.join("", words)));
    }
  }
}
