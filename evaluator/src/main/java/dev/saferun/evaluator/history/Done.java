package dev.saferun.evaluator.history;

import dev.saferun.evaluator.ToolEffect;
import dev.saferun.evaluator.texts.Lexicon;
import dev.saferun.evaluator.texts.Words;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tool's answer says was done: the first word of a short text for something that is over
 * ("deleted", "sent"), or such a name with the value true. A long text is content and tells nothing
 * of the tool.
 */
final class Done {

  private static final int CHARACTERS_MAX = 120;
  private static final int WORDS_MAX = 12;
  private static final int MEMBERS_MAX = 16;
  private static final Set<String> IRREGULAR = Set.of("sent", "paid", "bought", "made");

  private Done() {}

  static Optional<ToolEffect> in(@Nullable Object result) {
    return switch (result) {
      case String text -> text(text);
      case Map<?, ?> object ->
          object.entrySet().stream()
              .limit(MEMBERS_MAX)
              .flatMap(member -> member(member).stream())
              .findFirst();
      case null -> Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<ToolEffect> member(Map.Entry<?, ?> member) {
    return switch (member.getValue()) {
      case String text -> text(text);
      case Boolean happened -> happened ? text(String.valueOf(member.getKey())) : Optional.empty();
      case null -> Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<ToolEffect> text(String text) {
    if (text.length() > CHARACTERS_MAX) {
      return Optional.empty();
    }
    Words words = new Words().read(text);
    for (int word = 0; word < words.count() && words.count() <= WORDS_MAX; word++) {
      long done = done(words.at(word).toLowerCase(Locale.ROOT));
      if (done != 0) {
        return Optional.of(Lexicon.STANDARD.effect(Long.numberOfTrailingZeros(done)));
      }
    }
    return Optional.empty();
  }

  private static long done(String word) {
    boolean over = word.endsWith("ed") || IRREGULAR.contains(word);
    return over ? Lexicon.STANDARD.done(Lexicon.stem(word)) : 0;
  }
}
