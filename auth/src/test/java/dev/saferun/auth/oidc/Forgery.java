package dev.saferun.auth.oidc;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way to get in, or to end somebody's session, without the right to.
 *
 * @param refusal that it must meet
 * @param check the one thing that keeps it out, or null where it is the shape of the code
 */
record Forgery(
    String group, String name, OidcRefusal refusal, @Nullable OidcCheck check, Attempt attempt) {

  /** Empty where it worked. */
  interface Attempt {
    Optional<OidcRefusal> on(Scene scene);
  }

  /** For the name of a test. */
  @Override
  public String toString() {
    return group + ": " + name;
  }
}
