package dev.saferun.redaction;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the name before a value says of it. A name is taken by its last words, however they are
 * joined: {@code DB_PASSWORD}, {@code dbPassword} and {@code db.password} are a password, {@code
 * password_length} is none.
 */
enum SecretNames {
  /** Says nothing. */
  NONE(""),
  /** A word that a person chose: nearly anything can be the value. */
  PASSWORD(
      "password passwd passphrase passwort pwd passcode userpassword dbpassword pgpassword"
          + " rootpassword sshpass pass_word mysql_pwd"),
  /** A short form that is also an ordinary word: only where nothing else can be meant. */
  PASS("pass pw"),
  /** A value that a machine made: it has digits, or is long. */
  KEY(
      "secret api_key apikey access_key accesskey secret_key secretkey private_key privatekey"
          + " auth_key authkey signing_key encryption_key account_key accountkey"
          + " shared_access_key license_key service_key server_key master_key client_key app_key"
          + " application_key consumer_key subscription_key ssh_key integration_key ingestion_key"
          + " secret_key_base credential credentials client_secret clientsecret app_secret"
          + " shared_secret webhook_secret api_secret secret_access_key bot_key dsn_key"
          + " instrumentation_key storage_key session_key security_key x_api_key webhook_key"),
  /** A word that is the name of harmless things too: the value must be long and mixed. */
  TOKEN(
      "token access_token refresh_token auth_token id_token bearer_token session_token api_token"
          + " authtoken accesstoken refreshtoken apitoken bottoken jwt bearer authorization auth"
          + " api_auth _authtoken session_id sessionid session cookie otp_secret"),
  /** The signature of a shared address: long. */
  SIGNATURE("sig signature");

  private static final int WORDS_MAX = 3;
  private static final Map<String, SecretNames> BY_WORDS = byWords();

  /** What a name of one word may end with. */
  private static final List<String> LAST_PARTS = List.of("password", "passwd", "passphrase");

  private final String names;

  SecretNames(String names) {
    this.names = names;
  }

  /** What the name between two places says. */
  static SecretNames of(byte[] text, int start, int end) {
    int wordEnd = end;
    while (wordEnd > start && !Ascii.isLetter(text[wordEnd - 1])) {
      wordEnd--;
    }
    return wordEnd == start || !mayEndWith(text[wordEnd - 1])
        ? NONE
        : ofLastWords(text, start, wordEnd);
  }

  private static SecretNames ofLastWords(byte[] text, int start, int end) {
    SecretNames found = NONE;
    String words = "";
    int wordEnd = end;
    for (int count = 0; count < WORDS_MAX && wordEnd > start; count++) {
      int from = wordStart(text, start, wordEnd);
      String word = Ascii.text(text, from, wordEnd).toLowerCase(Locale.ROOT);
      words = words.isEmpty() ? word : word + "_" + words;
      found = BY_WORDS.getOrDefault(words, found);
      wordEnd = from;
      while (wordEnd > start && !Ascii.isLetterOrDigit(text[wordEnd - 1])) {
        wordEnd--;
      }
    }
    boolean isOneWord = found == NONE && LAST_PARTS.stream().anyMatch(words::endsWith);
    return isOneWord ? PASSWORD : found;
  }

  private static int wordStart(byte[] text, int start, int wordEnd) {
    int from = wordEnd - 1;
    while (from > start && Ascii.isLetterOrDigit(text[from - 1]) && !isHump(text, from, wordEnd)) {
      from--;
    }
    return from;
  }

  private static boolean isHump(byte[] text, int at, int wordEnd) {
    return Ascii.isUpper(text[at])
        && (Ascii.isLower(text[at - 1])
            || (at + 1 < wordEnd && Ascii.isLower(text[at + 1]) && Ascii.isUpper(text[at - 1])));
  }

  /** The test that nearly all names fail. */
  private static boolean mayEndWith(byte c) {
    return switch (Ascii.lower(c)) {
      case 'd', 'e', 'g', 'h', 'l', 'n', 'r', 's', 't', 'w', 'y' -> true;
      default -> false;
    };
  }

  private static Map<String, SecretNames> byWords() {
    Map<String, SecretNames> known = new HashMap<>();
    for (SecretNames kind : values()) {
      for (String name : kind.names.split(" ", -1)) {
        known.put(name, kind);
      }
    }
    known.remove("");
    return known;
  }
}
