package dev.saferun.redaction;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells a secret behind a name from what stands there in documentation and code: placeholders,
 * words of a language, names of variables, calls. It looks at no more than {@link #LOOKED_AT_MAX}
 * characters.
 */
final class SecretValues {

  /** Values that are longer than this are taken by their beginning. */
  static final int LOOKED_AT_MAX = 80;

  private static final int PASSWORD_MIN = 4;
  private static final int KEY_MIN = 8;
  private static final int TOKEN_MIN = 16;
  private static final int SIGNATURE_MIN = 32;
  private static final int LETTERS_SURELY_RANDOM = 20;

  /** Words that stand where a secret is meant to be put. */
  private static final List<String> PLACEHOLDERS =
      List.of(
          "your",
          "changeme",
          "change_me",
          "change-me",
          "placeholder",
          "redacted",
          "example",
          "replace",
          "insert",
          "dummy",
          "todo",
          "xxxx",
          "****",
          "....",
          "enter_",
          "enter-",
          "goes_here",
          "goes-here",
          "masked",
          "hidden",
          "<",
          "sample",
          "_here",
          "-here");

  /** How what is already redacted begins, and what is to be filled in. */
  private static final List<String> STARTS = List.of("your", "[redacted", "tok_");

  private static final Set<String> WORDS =
      Set.of(
          "none",
          "null",
          "true",
          "false",
          "undefined",
          "nil",
          "required",
          "optional",
          "string",
          "str",
          "text",
          "password",
          "passwd",
          "pass",
          "secret",
          "token",
          "key",
          "empty",
          "yes",
          "unknown",
          "n/a",
          "invalid",
          "incorrect",
          "missing",
          "wrong",
          "expired",
          "reset",
          "forgotten",
          "value",
          "changed",
          "default",
          "test",
          "number",
          "boolean",
          "object",
          "varchar",
          "char",
          "input",
          "prompt",
          "bearer",
          "basic",
          "disabled",
          "enabled",
          "hash",
          "encrypted",
          "protected",
          "confirm",
          "policy",
          "plain",
          "username",
          "user",
          "apikey");

  private static final Pattern IDENTIFIER =
      Pattern.compile("[A-Za-z_$][\\w$]*(?:(?:\\.|->|::)[A-Za-z_$][\\w$]*)*");

  private static final Pattern CALL_OR_INDEX = Pattern.compile("[A-Za-z_$][\\w$.]*[(\\[].*");

  private SecretValues() {}

  /**
   * Whether a value is the secret that its name says.
   *
   * @param quoted whether it stood between quotes, where code writes no names of variables
   * @param tight whether it follows its name without a space, as in shells and addresses
   */
  static boolean isReal(SecretNames name, String value, boolean quoted, boolean tight) {
    return switch (name) {
      case NONE -> false;
      case PASSWORD -> isPassword(value) && isNoCode(value, quoted, tight);
      case PASS -> (tight || quoted) && isPassword(value) && isNoCode(value, quoted, tight);
      case KEY -> isKey(value) && isNoCode(value, quoted, true);
      case TOKEN -> value.length() >= TOKEN_MIN && isKey(value) && isNoCode(value, quoted, true);
      case SIGNATURE -> value.length() >= SIGNATURE_MIN && isKey(value);
    };
  }

  /** Whether it may be a password: anything that is no placeholder. */
  static boolean isPassword(String value) {
    return value.length() >= PASSWORD_MIN && !isPlaceholder(value);
  }

  /** Whether it may be a key: digits among it, or long with letters of both cases. */
  static boolean isKey(String value) {
    if (value.length() < KEY_MIN || value.indexOf(' ') >= 0 || isPlaceholder(value)) {
      return false;
    }
    if (value.chars().anyMatch(c -> c >= '0' && c <= '9')) {
      return true;
    }
    return value.length() >= LETTERS_SURELY_RANDOM
        && value.chars().anyMatch(Character::isUpperCase)
        && value.chars().anyMatch(Character::isLowerCase)
        && value.indexOf('_') < 0
        && value.indexOf('.') < 0;
  }

  private static boolean isPlaceholder(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    if (startsLikeOne(value) || isOneCharacter(lower) || WORDS.contains(lower)) {
      return true;
    }
    long digits = value.chars().filter(c -> c >= '0' && c <= '9').count();
    boolean isShort = digits <= 4 && value.length() < 32;
    return (isShort && PLACEHOLDERS.stream().anyMatch(lower::contains))
        || STARTS.stream().anyMatch(lower::startsWith);
  }

  /** {@code <password>}, {@code ${VAR}}, {@code $VAR}, {@code {{ name }}}, {@code %(name)s}. */
  private static boolean startsLikeOne(String value) {
    char second = value.length() > 1 ? value.charAt(1) : ' ';
    return switch (value.charAt(0)) {
      case '<', '{' -> true;
      case '$' -> second == '{' || second == '(' || second == '_' || isUpperName(value);
      case '#', '@' -> second == '{';
      case '%' -> second == '(' || second == '{' || second == 's' || value.endsWith("%");
      case '[' -> value.endsWith("]");
      default -> false;
    };
  }

  private static boolean isUpperName(String value) {
    return value.chars().skip(1).allMatch(c -> (c >= 'A' && c <= 'Z') || c == '_')
        || value.chars().skip(1).allMatch(c -> (c >= 'a' && c <= 'z') || c == '_');
  }

  private static boolean isOneCharacter(String value) {
    return value.chars().allMatch(c -> c == value.charAt(0))
        || value.chars().allMatch(c -> "*x.-_#?".indexOf(c) >= 0);
  }

  private static boolean isNoCode(String value, boolean quoted, boolean tight) {
    if (quoted) {
      return value.indexOf(' ') < 0 || value.chars().anyMatch(c -> c >= '0' && c <= '9');
    }
    if (CALL_OR_INDEX.matcher(value).matches()) {
      return false;
    }
    boolean digits = value.chars().anyMatch(c -> c >= '0' && c <= '9');
    return digits
        ? !isDottedName(value)
        : tight ? !isName(value) : !IDENTIFIER.matcher(value).matches();
  }

  /** {@code user.password2}: parts that all begin with a letter, none of them long. */
  private static boolean isDottedName(String value) {
    return value.indexOf('.') > 0
        && value.length() < 40
        && IDENTIFIER.matcher(value).matches()
        && value.chars().noneMatch(Character::isUpperCase);
  }

  /** A name that only code has: with a point, an underscore or a hump. */
  private static boolean isName(String value) {
    if (!IDENTIFIER.matcher(value).matches()) {
      return false;
    }
    boolean hump = false;
    for (int i = 1; i < value.length(); i++) {
      hump |= Character.isUpperCase(value.charAt(i)) && Character.isLowerCase(value.charAt(i - 1));
    }
    boolean isLong = value.length() >= LETTERS_SURELY_RANDOM;
    return value.indexOf('_') >= 0 || value.indexOf('.') >= 0 || (hump && !isLong);
  }
}
