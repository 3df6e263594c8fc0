package dev.saferun.auth.scim;

import dev.saferun.auth.scim.Step.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The e-mail addresses of a user while a request is worked on. One is kept in the end: the one that
 * is said to be primary, else the one for work, else the first.
 */
final class Emails {

  static final String WORK = "work";

  private static final String NAME = "emails";
  private static final String VALUE = "value";
  private static final String TYPE = "type";
  private static final String PRIMARY = "primary";

  private final List<Email> emails = new ArrayList<>();

  private record Email(String value, String type, boolean isPrimary) {

    static final Email NONE = new Email("", "", false);

    Map<String, Object> parts() {
      return Map.of(VALUE, value, TYPE, type, PRIMARY, isPrimary);
    }

    boolean isSame(Email other) {
      return value.equalsIgnoreCase(other.value);
    }
  }

  /** Those of somebody who has this one. */
  static Emails of(@Nullable String kept) {
    Emails emails = new Emails();
    if (kept != null) {
      emails.emails.add(new Email(kept, WORK, true));
    }
    return emails;
  }

  Optional<String> kept() {
    List<Email> there = emails.stream().filter(email -> !email.value().isEmpty()).toList();
    return there.stream()
        .filter(Email::isPrimary)
        .findFirst()
        .or(() -> there.stream().filter(email -> email.type().equals(WORK)).findFirst())
        .or(() -> there.stream().findFirst())
        .map(Email::value);
  }

  void take(Step step) {
    if (step.op() == Op.REMOVE) {
      remove(step);
    } else if (step.choice() == null && step.path().sub().isEmpty()) {
      put(step);
    } else {
      alter(step);
    }
    if (emails.size() > ScimLimits.EMAILS_MAX) {
      throw ScimProblem.TOO_MANY.with(
          "a user has at most " + ScimLimits.EMAILS_MAX + " e-mail addresses");
    }
  }

  /** All that are chosen; of those, where values are named, the ones with these values. */
  private void remove(Step step) {
    if (!step.path().sub().isEmpty() && !step.path().sub().equals(VALUE)) {
      return;
    }
    List<Email> named = Values.several(step.value()).stream().map(Emails::email).toList();
    emails.removeIf(
        email ->
            isChosen(email, step.choice())
                && (step.value() == null || named.stream().anyMatch(email::isSame)));
  }

  private static boolean isChosen(Email email, @Nullable Filter choice) {
    return choice == null || Choice.matches(choice, email.parts());
  }

  private void put(Step step) {
    if (step.op() == Op.REPLACE) {
      emails.clear();
    }
    for (Object value : Values.several(step.value())) {
      Email email = email(value);
      emails.removeIf(email::isSame);
      add(email);
    }
  }

  private static Email email(Object value) {
    if (value instanceof Map<?, ?> parts) {
      return altered(Email.NONE, parts);
    }
    throw ScimProblem.INVALID_VALUE.with("an e-mail address is an object with a value");
  }

  private void alter(Step step) {
    List<Email> chosen = emails.stream().filter(one -> isChosen(one, step.choice())).toList();
    emails.removeAll(chosen);
    for (Email email : chosen.isEmpty() ? List.of(made(step.choice())) : chosen) {
      add(altered(email, parts(step)));
    }
  }

  /** Directories replace the address for work where there is none yet; that makes it. */
  private static Email made(@Nullable Filter choice) {
    Map<String, Object> parts = choice == null ? Map.of() : Choice.equalities(choice);
    if (parts.containsKey(VALUE)) {
      throw ScimProblem.NO_TARGET.with("the user has no such e-mail address");
    }
    return altered(Email.NONE, parts);
  }

  private static Map<?, ?> parts(Step step) {
    String sub = step.path().sub();
    Object value = step.value() == null ? "" : step.value();
    if (!sub.isEmpty()) {
      return Map.of(sub, value);
    }
    if (value instanceof Map<?, ?> parts) {
      return parts;
    }
    throw ScimProblem.INVALID_VALUE.with("an e-mail address is an object with a value");
  }

  private static Email altered(Email email, Map<?, ?> parts) {
    Object value = Values.part(parts, VALUE);
    Object type = Values.part(parts, TYPE);
    Object primary = Values.part(parts, PRIMARY);
    return new Email(
        value == null ? email.value() : Values.text(NAME, value).orElse(""),
        type == null ? email.type() : Values.text(NAME, type).orElse("").toLowerCase(Locale.ROOT),
        primary == null ? email.isPrimary() : Values.truth("emails.primary", primary));
  }

  /** There is one primary address: the last that was said to be it. */
  private void add(Email added) {
    if (added.isPrimary()) {
      emails.replaceAll(email -> new Email(email.value(), email.type(), false));
    }
    emails.add(added);
  }
}
