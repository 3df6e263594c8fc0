package dev.saferun.platform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON at the door, and takes only what every other parser would read the same way.
 *
 * <p>A tree is made of {@code Map<String, Object>} in the order that was sent, {@code
 * List<Object>}, {@code String}, {@code Long}, {@code Double}, {@code Boolean} and {@code null}. A
 * number has one form for one value: whole numbers of at most 2^53-1 are {@code Long}, also when
 * written as {@code 4500.0}; all others are {@code Double}. So a tree that is written by {@link
 * CanonicalJson} and read again is equal to itself.
 *
 * <p>Refused, with the place: bytes that are not UTF-8 (overlong forms included), lone surrogates,
 * duplicate keys, trailing tokens, numbers that a double cannot hold, nesting deeper than the
 * limit, and everything that RFC 8259 does not allow.
 */
public final class StrictJson {

  /** Levels of nesting that are taken unless a caller says otherwise. */
  public static final int DEPTH_MAX = 64;

  private static final long SAFE_INTEGER_MAX = (1L << 53) - 1;

  private static final int NAME_CHARACTERS_MAX = 65_536;

  private static final byte BYTE_ORDER_MARK_START = (byte) 0xEF;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Interning pays for schemas that repeat for ever; here the keys are a customer's.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(10_000)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(1_000)
                  .maxNameLength(NAME_CHARACTERS_MAX)
                  .build())
          .build();

  private final JsonParser parser;
  private final int depthMax;
  private final boolean mayHoldLoneSurrogates;

  private StrictJson(JsonParser parser, int depthMax, boolean mayHoldLoneSurrogates) {
    this.parser = parser;
    this.depthMax = depthMax;
    this.mayHoldLoneSurrogates = mayHoldLoneSurrogates;
  }

  /** The tree in these bytes, nested at most {@link #DEPTH_MAX} deep. */
  public static @Nullable Object parse(byte[] utf8) {
    return parse(utf8, DEPTH_MAX);
  }

  public static @Nullable Object parse(byte[] utf8, int depthMax) {
    if (!Utf8.isValid(utf8)) {
      throw invalid("the body is not UTF-8", null);
    }
    if (isSurelyReadAsUtf8(utf8)) {
      try (JsonParser parser = FACTORY.createParser(utf8)) {
        return new StrictJson(parser, depthMax, escapesCharacters(utf8)).document();
      } catch (IOException | ProblemException refused) {
        return parseCharacters(utf8, depthMax);
      }
    }
    return parseCharacters(utf8, depthMax);
  }

  /**
   * Whether a parser of bytes takes these for UTF-8: it guesses UTF-16 and UTF-32 from zeros among
   * the first four, and would skip a byte order mark, which is no JSON.
   */
  private static boolean isSurelyReadAsUtf8(byte[] utf8) {
    for (int i = 0; i < Math.min(4, utf8.length); i++) {
      if (utf8[i] == 0 || utf8[i] == BYTE_ORDER_MARK_START) {
        return false;
      }
    }
    return true;
  }

  /** Valid UTF-8 has no surrogates but those that are written as escapes. */
  private static boolean escapesCharacters(byte[] utf8) {
    return new String(utf8, StandardCharsets.ISO_8859_1).contains("\\u");
  }

  /**
   * Reads the same by characters, for the few documents that are refused: so the place of a fault
   * is told in characters, as an editor counts them, and not in bytes.
   */
  static @Nullable Object parseCharacters(byte[] utf8, int depthMax) {
    char[] text = new String(utf8, StandardCharsets.UTF_8).toCharArray();
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new StrictJson(parser, depthMax, true).document();
    } catch (StreamConstraintsException tooMuch) {
      throw invalid("a number or a name is too long", null);
    } catch (JsonParseException fault) {
      throw invalid(
          fault.getOriginalMessage()
              + " (line "
              + fault.getLocation().getLineNr()
              + ", column "
              + fault.getLocation().getColumnNr()
              + ")",
          null);
    } catch (IOException fault) {
      throw invalid("the body ends too early", null);
    }
  }

  /** The object in these bytes; anything else is refused. */
  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> parseObject(byte[] utf8) {
    if (parse(utf8) instanceof Map<?, ?> object) {
      return (Map<String, @Nullable Object>) object;
    }
    throw invalid("the body must be a JSON object", "");
  }

  /**
   * The instance of a member's name that documents have it as, for as long as the parser knows it:
   * to look it up in them is then to compare references.
   */
  public static String name(String name) {
    return parseObject(CanonicalJson.write(Map.of(name, 0L))).keySet().iterator().next();
  }

  private @Nullable Object document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw invalid("the body is empty", null);
    }
    Object value = value(first, 0);
    if (parser.nextToken() != null) {
      throw invalid("there is more after the end of the document", null);
    }
    return value;
  }

  private @Nullable Object value(@Nullable JsonToken token, int depth) throws IOException {
    if (token == null) {
      throw invalid("the body ends too early", pointer());
    }
    return switch (token) {
      case START_OBJECT -> object(depth + 1);
      case START_ARRAY -> array(depth + 1);
      case VALUE_STRING -> text(parser.getText());
      case VALUE_NUMBER_INT -> whole();
      case VALUE_NUMBER_FLOAT -> fraction();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw invalid("an unexpected token", pointer());
    };
  }

  private Map<String, @Nullable Object> object(int depth) throws IOException {
    checkDepth(depth);
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      if (token != JsonToken.FIELD_NAME) {
        throw invalid("the body ends too early", pointer());
      }
      String name = text(parser.currentName());
      int before = object.size();
      object.put(name, value(parser.nextToken(), depth));
      if (object.size() == before) {
        throw invalid("the same key stands twice", pointer());
      }
    }
    return object;
  }

  private List<@Nullable Object> array(int depth) throws IOException {
    checkDepth(depth);
    List<@Nullable Object> array = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(token, depth));
    }
    return array;
  }

  private void checkDepth(int depth) {
    if (depth > depthMax) {
      throw invalid("nested deeper than " + depthMax + " levels", pointer());
    }
  }

  private String text(String value) {
    if (mayHoldLoneSurrogates) {
      checkSurrogates(value);
    }
    return value;
  }

  private void checkSurrogates(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == value.length()
            || !Character.isLowSurrogate(value.charAt(i + 1))) {
          throw invalid("a lone surrogate in a text", pointer());
        }
        i++;
      }
    }
  }

  private Object whole() throws IOException {
    if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long value = parser.getLongValue();
      if (Math.abs(value) <= SAFE_INTEGER_MAX) {
        return value;
      }
    }
    String literal = parser.getText();
    double nearest = Double.parseDouble(literal);
    if (Double.isInfinite(nearest)
        || new BigDecimal(CanonicalJson.number(nearest)).compareTo(new BigDecimal(literal)) != 0) {
      throw invalid(
          "a whole number that a double cannot hold exactly; send it as a string", pointer());
    }
    return nearest;
  }

  private Object fraction() throws IOException {
    double value = parser.getDoubleValue();
    if (Double.isInfinite(value)) {
      throw invalid("a number beyond the range of a double", pointer());
    }
    return one(value);
  }

  /** The one form of a value: a long where it is whole and safe, else the double. */
  private static Object one(double value) {
    long whole = (long) value;
    return whole == value && Math.abs(whole) <= SAFE_INTEGER_MAX ? (Object) whole : (Object) value;
  }

  private String pointer() {
    return parser.getParsingContext().pathAsPointer().toString();
  }

  private static ProblemException invalid(String detail, @Nullable String pointer) {
    return new ProblemException(CommonProblem.INVALID_JSON, detail, pointer);
  }
}
