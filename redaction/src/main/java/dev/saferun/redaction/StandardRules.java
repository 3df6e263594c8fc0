package dev.saferun.redaction;

import java.util.ArrayList;
import java.util.EnumMap;
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

  /** Places of a call and of our own notes whose short values are kept where all else is sealed. */
  private static final List<String> KNOWN =
      List.of(
          "/action/tool",
          "/action/call_id",
          "/action/description",
          "/action/arguments/**",
          "/context/plan/**",
          "/context/retrieved/*/source",
          "/content/about",
          "/content/second_opinion/outcome",
          "/content/second_opinion/model",
          "/content/second_opinion/score");

  /** What holds where nobody chose otherwise. */
  static final RedactionRules STANDARD =
      new RedactionRules(
          rules(),
          Map.of(Detector.CARD_NUMBER, new Action.Mask(0, 4), Detector.SECRET, new Action.Drop()),
          null,
          null);

  /** What holds in production where nobody chose otherwise. */
  static final RedactionRules PRODUCTION =
      new RedactionRules(withKnown(), inProduction(), new Action.Seal(), new Action.Seal());

  private StandardRules() {}

  /** What tells of a person is sealed where it stands in what is kept otherwise. */
  private static Map<Detector, Action> inProduction() {
    Map<Detector, Action> actions = new EnumMap<>(STANDARD.detectors());
    StandardDetectors.PII.keySet().forEach(detector -> actions.put(detector, new Action.Seal()));
    return actions;
  }

  private static List<PathRule> withKnown() {
    List<PathRule> rules = new ArrayList<>(rules());
    KNOWN.forEach(path -> rules.add(new PathRule(path, new Action.Keep(), "known", false)));
    return rules;
  }

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
