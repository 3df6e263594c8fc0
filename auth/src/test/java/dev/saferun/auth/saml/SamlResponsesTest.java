package dev.saferun.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SamlResponsesTest {

  static final List<ValidResponse> VALID = ValidResponse.all();

  private static final int MUTATIONS = 5_000;

  private final SamlResponses responses = new SamlResponses();

  @ParameterizedTest
  @FieldSource("VALID")
  void isAccepted(ValidResponse valid) {
    SamlLogin login = accepted(valid);
    assertThat(login.subject().value()).isEqualTo(valid.user());
    assertThat(login.attributes()).isEqualTo(valid.attributes());
  }

  private SamlLogin accepted(ValidResponse valid) {
    SamlOutcome outcome = responses.read(valid.connection(), valid.base64(), valid.expectation());
    assertThat(outcome).isInstanceOf(SamlOutcome.Accepted.class);
    return ((SamlOutcome.Accepted) outcome).login();
  }

  @Test
  void thereAreAsManyAsIsSaid() {
    System.out.println(VALID.size() + "\tvalid responses");
    assertThat(VALID).hasSizeGreaterThan(20);
    assertThat(VALID.stream().map(ValidResponse::name)).doesNotHaveDuplicates();
  }

  @Test
  void aLoginHasAllThatWasSigned() {
    SamlLogin login = accepted(VALID.getFirst());
    assertThat(login)
        .isEqualTo(
            new SamlLogin(
                new NameId(
                    Drafts.USER,
                    "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
                    null,
                    null),
                "session-1",
                VALID.getFirst().attributes(),
                "_assertion",
                Connections.NOW.plusSeconds(240 + 60),
                Connections.NOW.minusSeconds(5),
                Connections.NOW.plusSeconds(8 * 3600)));
    assertThat(login.value("mail")).isEqualTo(Optional.of(Drafts.USER));
    assertThat(login.value("groups")).isEmpty();
    assertThat(login.values("groups")).containsExactly("staff", "ops & more");
    assertThat(login.values(null)).isEmpty();
  }

  @Test
  void aLoginThatFailedOverThereIsToldWithItsCodes() {
    String failed =
        ResponseMaker.base64(
            Drafts.response()
                .replace(Drafts.assertion(), "")
                .replace(
                    Drafts.STATUS_CODE,
                    "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\">"
                        + "<samlp:StatusCode Value=\"urn:x:AuthnFailed\"/></samlp:StatusCode>"
                        + "<samlp:StatusMessage>wrong\u202e password</samlp:StatusMessage>"));
    assertThat(responses.read(Connections.standard(), failed, Connections.EXPECTED))
        .isEqualTo(
            new SamlOutcome.Refused(
                SamlRefusal.STATUS,
                "the identity provider did not log anybody in",
                Map.of(
                    "status",
                    "urn:oasis:names:tc:SAML:2.0:status:Responder",
                    "reason",
                    "urn:x:AuthnFailed",
                    "message",
                    "wrong? password")));
  }

  @Test
  void whatIsWrongIsToldToWhoeverSetItUp() {
    String other =
        ResponseMaker.of(Signing.RESPONSE)
            .draft(Drafts.replace("Destination=\"" + Connections.ACS, "Destination=\"https://x.y"))
            .base64();
    assertThat(responses.read(Connections.standard(), other, Connections.EXPECTED))
        .isEqualTo(
            new SamlOutcome.Refused(
                SamlRefusal.PARTY,
                "the message was made for another address",
                Map.of("expected", Connections.ACS, "found", "https://x.y")));
  }

  @Test
  void withoutAKeyNothingIsDecrypted() {
    SamlConnection standard = Connections.standard();
    ServiceProvider ours = standard.serviceProvider();
    SamlConnection keyless =
        new SamlConnection(
            new ServiceProvider(
                ours.entityId(),
                ours.assertionConsumer(),
                ours.singleLogout(),
                ours.signingKeys(),
                List.of()),
            standard.identityProvider(),
            standard.policy(),
            standard.attributes());
    String encrypted = ResponseMaker.of(Signing.ENCRYPTED).base64();
    assertThat(responses.read(keyless, encrypted, Connections.EXPECTED))
        .isInstanceOfSatisfying(
            SamlOutcome.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(SamlRefusal.ENCRYPTION));
  }

  /** Any damage is an outcome, never an exception, and never another person. */
  @Test
  void damagedTextsAreRefused() {
    Random random = new Random(20_261_128);
    List<byte[]> texts =
        VALID.stream().map(one -> Base64.getMimeDecoder().decode(one.base64())).toList();
    for (int i = 0; i < MUTATIONS; i++) {
      int which = random.nextInt(texts.size());
      byte[] damaged = texts.get(which).clone();
      int at = random.nextInt(damaged.length);
      damaged[at] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      ValidResponse valid = VALID.get(which);
      SamlOutcome outcome =
          responses.read(
              valid.connection(), Base64.getEncoder().encodeToString(damaged), valid.expectation());
      if (outcome instanceof SamlOutcome.Accepted accepted) {
        assertThat(accepted.login().subject().value()).isEqualTo(valid.user());
        assertThat(accepted.login().attributes()).isEqualTo(valid.attributes());
      }
    }
  }

  private static final String ALPHABET = "<>/=\"'&; \n!-?[]:#aA0_+.\u007f";
}
