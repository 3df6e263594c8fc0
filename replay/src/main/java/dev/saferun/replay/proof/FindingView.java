package dev.saferun.replay.proof;

import dev.saferun.evaluator.EvaluatorVersion;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Findings as the API and the command line write them. */
public final class FindingView {

  private FindingView() {}

  /** {@code result}, {@code evaluator}, and what belongs to the result. */
  public static Map<String, @Nullable Object> of(Finding finding) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("result", finding.wire());
    view.put("evaluator", Map.of("version", EvaluatorVersion.CURRENT));
    switch (finding) {
      case Finding.Proven proven -> {}
      case Finding.Different different ->
          view.put(
              "difference",
              Map.of(
                  "pointer", different.pointer(),
                  "kept", different.kept(),
                  "decided", different.decided()));
      case Finding.Undecidable open -> view.put("undecidable", undecidable(open));
      case Finding.Altered altered ->
          view.put("altered", Map.of("part", part(altered), "name", altered.name()));
      case Finding.OtherEvaluator other ->
          view.put("decided_by", Map.of("version", other.version()));
    }
    return view;
  }

  private static Map<String, @Nullable Object> undecidable(Finding.Undecidable open) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put(
        "sources",
        open.sources().stream()
            .map(source -> Map.of("source", source.name(), "version", (long) source.version()))
            .toList());
    view.put("effect_is_certain", open.effectIsCertain());
    view.put("redacted", open.taken());
    return view;
  }

  /** In a few words. */
  public static String detail(Finding finding) {
    return switch (finding) {
      case Finding.Proven proven -> "";
      case Finding.Different different ->
          different.pointer() + ": kept " + different.kept() + ", decided " + different.decided();
      case Finding.Undecidable open ->
          String.join(", ", open.sources().stream().map(Finding.Source::name).toList())
              + (open.effectIsCertain() ? " (the effect is certain)" : "");
      case Finding.Altered altered -> part(altered) + " " + altered.name();
      case Finding.OtherEvaluator other -> "decided by version " + other.version();
    };
  }

  private static String part(Finding.Altered altered) {
    return altered.part().name().toLowerCase(Locale.ROOT);
  }
}
