package dev.saferun.auth.saml;

import static dev.saferun.auth.saml.Connections.EXPECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogoutMessagesTest {

  private static final NameId USER =
      new NameId(Drafts.USER, "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", null, null);

  private final LogoutMessages messages = new LogoutMessages();

  @Test
  void theProviderEndsSessions() {
    LogoutOutcome.Asked asked =
        new LogoutOutcome.Asked(
            "_logout",
            USER,
            List.of("session-1", "session-2"),
            "back",
            Connections.NOW.plusSeconds(300 + 60));
    LogoutMaker honest = LogoutMaker.honest();
    assertThat(read(new ReceivedMessage.Query(honest.query()))).isEqualTo(asked);
    assertThat(read(honest.form())).isEqualTo(asked);
  }

  private LogoutOutcome read(ReceivedMessage message) {
    return messages.read(Connections.standard(), message, EXPECTED);
  }

  @Test
  void theProviderAnswers() {
    LogoutMaker honest = LogoutMaker.honest();
    LogoutOutcome.Answered all = new LogoutOutcome.Answered(true, "back");
    assertThat(read(new ReceivedMessage.Query(honest.answerQuery()))).isEqualTo(all);
    assertThat(read(honest.answerForm())).isEqualTo(all);
    LogoutMaker partly =
        LogoutMaker.honest()
            .draft(
                Drafts.replace(
                    Drafts.STATUS_CODE,
                    "<samlp:StatusCode Value=\""
                        + Names.RESPONDER
                        + "\"><samlp:StatusCode Value=\""
                        + Names.PARTIAL_LOGOUT
                        + "\"/></samlp:StatusCode>"));
    assertThat(read(partly.answerForm())).isEqualTo(new LogoutOutcome.Answered(false, "back"));
  }

  /** Some put the signature before its algorithm; what is signed has one order. */
  @Test
  void theOrderOfTheQueryIsTheSendersChoice() {
    String query = LogoutMaker.honest().query();
    int algorithm = query.indexOf("&SigAlg=");
    int signature = query.indexOf("&Signature=");
    String other =
        query.substring(0, algorithm)
            + query.substring(signature)
            + query.substring(algorithm, signature);
    assertThat(read(new ReceivedMessage.Query(other))).isInstanceOf(LogoutOutcome.Asked.class);
  }

  @Test
  void aNewKeyIsTakenBesideTheOld() {
    SamlConnection both = Connections.trusting(Keys.PROVIDER_NEXT, Keys.PROVIDER);
    assertThat(
            messages.read(both, new ReceivedMessage.Query(LogoutMaker.honest().query()), EXPECTED))
        .isInstanceOf(LogoutOutcome.Asked.class);
  }

  /** Ours, read by ourselves in the place of the provider. */
  @Test
  void whatIsSentIsWhatIsTakenFromOthers() throws Exception {
    for (SamlBinding binding : SamlBinding.values()) {
      SamlConnection connection = Connections.signingBy(Keys.SIGNING_EC, binding);
      SamlMessage request =
          LogoutMessages.request(connection, USER, List.of("s1"), "there", Connections.NOW);
      assertThat(
              messages.read(
                  mirrored("/slo"), received(request), Expectation.unsolicited(Connections.NOW)))
          .isEqualTo(
              new LogoutOutcome.Asked(
                  request.id(),
                  USER,
                  List.of("s1"),
                  "there",
                  Connections.NOW.plusSeconds(300 + 60)));
      LogoutOutcome.Asked asked = (LogoutOutcome.Asked) read(LogoutMaker.honest().form());
      assertThat(
              messages.read(
                  mirrored("/slo/answers"),
                  received(LogoutMessages.answer(connection, asked, true, Connections.NOW)),
                  Expectation.answerTo("_logout", Connections.NOW)))
          .isEqualTo(new LogoutOutcome.Answered(true, "back"));
      assertThat(
              messages.read(
                  mirrored("/slo/answers"),
                  received(LogoutMessages.answer(connection, asked, false, Connections.NOW)),
                  Expectation.answerTo("_logout", Connections.NOW)))
          .isInstanceOfSatisfying(
              LogoutOutcome.Refused.class,
              refused -> assertThat(refused.refusal()).isEqualTo(SamlRefusal.STATUS));
    }
  }

  private static ReceivedMessage received(SamlMessage message) {
    return switch (message.delivery()) {
      case SamlDelivery.Redirect ignored -> new ReceivedMessage.Query(Queries.raw(message));
      case SamlDelivery.Post post ->
          new ReceivedMessage.Form(
              post.fields().get("SAMLRequest"),
              post.fields().get("SAMLResponse"),
              post.fields().get("RelayState"));
    };
  }

  private static SamlConnection mirrored(String path) {
    return new SamlConnection(
        new ServiceProvider(
            Connections.IDP,
            Connections.IDP + "/sso",
            Connections.IDP + path,
            List.of(Keys.PROVIDER),
            List.of()),
        new IdentityProvider(
            Connections.SP,
            new SamlEndpoint(SamlBinding.POST, Connections.ACS),
            null,
            List.of(Keys.SIGNING_EC.certificate())),
        SamlPolicy.DEFAULT,
        new AttributeNames(null, null, null));
  }

  @Test
  void whereThereIsNoLogoutNothingIsSent() {
    assertThatThrownBy(
            () ->
                LogoutMessages.request(
                    Connections.neighbour(), USER, List.of(), null, Connections.NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the identity provider has no single logout");
  }
}
