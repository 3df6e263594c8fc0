package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.Origin;
import dev.saferun.evaluator.texts.Block;
import dev.saferun.evaluator.texts.Source;
import dev.saferun.evaluator.texts.TextIndex;
import dev.saferun.evaluator.texts.Words;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the values of a call's arguments came from. A value stands in a text when its words
 * stand there in a row, whatever the case, quotes and white space; a date in any of its usual
 * forms; an amount also as a hundred times as much or a hundredth; a value that is not found whole,
 * by the identifiers inside it. What was asked for goes before all else, then what came first.
 */
final class Tracer {

  /** A text of more words is prose: its parts are looked for, three words in a row at least. */
  static final int PROSE_WORDS = 9;

  private static final int QUOTE_WORDS = 3;
  private static final int BLOCKS_MAX = 32;
  private static final int LEAVES_MAX = 128;
  private static final double QUOTED = 0.8;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final Pattern SCHEME = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://");
  private static final Pattern STRONG = Pattern.compile("[@/\\\\]|\\w\\.\\w|\\d{4,}|[A-Z]+\\d");
  private static final Pattern CHUNK = Pattern.compile("[^\\s,;:'\"()<>\\[\\]]+");
  private static final Pattern IDENTIFIER = Pattern.compile("@|\\w[./]\\w|\\d{4,}|[A-Z]+\\d");
  private static final Pattern NAME_WORD = Pattern.compile("[a-z]+");
  private static final Pattern ISO_DATE =
      Pattern.compile("^(\\d{4}-\\d{2}-\\d{2})(?:[T ]\\d{2}:\\d{2}.*)?$");
  private static final Set<String> RECIPIENTS =
      Set.of(
          "to",
          "recipient",
          "recipients",
          "email",
          "url",
          "address",
          "participants",
          "channel",
          "host",
          "iban",
          "payee",
          "destination",
          "bcc",
          "cc",
          "webhook",
          "domain",
          "owner",
          "collaborator",
          "endpoint",
          "phone",
          "uri",
          "server",
          "bucket");

  private final TextIndex askedTexts;
  private final TextIndex madeTexts;
  private final TextIndex seenTexts;
  private final Words words = new Words();
  private final List<Traced> traced = new ArrayList<>();

  Tracer(TextIndex askedTexts, TextIndex madeTexts, TextIndex seenTexts) {
    this.askedTexts = askedTexts;
    this.madeTexts = madeTexts;
    this.seenTexts = seenTexts;
  }

  /** One entry for each value, or for each identifier of one that is not found whole. */
  List<Traced> trace(Map<String, @Nullable Object> arguments) {
    traced.clear();
    walk("", "", arguments);
    return List.copyOf(traced);
  }

  private void walk(String pointer, String name, @Nullable Object value) {
    if (traced.size() >= LEAVES_MAX) {
      return;
    }
    switch (value) {
      case Map<?, ?> object ->
          object.forEach(
              (key, member) ->
                  walk(pointer + "/" + escaped(String.valueOf(key)), (String) key, member));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          walk(pointer + "/" + i, name, list.get(i));
        }
      }
      case String text -> text(pointer, name, text);
      case Number number -> number(pointer, name, number);
      case null -> traced.add(constant(pointer));
      default -> traced.add(constant(pointer));
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private void text(String pointer, String name, String text) {
    boolean recipient = isRecipient(name);
    words.read(SCHEME.matcher(text).replaceFirst(""));
    if (words.count() == 0) {
      traced.add(constant(pointer));
    } else if (words.count() >= PROSE_WORDS) {
      traced.add(prose(pointer));
    } else {
      Traced whole = row(pointer, recipient, text, "exact");
      if (isNotFound(whole)) {
        otherwise(pointer, recipient, text, whole);
      } else {
        traced.add(whole);
      }
    }
  }

  private static boolean isNotFound(Traced whole) {
    return whole.origin() == Origin.NOWHERE;
  }

