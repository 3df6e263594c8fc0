package dev.saferun.tenancy;

import dev.saferun.platform.ProblemException;
import java.util.regex.Pattern;

/**
 * The form of the names of organizations, projects and environments, as they stand in addresses.
 */
public final class Name {

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private Name() {}

  /** The name itself; refused where it has another form. */
  public static String require(String name) {
    if (!FORM.matcher(name).matches()) {
      throw new ProblemException(
          TenancyProblem.NAME_INVALID,
          "1 to 63 of a-z, 0-9 and '-', beginning with a letter or a digit");
    }
    return name;
  }
}
