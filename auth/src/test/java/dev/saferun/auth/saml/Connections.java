package dev.saferun.auth.saml;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** One connection and its variations. */
final class Connections {

  /** The time of the whole run: second opinions read the machine's clock. */
  @SuppressWarnings("TimeInStaticInitializer") // One for all, so that two texts never differ by it.
  static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  static final String IDP = "https://idp.example.com/saml";
  static final String SP = "https://saferun.example.com/saml/acme";
  static final String ACS = SP + "/acs";
  static final String SLO = SP + "/slo";
  static final String REQUEST_ID = "_request-1";

  private static final Duration SKEW = Duration.ofSeconds(60);

  static final Expectation EXPECTED = Expectation.answerTo(REQUEST_ID, NOW);

  private Connections() {}

  static SamlConnection standard() {
    return with(SamlPolicy.DEFAULT);
  }

  static SamlConnection with(SamlPolicy policy) {
    return new SamlConnection(
        us(), provider(Keys.PROVIDER), policy, new AttributeNames("mail", "name", "groups"));
  }

  static SamlConnection trusting(SamlKeyPair... keys) {
    SamlConnection standard = standard();
    return new SamlConnection(us(), provider(keys), standard.policy(), standard.attributes());
  }

  static SamlConnection wantingSignedAssertion() {
    return with(new SamlPolicy(true, false, false, false, SKEW, null));
  }

  static SamlConnection wantingSignedResponse() {
    return with(new SamlPolicy(false, true, false, false, SKEW, null));
  }

  static SamlConnection wantingEncryption() {
    return with(new SamlPolicy(false, false, true, false, SKEW, null));
  }

  static SamlConnection allowingUnsolicited() {
    return with(new SamlPolicy(false, false, false, true, SKEW, null));
  }

  static SamlConnection wantingFreshLogin() {
    return with(new SamlPolicy(false, false, false, false, SKEW, Duration.ofMinutes(10)));
  }

  /** Another organization of the same appliance, with another identity provider. */
  static SamlConnection neighbour() {
    String base = "https://saferun.example.com/saml/globex";
    return new SamlConnection(
        new ServiceProvider(
            base, base + "/acs", base + "/slo", List.of(Keys.SIGNING), List.of(Keys.DECRYPTION)),
        new IdentityProvider(
            "https://idp.globex.example/saml",
            new SamlEndpoint(SamlBinding.POST, "https://idp.globex.example/sso"),
            null,
            List.of(Keys.NEIGHBOUR.certificate())),
        SamlPolicy.DEFAULT,
        new AttributeNames(null, null, null));
  }

  static SamlConnection signingBy(SamlKeyPair key, SamlBinding binding) {
    return new SamlConnection(
        new ServiceProvider(SP, ACS, SLO, List.of(key), List.of(Keys.DECRYPTION)),
        new IdentityProvider(
            IDP,
            new SamlEndpoint(binding, IDP + "/sso?tenant=1"),
            new SamlEndpoint(binding, IDP + "/slo", IDP + "/slo/answers"),
            List.of(Keys.PROVIDER.certificate())),
        SamlPolicy.DEFAULT,
        new AttributeNames(null, null, null));
  }

  private static ServiceProvider us() {
    return new ServiceProvider(
        SP, ACS, SLO, List.of(Keys.SIGNING), List.of(Keys.DECRYPTION, Keys.DECRYPTION_OLD));
  }

  private static IdentityProvider provider(SamlKeyPair... keys) {
    List<X509Certificate> certificates = Stream.of(keys).map(SamlKeyPair::certificate).toList();
    return new IdentityProvider(
        IDP,
        new SamlEndpoint(SamlBinding.REDIRECT, IDP + "/sso"),
        new SamlEndpoint(SamlBinding.REDIRECT, IDP + "/slo"),
        certificates);
  }
}
