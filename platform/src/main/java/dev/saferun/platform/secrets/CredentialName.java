package dev.saferun.platform.secrets;

import java.util.regex.Pattern;

/** Where a credential lies, in a form that can leave no directory and no path of a URL. */
record CredentialName(String path, String field) {

  private static final String NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}";
  private static final Pattern PATH = Pattern.compile(NAME + "(/" + NAME + "){0,7}");
  private static final Pattern FIELD = Pattern.compile(NAME);

  CredentialName {
    if (!PATH.matcher(path).matches() || !FIELD.matcher(field).matches()) {
      throw new IllegalArgumentException("a credential is named by names separated by slashes");
    }
  }
}
