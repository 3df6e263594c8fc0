package dev.saferun.auth.oidc;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is shown and mapped of a person: from the ID token, or else from userinfo. */
record LoginClaims(OidcConnection connection, Members idToken, @Nullable Members userinfo) {

  private static final int EMAIL_CHARACTERS_MAX = 320;
  private static final int NAME_CHARACTERS_MAX = 200;
  private static final int GROUPS_MAX = 1_000;

  /**
   * What turns a text around or hides in it, but for the two that some scripts are written with.
   */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}&&[^\\x{200C}\\x{200D}]]+");

  OidcLogin login(String token) throws RefusedException {
    OidcClaimNames names = connection.claimNames();
    Members emailSource = source(names.email());
    String email = email(emailSource.text(names.email()));
    return new OidcLogin(
        connection.issuer(),
        String.valueOf(idToken.text("sub")),
        email,
        email != null && isVerified(names.email(), emailSource),
        name(source(names.name()).text(names.name())),
        groups(source(names.groups()).texts(names.groups())),
        idToken.text("sid"),
        idToken.time("auth_time"),
        idToken.text("acr"),
        token);
  }

  private Members source(String claim) {
    return userinfo == null || idToken.has(claim) ? idToken : userinfo;
  }

  private static @Nullable String email(@Nullable String text) {
    boolean isPlain =
        text != null
            && text.length() <= EMAIL_CHARACTERS_MAX
            && text.contains("@")
            && text.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    return isPlain ? text : null;
  }

  /**
   * Said by whoever said the address, and of that claim alone: of a user name that looks like an
   * address it tells nothing. Some providers write it as a text.
   */
  private static boolean isVerified(String claim, Members source) {
    Object value = source.value("email_verified");
    return claim.equals("email") && (Boolean.TRUE.equals(value) || "true".equals(value));
  }

  private static @Nullable String name(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String clean =
        INVISIBLE.matcher(text).replaceAll("").replaceAll("[\\p{Cc}\\p{Z}]+", " ").strip();
    if (clean.isEmpty()) {
      return null;
    }
    int end = Math.min(clean.length(), NAME_CHARACTERS_MAX);
    return clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end);
  }

  /** So many are refused and not cut: rights hang on each of them. */
  private static List<String> groups(List<String> texts) throws RefusedException {
    if (texts.size() > GROUPS_MAX) {
      throw new RefusedException(OidcRefusal.TOKEN_FORM);
    }
    Set<String> once = new LinkedHashSet<>(texts);
    return List.copyOf(once);
  }
}
