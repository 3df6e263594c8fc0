package dev.saferun.evaluator.http;

import dev.saferun.evaluator.analysis.RuleDiff;
import dev.saferun.evaluator.rules.StoredRule;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How two versions of a rule differ; a field that is the same is left out. */
record DiffView(VersionRef from, VersionRef to, List<FieldChange> changes) {

  static DiffView of(StoredRule from, StoredRule to) {
    return new DiffView(
        VersionRef.of(from),
        VersionRef.of(to),
        RuleDiff.between(from.rule(), to.rule()).stream().map(FieldChange::of).toList());
  }

  /** A version, and who wrote it when, with which words. */
  record VersionRef(int version, String author, String createdAt, String comment) {

    static VersionRef of(StoredRule stored) {
      return new VersionRef(
          stored.rule().version(),
          stored.author(),
          stored.createdAt().toString(),
          stored.comment());
    }
  }

  /**
   * A field that differs.
   *
   * @param before a text, or a list of texts; absent where it was not there
   * @param hunks the way from one text to the other, read in order; empty where it is no text
   */
  record FieldChange(
      String field, @Nullable Object before, @Nullable Object after, List<TextHunk> hunks) {

    static FieldChange of(RuleDiff.Change change) {
      return new FieldChange(
          change.field(),
          change.before(),
          change.after(),
          change.hunks().stream().map(TextHunk::of).toList());
    }
  }

  /**
   * A stretch of text.
   *
   * @param kind same, removed or added
   */
  record TextHunk(String kind, String text) {

    static TextHunk of(RuleDiff.Hunk hunk) {
      return new TextHunk(hunk.kind().name().toLowerCase(Locale.ROOT), hunk.text());
    }
  }
}