  private void otherwise(String pointer, boolean recipient, String text, Traced whole) {
    Matcher date = ISO_DATE.matcher(text);
    if (date.matches() && date(pointer, recipient, date.group(1), text)) {
      return;
    }
    int before = traced.size();
    if (words.count() > 1) {
      Matcher chunks = CHUNK.matcher(text);
      while (chunks.find()) {
        String chunk = chunks.group();
        if (chunk.length() < text.length() && IDENTIFIER.matcher(chunk).find()) {
          words.read(SCHEME.matcher(chunk).replaceFirst(""));
          Traced part = row(pointer, recipient, chunk, "part");
          if (!isNotFound(part)) {
            traced.add(part);
          }
        }
      }
    }
    if (traced.size() == before) {
      traced.add(whole);
    }
  }

  private boolean date(String pointer, boolean recipient, String iso, String text) {
    LocalDate date;
    try {
      date = LocalDate.parse(iso);
    } catch (DateTimeParseException noDate) {
      return false;
    }
    for (String form : forms(date)) {
      words.read(form);
      Traced found = row(pointer, recipient, text, "date");
      if (!isNotFound(found)) {
        traced.add(found);
        return true;
      }
    }
    return false;
  }

  private static List<String> forms(LocalDate date) {
    Month month = date.getMonth();
    String full = month.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    String brief = month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    int day = date.getDayOfMonth();
    String ordinal = day + ordinal(day);
    int year = date.getYear();
    List<String> forms = new ArrayList<>();
    forms.add(date.toString());
    for (String name : List.of(full, brief)) {
      for (String number : List.of(String.valueOf(day), ordinal)) {
        forms.add(name + " " + number + " " + year);
        forms.add(number + " " + name + " " + year);
        forms.add(number + " of " + name + " " + year);
      }
    }
    forms.add(day + " " + month.getValue() + " " + year);
    forms.add(month.getValue() + " " + day + " " + year);
    return forms;
  }

  private static String ordinal(int day) {
    int last = day % 10;
    boolean teen = day / 10 == 1;
    return teen || last > 3 || last == 0 ? "th" : last == 1 ? "st" : last == 2 ? "nd" : "rd";
  }

  private void number(String pointer, String name, Number number) {
    boolean recipient = isRecipient(name);
    words.read(number);
    String plain = words.text();
    Traced whole = row(pointer, recipient, plain, "exact");
    if (isNotFound(whole) && plain.length() > 1) {
      BigDecimal exact = new BigDecimal(plain);
      for (Scale scale : Scale.values()) {
        words.read(scale.of(exact));
        Traced scaled = row(pointer, recipient, plain, scale.form);
        if (!isNotFound(scaled)) {
          traced.add(scaled);
          return;
        }
      }
    }
    traced.add(whole);
  }

  /** An amount in the other unit. */
  private enum Scale {
    CENTS("hundredfold") {
      @Override
      BigDecimal of(BigDecimal number) {
        return number.divide(HUNDRED);
      }
    },
    WHOLE("hundredth") {
      @Override
      BigDecimal of(BigDecimal number) {
        return number.multiply(HUNDRED);
      }
    };

    private final String form;

    Scale(String form) {
      this.form = form;
    }

    abstract BigDecimal of(BigDecimal number);
  }

  /** Looks for the row that was read. */
  private Traced row(String pointer, boolean recipient, String text, String form) {
    int count = words.count();
    boolean strong = STRONG.matcher(text).find();
    boolean specific = count > 1 || words.end(0) - words.start(0) > 2;
    Place asked = new Place(askedTexts, count);
    if (asked.isFound()) {
      return found(pointer, recipient, form, asked, specific, 0, true, List.of(), 0);
    }
    Place seen = new Place(seenTexts, count);
    Place made = new Place(madeTexts, count);
    double strength = strong && (count > 1 || hasDigit(text)) ? 1 : count > 1 ? 0.9 : 0.4;
    if (seen.isFound()) {
      Place first = made.isFound() && made.order() < seen.order() ? made : seen;
      return found(
          pointer, recipient, form, first, specific, strength, false, seen.blocks, seen.steer);
    }
    if (made.isFound()) {
      return found(pointer, recipient, form, made, specific, strength, false, List.of(), 0);
    }
    return new Traced(
        pointer,
        Origin.NOWHERE,
        form,
        null,
        0,
        0,
        specific,
        strength,
        recipient,
        false,
        List.of(),
        0,
        0);
  }

