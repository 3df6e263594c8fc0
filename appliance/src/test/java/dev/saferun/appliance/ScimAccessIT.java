package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;

/** Who the directory says has left is out with the next request, wherever he is signed in. */
class ScimAccessIT {

  private static final String PASSWORD = "a long sentence for one test";

  private final Api operator = RunningAppliance.get().admin();
  private final Api directory = operator.with(directoryToken());
  private final String userName = "leaver-" + UUID.randomUUID() + "@example.com";
  private final String path =
      ScimIT.USERS + "/" + ScimIT.named(directory, userName).get("id").asText();
  private final Api session = session();
  private final Api token = session.with(accessToken());

  private String directoryToken() {
    return made(operator.post(
            "/v1/sign-in/directory-tokens",
            "{\"name\":\"directory\",\"expires_at\":\"" + tomorrow() + "\"}"))
        .get("token")
        .asText();
  }

  private static Instant tomorrow() {
    return Instant.now().plus(Duration.ofDays(1));
  }

  private static JsonNode made(Api.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    return answer.body();
  }

  private String id() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Api session() {
    made(operator.post("/v1/members/" + id() + "/grants", "{\"role\":\"viewer\"}"));
    JsonNode account =
        made(operator.put("/v1/break-glass/" + id(), "{\"password\":\"" + PASSWORD + "\"}"));
    Api.Answer signedIn =
        operator
            .with("")
            .post(
                account.get("sign_in_at").asText(),
                "{\"user_name\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}"
                    .formatted(userName, PASSWORD, code(account.get("totp_secret").asText())));
    made(signedIn);
    return operator.inSession(signedIn.raw().headers().firstValue("Set-Cookie").orElseThrow());
  }

  private static String code(String secret) {
    TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();
    try {
      return codes.generateOneTimePasswordString(
          new SecretKeySpec(new Base32().decode(secret), codes.getAlgorithm()), Instant.now());
    } catch (InvalidKeyException never) {
      throw new IllegalStateException(never);
    }
  }

  private String accessToken() {
    return made(session.post(
            "/v1/session/tokens",
            "{\"name\":\"script\",\"permissions\":[\"runs.read\"],\"expires_at\":\"%s\"}"
                .formatted(tomorrow())))
        .get("token")
        .asText();
  }

  private void requireStatus(int status) {
    for (Api caller : List.of(session, token)) {
      assertThat(caller.get("/v1/session").status()).isEqualTo(status);
      assertThat(caller.get("/v1/runs?limit=1").status()).isEqualTo(status);
    }
  }

  @Test
  void whoIsDeactivatedIsOutAtOnce() {
    requireStatus(200);

    made(ScimIT.patch(directory, path, "[{\"op\": \"replace\", \"value\": {\"active\": false}}]"));

    requireStatus(401);
  }

  @Test
  void whoIsDeactivatedByAReplacementIsOutAtOnce() {
    made(
        ScimIT.send(
            directory, "PUT", path, "{\"userName\":\"" + userName + "\",\"active\":\"False\"}"));

    requireStatus(401);
  }

  @Test
  void whoIsRemovedIsOutAtOnceAndComesBackWithoutRoles() {
    assertThat(directory.raw("DELETE", path).status()).isEqualTo(204);
    requireStatus(401);

    assertThat(ScimIT.named(directory, userName).get("id").asText()).isEqualTo(id());

    assertThat(token.get("/v1/runs?limit=1").status())
        .as("what the person was given is gone with the person")
        .isIn(401, 403);
    assertThat(operator.get("/v1/members/" + id()).body().get("grants")).isEmpty();
  }

  @Test
  void aDirectorysTokenOpensNothingElseAndIsRevokedAtOnce() {
    JsonNode issued =
        made(
            operator.post(
                "/v1/sign-in/directory-tokens",
                "{\"name\":\"second\",\"expires_at\":\"" + tomorrow() + "\"}"));
    Api second = operator.with(issued.get("token").asText());
    assertThat(second.get(ScimIT.USERS + "?count=1").status()).isEqualTo(200);
    for (String elsewhere : List.of("/v1/members", "/v1/keys", "/v1/runs", "/v1/audit/events")) {
      assertThat(second.get(elsewhere).status()).as(elsewhere).isEqualTo(403);
    }

    String revoke = "/v1/sign-in/directory-tokens/" + issued.get("id").asText();
    assertThat(operator.raw("DELETE", revoke).status()).isEqualTo(204);

    assertThat(second.get(ScimIT.USERS + "?count=1").status()).isEqualTo(401);
  }
}
