package dev.saferun.redaction;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The names under which nearly everybody keeps secrets, in any case and wherever they stand. */
final class StandardRules {

  /** By class; the words of a name may be joined by {@code _}, {@code -} or nothing. */
  private static final Map<String, List<String>> DROPPED =
      new TreeMap<>(
          Map.of(
              "password",
              List.of("password", "passwd", "passphrase", "pwd", "*_password", "*_passwd"),
              "secret",
              List.of("secret", "client secret", "secret key", "secret access key", "*_secret"),
              "api_key",
              List.of("api key", "x api key", "*_api_key"),
              "authorization",
              List.of("authorization", "proxy authorization"),
              "access_token",
              List.of(
                  "access token",
                  "refresh token",
                  "id token",
                  "auth token",
                  "bearer token",
                  "session token"),
              "private_key",
              List.of("private key", "*_private_key"),
              "cookie",
              List.of("cookie", "set cookie"),
              "card_code",
              List.of("cvc", "cvc2", "cvv", "cvv2", "card code", "card security code"),
              "pin",
              List.of("pin", "pin code")));

  /** Also the name of harmless things, such as a place in a list: equality is kept. */
  private static final List<String> TOKENS = List.of("token");

  private StandardRules() {}

  static List<PathRule> rules() {
    List<PathRule> rules = new ArrayList<>();
    DROPPED.forEach(
        (dataClass, names) ->
            names.forEach(name -> add(rules, name, new Action.Drop(), dataClass)));
    TOKENS.forEach(name -> add(rules, name, new Action.Token(), "token"));
    return rules;
  }

  private static void add(List<PathRule> rules, String words, Action action, String dataClass) {
    Set<String> spellings = new LinkedHashSet<>();
    for (String joint : List.of("_", "-", "")) {
      spellings.add(words.replace(" ", joint));
    }
    spellings.forEach(name -> rules.add(new PathRule("/**/" + name, action, dataClass, true)));
  }
}
