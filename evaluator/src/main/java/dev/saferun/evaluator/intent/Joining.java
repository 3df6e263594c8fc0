package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.texts.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes a text apart that was put together from known ones: a list, a path, an address, an
 * identifier with a prefix, a first and a last name. All of it must stand in texts, and no part may
 * be so short that it stands somewhere in any text; one that is made of common words is a sentence
 * and is left alone.
 */
final class Joining {

  private static final String FORM = "joined";
  private static final int PART_CHARACTERS_MIN = 3;
  private static final int CHARACTERS_MAX = 512;
  private static final int ITEMS_MAX = 8;
  private static final Pattern COMMA = Pattern.compile("\\s*[,;|\\n]\\s*");
  private static final Pattern SPACE = Pattern.compile("\\s");
  private static final Pattern SCHEME = Pattern.compile("^(?:[a-zA-Z][a-zA-Z0-9+.-]*://|mailto:)");
  private static final Pattern FULL_NAME =
      Pattern.compile("\\p{Lu}[\\p{L}'-]+(?: \\p{Lu}[\\p{L}'-]+)");
  private static final Pattern CONNECTED =
      Pattern.compile("[@/\\\\._#:=&?-]|[a-zA-Z]\\d|\\d[a-zA-Z]");
  private static final Pattern SEAM = Pattern.compile("(?<=[a-zA-Z])(?=\\d)|(?<=\\d)(?=[a-zA-Z])");

  private final Search search;
  private final Words words = new Words();

  Joining(Search search) {
    this.search = search;
  }

  /** One entry a part; none where a part stands nowhere. */
  List<Traced> trace(Argument argument, String text) {
    if (text.length() > CHARACTERS_MAX || Moment.read(text).isPresent()) {
      return List.of();
    }
    String[] items = COMMA.split(text.strip());
    if (items.length > 1) {
      return items.length <= ITEMS_MAX ? items(argument, items) : List.of();
    }
    boolean connected = !SPACE.matcher(text).find() && CONNECTED.matcher(text).find();
    if (!connected && !FULL_NAME.matcher(text).matches()) {
      return List.of();
    }
    String plain = SCHEME.matcher(text).replaceFirst("");
    List<Traced> found = rows(argument, plain);
    return found.isEmpty() && connected
        ? rows(argument, SEAM.matcher(plain).replaceAll(" "))
        : found;
  }

  private List<Traced> items(Argument argument, String[] items) {
    List<Traced> found = new ArrayList<>();
    for (String item : items) {
      Traced one = search.text(argument, item, FORM);
      if (item.length() < PART_CHARACTERS_MIN || !one.isFound()) {
        return List.of();
      }
      found.add(one);
    }
    return found;
  }

  /** The longest known rows of words, one after the other. */
  private List<Traced> rows(Argument argument, String text) {
    words.read(text);
    List<Traced> found = new ArrayList<>();
    int from = 0;
    while (from < words.count()) {
      int to = words.count();
      Traced row = row(argument, from, to);
      while (!row.isFound() && to > from + 1) {
        to--;
        row = row(argument, from, to);
      }
      if (!row.isFound() || words.end(to - 1) - words.start(from) < PART_CHARACTERS_MIN) {
        return List.of();
      }
      found.add(row);
      from = to;
    }
    return found.size() > 1 ? found : List.of();
  }

  private Traced row(Argument argument, int from, int to) {
    String text = words.text().substring(words.start(from), words.end(to - 1));
    return search.row(argument, words, from, to, text, FORM);
  }
}
