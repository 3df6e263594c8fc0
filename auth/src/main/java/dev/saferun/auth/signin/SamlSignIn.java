package dev.saferun.auth.signin;

import dev.saferun.auth.oidc.IdpUnreachableException;
import dev.saferun.auth.oidc.IdpWeb;
import dev.saferun.auth.oidc.WebAnswer;
import dev.saferun.auth.saml.AuthnRequests;
import dev.saferun.auth.saml.Expectation;
import dev.saferun.auth.saml.IdentityProvider;
import dev.saferun.auth.saml.IdpMetadata;
import dev.saferun.auth.saml.LogoutMessages;
import dev.saferun.auth.saml.LogoutOutcome;
import dev.saferun.auth.saml.MetadataOutcome;
import dev.saferun.auth.saml.NameId;
import dev.saferun.auth.saml.ReceivedMessage;
import dev.saferun.auth.saml.SamlBinding;
import dev.saferun.auth.saml.SamlConnection;
import dev.saferun.auth.saml.SamlDelivery;
import dev.saferun.auth.saml.SamlLogin;
import dev.saferun.auth.saml.SamlMessage;
import dev.saferun.auth.saml.SamlOutcome;
import dev.saferun.auth.saml.SamlResponses;
import dev.saferun.auth.saml.ServiceProvider;
import dev.saferun.auth.saml.SpMetadata;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signs people in by SAML: between a {@link Connection} and the protocol. */
@Singleton
public class SamlSignIn {

  private static final String REQUEST_ID = "request_id";

  private final SignInAddresses addresses;
  private final IdpWeb web;
  private final InstantSource clock;
  private final SamlResponses responses = new SamlResponses();
  private final LogoutMessages logouts = new LogoutMessages();

  SamlSignIn(SignInAddresses addresses, IdpWeb web, InstantSource clock) {
    this.addresses = addresses;
    this.web = web;
    this.clock = clock;
  }

  /** A browser that is to go to the identity provider, and what its answer must fit. */
  public record Begun(SamlDelivery delivery, Map<String, String> state) {}

  /** What came of coming back. */
  public sealed interface Ended {

    /**
     * @param assertionId to be taken once
     */
    record Verified(Claims claims, String assertionId, Instant rememberUntil) implements Ended {}

    record Refused(String why) implements Ended {}
  }

  /** What came of a logout message. */
  public sealed interface Logout {

    /** The identity provider ends sessions: end them, and give this answer. */
    record Asked(
        String id,
        String subject,
        List<String> sessions,
        Instant rememberUntil,
        SamlDelivery answer)
        implements Logout {}

    /** It answered ours. */
    record Answered() implements Logout {}

    record Refused(String why) implements Logout {}
  }

  public Begun begin(Connection connection, Map<String, String> secrets) {
    SamlMessage message =
        AuthnRequests.create(protocol(connection, secrets), null, false, clock.instant());
    return new Begun(message.delivery(), Map.of(REQUEST_ID, message.id()));
  }

  /**
   * @param state of the flow that the browser began; empty where it began none
   */
  public Ended finish(
      Connection connection,
      Map<String, String> secrets,
      Optional<Map<String, String>> state,
      String response) {
    Instant now = clock.instant();
    Expectation expectation =
        state
            .map(of -> Expectation.answerTo(of.getOrDefault(REQUEST_ID, ""), now))
            .orElseGet(() -> Expectation.unsolicited(now));
    SamlConnection protocol = protocol(connection, secrets);
    return switch (responses.read(protocol, response, expectation)) {
      case SamlOutcome.Accepted accepted -> verified(protocol, accepted.login());
      case SamlOutcome.Refused refused -> new Ended.Refused(refused.detail());
    };
  }

  private static Ended verified(SamlConnection protocol, SamlLogin login) {
    Map<String, List<String>> all = login.attributes();
    String groups = protocol.attributes().groups();
    boolean saysGroups = groups != null && all.containsKey(groups);
    Claims claims =
        new Claims(
            login.subject().value(),
            login.value(protocol.attributes().email()).orElse(null),
            true,
            login.value(protocol.attributes().displayName()).orElse(null),
            saysGroups ? new LinkedHashSet<>(login.values(groups)) : null,
            login.sessionIndex(),
            hint(login.subject()));
    return new Ended.Verified(claims, login.assertionId(), login.rememberUntil());
  }

