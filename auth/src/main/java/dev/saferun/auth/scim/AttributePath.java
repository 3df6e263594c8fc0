package dev.saferun.auth.scim;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an attribute, such as {@code userName}, {@code name.givenName} or {@code
 * urn:ietf:params:scim:schemas:core:2.0:User:active}. Names of any case are the same.
 *
 * @param attribute in lower case; with its schema where that is none of ours
 * @param sub in lower case; empty where the whole attribute is meant
 */
record AttributePath(String attribute, String sub) {

  private static final List<String> OWN_SCHEMAS =
      List.of(
          ScimSchemas.USER.toLowerCase(Locale.ROOT) + ":",
          ScimSchemas.GROUP.toLowerCase(Locale.ROOT) + ":");

  private static final Pattern NAME =
      Pattern.compile("(\\$?[a-z][a-z0-9_-]*)(?:\\.(\\$?[a-z][a-z0-9_-]*))?");

  private static final Pattern FOREIGN = Pattern.compile("urn:[a-z0-9:._$-]+");

  /** Empty where it is no name. */
  static Optional<AttributePath> of(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String name =
        OWN_SCHEMAS.stream()
            .filter(lower::startsWith)
            .findFirst()
            .map(schema -> lower.substring(schema.length()))
            .orElse(lower);
    Matcher matcher = NAME.matcher(name);
    if (matcher.matches()) {
      String sub = matcher.group(2);
      return Optional.of(new AttributePath(matcher.group(1), sub == null ? "" : sub));
    }
    return FOREIGN.matcher(name).matches()
        ? Optional.of(new AttributePath(name, ""))
        : Optional.empty();
  }

  /** As one text: {@code name.givenname}. */
  String whole() {
    return sub.isEmpty() ? attribute : attribute + "." + sub;
  }
}
