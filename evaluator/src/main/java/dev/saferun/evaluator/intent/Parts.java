package dev.saferun.evaluator.intent;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for what a text names: the address in it, however it is written, and the identifiers. */
final class Parts {

  private static final int PIECES_MAX = 16;
  private static final int IDENTIFIER_CHARACTERS_MAX = 512;
  private static final int ADDRESS_CHARACTERS_MAX = 2_048;
  private static final Pattern SCHEME = Pattern.compile("^(?:[a-zA-Z][a-zA-Z0-9+.-]*://|mailto:)");
  private static final Pattern WWW = Pattern.compile("^www\\.");
  private static final Pattern ESCAPED = Pattern.compile("%[0-9a-fA-F]{2}");
  private static final Pattern SPACE = Pattern.compile("\\s");
  private static final Pattern CHUNK = Pattern.compile("[^\\s,;:'\"()<>\\[\\]]+");
  private static final Pattern FIELD = Pattern.compile("[^\\s,;:'\"()<>\\[\\]/?&=#]+");

  // What is looked for anywhere in a text must not try each beginning of a long run of letters.
  private static final Pattern IDENTIFIER = Pattern.compile("@|\\w[./]\\w|\\d{4}|[A-Z]\\d");

  private final Search search;

  Parts(Search search) {
    this.search = search;
  }

  /** An address without what may be left out of it, and without its escapes. */
  List<Traced> addressed(Argument argument, String text) {
    if (text.length() > ADDRESS_CHARACTERS_MAX || SPACE.matcher(text).find()) {
      return List.of();
    }
    String plain = WWW.matcher(SCHEME.matcher(text).replaceFirst("")).replaceFirst("");
    String address = ESCAPED.matcher(plain).find() ? unescaped(plain) : plain;
    if (address.equals(text)) {
      return List.of();
    }
    Traced found = search.text(argument, address, "address");
    return found.isFound() ? List.of(found) : List.of();
  }

  private static String unescaped(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEscaped) {
      return text;
    }
  }

  /** The identifiers inside a text, and where they are not known, those inside an address. */
  List<Traced> trace(Argument argument, String text) {
    List<Traced> found = matching(CHUNK, argument, text);
    return found.isEmpty() ? matching(FIELD, argument, text) : found;
  }

  private List<Traced> matching(Pattern pattern, Argument argument, String text) {
    List<Traced> found = new ArrayList<>();
    Matcher pieces = pattern.matcher(text);
    for (int piece = 0; piece < PIECES_MAX && pieces.find(); piece++) {
      String one = pieces.group();
      if (one.length() < Math.min(text.length(), IDENTIFIER_CHARACTERS_MAX)
          && IDENTIFIER.matcher(one).find()) {
        Traced part = search.text(argument, one, Tracer.PART);
        if (part.isFound()) {
          found.add(part);
        }
      }
    }
    return found;
  }
}