  /** The whole name: a logout must call the person just so. */
  private static String hint(NameId name) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("value", name.value());
    json.put("format", name.format());
    json.put("name_qualifier", name.nameQualifier());
    json.put("sp_name_qualifier", name.serviceProviderNameQualifier());
    return new String(CanonicalJson.write(json), StandardCharsets.UTF_8);
  }

  private static NameId name(String hint) {
    Map<String, @Nullable Object> json =
        StrictJson.parseObject(hint.getBytes(StandardCharsets.UTF_8));
    return new NameId(
        String.valueOf(json.get("value")),
        (String) json.get("format"),
        (String) json.get("name_qualifier"),
        (String) json.get("sp_name_qualifier"));
  }

  /**
   * How the browser ends the session at the identity provider; empty where that has no such place.
   */
  public Optional<SamlDelivery> logout(
      Connection connection,
      Map<String, String> secrets,
      String hint,
      Optional<String> sessionIndex) {
    SamlConnection protocol = protocol(connection, secrets);
    return protocol.identityProvider().singleLogout() == null
        ? Optional.empty()
        : Optional.of(
            LogoutMessages.request(
                    protocol,
                    name(hint),
                    sessionIndex.map(List::of).orElse(List.of()),
                    null,
                    clock.instant())
                .delivery());
  }

  public Logout read(Connection connection, Map<String, String> secrets, ReceivedMessage message) {
    SamlConnection protocol = protocol(connection, secrets);
    Instant now = clock.instant();
    return switch (logouts.read(protocol, message, Expectation.unsolicited(now))) {
      case LogoutOutcome.Asked asked ->
          new Logout.Asked(
              asked.id(),
              asked.subject().value(),
              asked.sessionIndexes(),
              asked.rememberUntil(),
              LogoutMessages.answer(protocol, asked, true, now).delivery());
      case LogoutOutcome.Answered answered -> new Logout.Answered();
      case LogoutOutcome.Refused refused -> new Logout.Refused(refused.detail());
    };
  }

  /** Our metadata, for the identity provider. */
  public byte[] metadata(Connection connection, Map<String, String> secrets) {
    return SpMetadata.write(protocol(connection, secrets));
  }

  /** Settings as they are kept, from what a person wrote. May ask the metadata's address. */
  Map<String, @Nullable Object> settings(
      Map<String, @Nullable Object> written, @Nullable Connection before) {
    BodyFields fields = Parts.of(written, SamlSettings.WRITTEN);
    return SamlSettings.of(fields, provider(fields, before)).toJson();
  }

  /** The settings with the identity provider as its metadata are now. Asks their address. */
  Map<String, @Nullable Object> refreshed(Connection connection) {
    SamlSettings settings = SamlSettings.read(connection.settings());
    String url =
        settings
            .metadataUrl()
            .orElseThrow(
                () ->
                    new ProblemException(
                        CommonProblem.CONFLICT, "this connection's metadata have no address"));
    SamlBinding binding = settings.identityProvider().singleSignOn().binding();
    IdentityProvider provider = read(fetched(url), "/metadata_url").identityProvider(binding);
    return new SamlSettings(
            provider, settings.metadataUrl(), settings.policy(), settings.attributes())
        .toJson();
  }

  private IdentityProvider provider(BodyFields fields, @Nullable Connection before) {
    Optional<String> document = fields.text("metadata");
    Optional<String> url = fields.text("metadata_url");
    if (document.isEmpty() && url.isEmpty()) {
      if (before == null) {
        throw fields.refusal("metadata", "is missing; or give metadata_url");
      }
      return SamlSettings.read(before.settings()).identityProvider();
    }
    SamlBinding binding = SamlSettings.binding(fields).orElse(SamlBinding.REDIRECT);
    return document
        .map(text -> read(text.getBytes(StandardCharsets.UTF_8), "/settings/metadata"))
        .orElseGet(() -> read(fetched(url.orElseThrow()), "/settings/metadata_url"))
        .identityProvider(binding);
  }

  private IdpMetadata read(byte[] document, String pointer) {
    return switch (IdpMetadata.read(document, clock.instant())) {
      case MetadataOutcome.Read read -> read.metadata();
      case MetadataOutcome.Refused refused ->
          throw new ProblemException(
              CommonProblem.INVALID_FIELD, refused.refusal().text(), pointer);
    };
  }

  private byte[] fetched(String url) {
    try {
      WebAnswer answer = web.get(url, Map.of());
      if (answer.status() == 200) {
        return answer.body();
      }
    } catch (IdpUnreachableException unreachable) {
      throw new ProblemException(
          CommonProblem.INVALID_FIELD,
          "the metadata cannot be read there: " + unreachable.getMessage(),
          "/settings/metadata_url");
    }
    throw new ProblemException(
        CommonProblem.INVALID_FIELD,
        "the address of the metadata does not answer 200",
        "/settings/metadata_url");
  }

  private SamlConnection protocol(Connection connection, Map<String, String> secrets) {
    SamlSettings settings = SamlSettings.read(connection.settings());
    SamlKeys keys = SamlKeys.of(secrets);
    return new SamlConnection(
        new ServiceProvider(
            addresses.entityId(connection),
            addresses.assertionConsumer(connection),
            addresses.singleLogout(connection),
            keys.pairs(),
            keys.pairs()),
        settings.identityProvider(),
        settings.policy(),
        settings.attributes());
  }
}
