package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.Origin;
import dev.saferun.evaluator.texts.Pointer;
import dev.saferun.evaluator.texts.Words;
import dev.saferun.evaluator.texts.Work;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the values of a call's arguments came from: each is looked for as it is, then in the
 * other forms in which it is the same thing, then as something made of parts that stand in texts.
 * What is not found in any of them came from nowhere; a paraphrase is never guessed.
 */
final class Tracer {

  /** Word by word; or not found. */
  static final String EXACT = "exact";

  /** An identifier inside the value, or the value inside a longer word. */
  static final String PART = "part";

  private static final String QUOTED = "quoted";

  /** A text of more words is prose. */
  private static final int PROSE_WORDS = 9;

  private static final int LEAVES_MAX = 128;

  /** A longer text that is no prose is looked for as it is, and in no other form. */
  private static final int FORMS_CHARACTERS_MAX = 4_096;

  private static final Pattern SCHEME = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://");

  private final Library library;
  private final Work work;
  private final Search search;
  private final Numbers numbers;
  private final Parts parts;
  private final Joining joining;
  private final Words words = new Words();
  private final List<Traced> traced = new ArrayList<>();
  private @Nullable Quotes quotes;

  Tracer(Library library) {
    this.library = library;
    work = library.work;
    search = new Search(library);
    numbers = new Numbers(search, library.numbers);
    parts = new Parts(search);
    joining = new Joining(search);
  }

  /** One entry for each value, or for each part of one that is not found whole. */
  List<Traced> trace(Map<String, @Nullable Object> arguments) {
    traced.clear();
    walk(Pointer.of(""), false, arguments);
    return List.copyOf(traced);
  }

  private void walk(Pointer pointer, boolean recipient, @Nullable Object value) {
    switch (value) {
      case Map<?, ?> object -> {
        for (Map.Entry<?, ?> member : object.entrySet()) {
          if (isFull()) {
            return;
          }
          String name = String.valueOf(member.getKey());
          walk(pointer.member(name), Argument.isRecipient(name), member.getValue());
        }
      }
      case List<?> list -> {
        for (int i = 0; i < list.size() && !isFull(); i++) {
          walk(pointer.element(i), recipient, list.get(i));
        }
      }
      case String text -> text(new Argument(pointer.toString(), recipient), text);
      case Number number ->
          traced.add(
              numbers.trace(
                  new Argument(pointer.toString(), recipient), words.read(number).text()));
      case null -> constant(new Argument(pointer.toString(), recipient));
      default -> constant(new Argument(pointer.toString(), recipient));
    }
  }

  private boolean isFull() {
    return traced.size() >= LEAVES_MAX;
  }

  private void constant(Argument argument) {
    traced.add(Traced.without(argument, Origin.CONSTANT, EXACT));
  }

  private void text(Argument argument, String text) {
    work.addText(text);
    words.read(SCHEME.matcher(text).replaceFirst(""));
    BigDecimal number = words.count() == 1 ? words.number(0) : null;
    if (words.count() == 0) {
      constant(argument);
    } else if (words.count() >= PROSE_WORDS) {
      traced.add(prose(argument));
    } else if (number != null) {
      traced.add(numbers.trace(argument, Words.plain(number)));
    } else {
      Traced whole = search.row(argument, words, 0, words.count(), text, EXACT);
      traced.addAll(whole.isFound() ? List.of(whole) : otherwise(argument, text, whole));
    }
  }

  /** A value that does not stand in the texts as it is. */
  private List<Traced> otherwise(Argument argument, String text, Traced whole) {
    if (text.length() > FORMS_CHARACTERS_MAX) {
      return List.of(whole);
    }
    List<Traced> found =
        Moment.read(text).map(moment -> moment(argument, moment)).orElse(List.of());
    if (found.isEmpty()) {
      found = numbers.amount(argument, text).map(List::of).orElse(List.of());
    }
    if (found.isEmpty()) {
      found = parts.addressed(argument, text);
    }
    if (found.isEmpty()) {
      found = joining.trace(argument, text);
    }
    if (found.isEmpty()) {
      found = parts.trace(argument, text);
    }
    return found.isEmpty() ? List.of(whole) : found;
  }

  private List<Traced> moment(Argument argument, Moment moment) {
    List<Traced> found = new ArrayList<>();
    first(argument, moment.dates(), "date").ifPresent(found::add);
    if (!found.isEmpty() || moment.dates().isEmpty()) {
      first(argument, moment.times(), "time").ifPresent(found::add);
    }
    return found;
  }

  private Optional<Traced> first(Argument argument, List<String> written, String form) {
    for (String one : written) {
      Traced found = search.text(argument, one, form);
      if (found.isFound()) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /**
   * Of a long text it is told whether it was asked for, and where it stands if it is a quotation as
   * a whole; what it means came from somewhere untold.
   */
  private Traced prose(Argument argument) {
    if (quotes == null) {
      quotes = new Quotes(library.askedTexts, work);
    }
    boolean asked = quotes.areMostOf(words);
    Traced whole = search.row(argument, words, 0, words.count(), "", EXACT);
    return new Traced(
        argument.pointer(),
        whole.isFound() ? whole.origin() : Origin.UNKNOWN,
        whole.isFound() ? EXACT : QUOTED,
        whole.source(),
        whole.start(),
        whole.end(),
        false,
        0,
        false,
        asked,
        List.of(),
        0,
        null);
  }
}
