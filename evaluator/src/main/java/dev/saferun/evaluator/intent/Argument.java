package dev.saferun.evaluator.intent;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The place of a value in the call's arguments.
 *
 * @param pointer its JSON Pointer within the arguments
 * @param recipient whether its name says that something goes there
 */
record Argument(String pointer, boolean recipient) {

  private static final Pattern NAME_WORD = Pattern.compile("[a-z]+");
  private static final int NAME_CHARACTERS_MAX = 256;
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

  /** Whether an argument of that name says where something goes. */
  static boolean isRecipient(String name) {
    return name.length() <= NAME_CHARACTERS_MAX
        && NAME_WORD
            .matcher(name.toLowerCase(Locale.ROOT))
            .results()
            .anyMatch(word -> RECIPIENTS.contains(word.group()));
  }
}
