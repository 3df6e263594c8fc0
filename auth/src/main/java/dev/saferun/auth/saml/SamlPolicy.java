package dev.saferun.auth.saml;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How strict a connection is, beyond what is always demanded.
 *
 * @param wantsSignedAssertion else a signature of the response alone is enough
 * @param wantsSignedResponse else a signature of the assertion alone is enough
 * @param wantsEncryption whether an assertion in the clear is refused
 * @param allowsUnsolicited whether a login may begin at the identity provider; nothing ties such a
 *     response to the browser that brings it, so a stranger can log somebody in as himself
 * @param clockSkew how far the two clocks may differ
 * @param loginAgeMax how long ago the person may have proved who he is; absent for no limit
 */
public record SamlPolicy(
    boolean wantsSignedAssertion,
    boolean wantsSignedResponse,
    boolean wantsEncryption,
    boolean allowsUnsolicited,
    Duration clockSkew,
    @Nullable Duration loginAgeMax) {

  public static final SamlPolicy DEFAULT =
      new SamlPolicy(false, false, false, false, Duration.ofSeconds(60), null);

  public SamlPolicy {
    if (clockSkew.isNegative() || clockSkew.compareTo(SamlLimits.CLOCK_SKEW_MAX) > 0) {
      throw new IllegalArgumentException("the clock skew must be from 0 to 300 seconds");
    }
    if (loginAgeMax != null && !loginAgeMax.isPositive()) {
      throw new IllegalArgumentException("the age of a login must be more than nothing");
    }
  }
}