  private static boolean hasDigit(String text) {
    return text.chars().anyMatch(letter -> letter >= '0' && letter <= '9');
  }

  private static Traced found(
      String pointer,
      boolean recipient,
      String form,
      Place place,
      boolean specific,
      double strength,
      boolean asked,
      List<Block> seen,
      double steer) {
    Source source = place.source();
    return new Traced(
        pointer,
        source.origin(),
        form,
        source,
        place.start,
        place.end,
        specific,
        strength,
        recipient,
        asked,
        seen,
        steer,
        0);
  }

  /** Where a row stands in one index: first of all, and in which blocks. */
  private final class Place {

    private final TextIndex index;
    private final List<Block> blocks = new ArrayList<>();
    private double steer = 1;
    private @Nullable Source source;
    private int start;
    private int end;

    Place(TextIndex index, int count) {
      this.index = index;
      index.find(words, 0, count, place -> add(place, count));
    }

    private void add(int place, int count) {
      Block block = index.block(place);
      steer = Math.min(steer, block.source().steer());
      if (blocks.size() < BLOCKS_MAX
          && (blocks.isEmpty() || blocks.getLast().index() != block.index())) {
        blocks.add(block);
      }
      source = block.source();
      start = index.start(place);
      end = index.end(place + count - 1);
    }

    boolean isFound() {
      return source != null;
    }

    Source source() {
      return java.util.Objects.requireNonNull(source);
    }

    int order() {
      return source().order();
    }
  }

  /** Of a long text it is told how much is quoted; what it means came from somewhere untold. */
  private Traced prose(String pointer) {
    int count = words.count();
    int asked = quotedFrom(askedTexts, count);
    int seen = quotedFrom(seenTexts, count);
    boolean all = asked >= count * QUOTED;
    Place place = all ? new Place(askedTexts, count) : new Place(seenTexts, count);
    boolean whole = place.isFound();
    return new Traced(
        pointer,
        whole ? place.source().origin() : Origin.UNKNOWN,
        whole ? "exact" : "quoted",
        whole ? place.source() : null,
        whole ? place.start : 0,
        whole ? place.end : 0,
        false,
        0,
        false,
        all,
        List.of(),
        0,
        (double) seen / count);
  }

  private int quotedFrom(TextIndex index, int count) {
    int quoted = 0;
    int word = 0;
    while (word + QUOTE_WORDS <= count) {
      int length = longest(index, word, count);
      quoted += length;
      word += Math.max(1, length);
    }
    return quoted;
  }

  private int longest(TextIndex index, int from, int count) {
    int[] longest = new int[1];
    index.find(
        words,
        from,
        from + QUOTE_WORDS,
        place -> {
          int length = QUOTE_WORDS;
          while (from + length < count && index.matches(words, from, from + length + 1, place)) {
            length++;
          }
          longest[0] = Math.max(longest[0], length);
        });
    return longest[0];
  }

  private Traced constant(String pointer) {
    return new Traced(
        pointer, Origin.CONSTANT, "exact", null, 0, 0, false, 0, false, false, List.of(), 0, 0);
  }

  /** Whether an argument of that name says where something goes. */
  private static boolean isRecipient(String name) {
    return NAME_WORD
        .matcher(name.toLowerCase(Locale.ROOT))
        .results()
        .anyMatch(word -> RECIPIENTS.contains(word.group()));
  }
}
