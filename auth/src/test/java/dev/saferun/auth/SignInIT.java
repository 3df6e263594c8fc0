package dev.saferun.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.auth.RunningAuth.Answer;
import dev.saferun.auth.RunningAuth.Caller;
import dev.saferun.auth.RunningAuth.Person;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People in sessions and with tokens, what their roles let them do, and how it ends. */
class SignInIT {

  @SuppressWarnings("NullAway.Init")
  private static RunningAuth auth;

  @BeforeAll
  static void start(@TempDir Path data) throws IOException {
    auth = RunningAuth.start(data);
  }

  @AfterAll
  static void stop() {
    auth.close();
  }

  @Test
  void aSessionIsACookieThatOnlyThisHostGetsBack() {
    Person ada = auth.person("owner");
    Answer answer = auth.anybody().post(ada.signInAt(), ada.credentials(ada.code())).expect(200);
    String cookie = answer.header("Set-Cookie");
    assertThat(cookie)
        .startsWith("__Host-saferun=srt_session_")
        .contains("; Path=/; Secure; HttpOnly; SameSite=Lax");
    Answer who = ada.session(cookie).get("/v1/session").expect(200);
    assertThat(who.body().get("name").asText()).isEqualTo(ada.name());
    assertThat(who.body().get("kind").asText()).isEqualTo("person");
  }

  @Test
  void aChangeInASessionComesFromAPageOfOurs() {
    Caller ada = auth.person("owner").signIn();
    String body = "{\"user_name\": \"x%s\"}".formatted(UUID.randomUUID());
    Caller bare = auth.anybody().with("Cookie", ada.header("Cookie"));
    assertThat(bare.post("/v1/members", body).status()).isEqualTo(403);
    assertThat(bare.with("X-CSRF-Token", "x").post("/v1/members", body).status()).isEqualTo(403);
    Caller other = auth.person("owner").signIn();
    assertThat(
            bare.with("X-CSRF-Token", other.header("X-CSRF-Token"))
                .post("/v1/members", body)
                .status())
        .as("the token of another session")
        .isEqualTo(403);
    assertThat(ada.with("Sec-Fetch-Site", "cross-site").post("/v1/members", body).status())
        .isEqualTo(403);
    assertThat(ada.with("Sec-Fetch-Site", "same-site").post("/v1/members", body).status())
        .isEqualTo(403);
    assertThat(ada.with("Origin", "https://evil.example").post("/v1/members", body).status())
        .isEqualTo(403);
    ada.with("Origin", auth.base())
        .with("Sec-Fetch-Site", "same-origin")
        .post("/v1/members", body)
        .expect(201);
  }

  @Test
  void aCodeIsGoodOnceAndNothingTellsWhatWasWrong() {
    Person ada = auth.person("owner");
    String code = ada.code();
    auth.anybody().post(ada.signInAt(), ada.credentials(code)).expect(200);
    Answer again = auth.anybody().postFrom("127.0.0.21", ada.signInAt(), ada.credentials(code));
    Answer wrong =
        auth.anybody()
            .postFrom(
                "127.0.0.22",
                ada.signInAt(),
                ada.credentials(code).replace("correct horse", "wrong"));
    Answer nobody =
        auth.anybody()
            .postFrom("127.0.0.23", ada.signInAt(), ada.credentials(code).replace(ada.name(), "x"));
    Answer nowhere =
        auth.anybody()
            .postFrom(
                "127.0.0.24",
                "/sign-in/" + UUID.randomUUID() + "/break-glass",
                ada.credentials(code));
    for (Answer refused : List.of(again, wrong, nobody, nowhere)) {
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body().get("detail")).isEqualTo(again.body().get("detail"));
      assertThat(refused.raw().headers().firstValue("Set-Cookie")).isEmpty();
    }
    assertThat(events("login.break_glass_refused"))
        .extracting(event -> event.at("/after/why").asText())
        .contains("wrong or used code", "wrong password", "no such account");
  }

  @Test
  void guessingIsSlowedDownAndTheTrueOwnerIsNotLockedOut() {
    Person ada = auth.person("owner");
    ada.signIn();
    String wrong = ada.credentials("000000").replace("correct horse", "wrong");
    Answer last = auth.anybody().postFrom("127.0.0.31", ada.signInAt(), wrong);
    for (int i = 0; i < 9 && last.status() == 401; i++) {
      last = auth.anybody().postFrom("127.0.0.31", ada.signInAt(), wrong);
    }
    assertThat(last.status()).as("one source").isEqualTo(429);
    assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
    int refused = 0;
    for (int source = 40; source < 60; source++) {
      refused +=
          auth.anybody().postFrom("127.0.0." + source, ada.signInAt(), wrong).status() == 429
              ? 1
              : 0;
    }
    assertThat(refused).as("one account, from many sources").isPositive();
    auth.clock().move(Duration.ofMinutes(1));
    assertThat(ada.signIn().get("/v1/session").status())
        .as("from where she signed in before")
        .isEqualTo(200);
  }

  @Test
  void aSessionEndsByItselfAndByWish() {
    Person ada = auth.person("owner");
    Caller first = ada.signIn();
    auth.clock().move(Duration.ofMinutes(59));
    first.get("/v1/session").expect(200);
    auth.clock().move(Duration.ofMinutes(59));
    first.get("/v1/session").expect(200);
    auth.clock().move(Duration.ofMinutes(61));
    first.get("/v1/session").expect(401);

    Caller second = ada.signIn();
    for (int hour = 0; hour < 13; hour++) {
      auth.clock().move(Duration.ofMinutes(55));
      second.get("/v1/session");
    }
    auth.clock().move(Duration.ofMinutes(10));
    second.get("/v1/session").expect(401);

    Caller third = ada.signIn();
    auth.clock().move(Duration.ofMinutes(1));
    Caller fourth = ada.signIn();
    String id = third.get("/v1/session").body().get("session_id").asText();
    assertThat(fourth.get("/v1/session/all").body().get("sessions")).hasSize(2);
    assertThat(auth.person("owner").signIn().delete("/v1/session/all/" + id).status())
        .as("another's session")
        .isEqualTo(404);
    fourth.delete("/v1/session/all/" + id).expect(204);
    third.get("/v1/session").expect(401);
    Answer out = fourth.post("/v1/session/sign-out", "").expect(200);
    assertThat(out.body().get("location").asText()).isEqualTo(auth.base() + "/sign-in");
    assertThat(out.header("Set-Cookie")).startsWith("__Host-saferun=; Max-Age=0");
    fourth.get("/v1/session").expect(401);
  }

  @Test
  void whoIsDeactivatedIsOutAtTheNextRequest() {
    Person ada = auth.person("engineer");
    Caller session = ada.signIn();
    Caller token = auth.anybody().withToken(token(session, "rules.read"));
    token.get("/v1/projects").expect(403);
    token.get("/v1/session").expect(200);
    auth.operator().put("/v1/members/" + ada.id(), "{\"active\": false}").expect(200);
    session.get("/v1/session").expect(401);
    token.get("/v1/session").expect(401);
    auth.clock().move(Duration.ofMinutes(1));
    auth.anybody().postFrom("127.0.0.61", ada.signInAt(), ada.credentials(ada.code())).expect(401);
    auth.operator().put("/v1/members/" + ada.id(), "{\"active\": true}").expect(200);
    session.get("/v1/session").expect(200);
  }

  private static String token(Caller session, String permission) {
    return session
        .post("/v1/session/tokens", tokenBody(permission, Duration.ofDays(1)))
        .expect(201)
        .body()
        .get("token")
        .asText();
  }

  private static String tokenBody(String permission, Duration life) {
    return "{\"name\": \"script\", \"permissions\": [\"%s\"], \"expires_at\": \"%s\"}"
        .formatted(permission, auth.clock().instant().plus(life));
  }

  @Test
  void aTokenIsGoodForWhatItNamesAndNoLonger() {
    Caller ada = auth.person("admin").signIn();
    Caller token = auth.anybody().withToken(token(ada, "settings.read"));
    token.get("/v1/projects").expect(200);
    assertThat(token.get("/v1/members").expect(403).body().get("detail").asText())
        .isEqualTo("this needs the permission members.read; the roles that have it: owner, admin");
    assertThat(
            token
                .post("/v1/session/tokens", tokenBody("settings.read", Duration.ofDays(1)))
                .body()
                .get("code")
                .asText())
        .isEqualTo("person-required");
    ada.post("/v1/session/tokens", tokenBody("owners.write", Duration.ofDays(1))).expect(400);
    ada.post("/v1/session/tokens", tokenBody("nonsense", Duration.ofDays(1))).expect(400);
    ada.post("/v1/session/tokens", tokenBody("settings.read", Duration.ofDays(400))).expect(400);
    String id = ada.get("/v1/session/tokens").body().at("/tokens/0/id").asText();
    ada.delete("/v1/session/tokens/" + id).expect(204);
    token.get("/v1/projects").expect(401);
    Caller brief =
        auth.anybody()
            .withToken(
                ada.post("/v1/session/tokens", tokenBody("settings.read", Duration.ofHours(1)))
                    .expect(201)
                    .body()
                    .get("token")
                    .asText());
    brief.get("/v1/projects").expect(200);
    auth.clock().move(Duration.ofMinutes(61));
    brief.get("/v1/projects").expect(401);
  }

  @Test
  void aRoleInAProjectReachesNoFurther() {
    String own = "own-" + UUID.randomUUID();
    String other = "other-" + UUID.randomUUID();
    auth.operator().put("/v1/projects/" + own, "{}").expect(201);
    auth.operator().put("/v1/projects/" + other, "{}").expect(201);
    String name = "p" + UUID.randomUUID();
    String id =
        auth.operator()
            .post(
                "/v1/members",
                "{\"user_name\":\"%s\",\"role\":\"admin\",\"project\":\"%s\"}".formatted(name, own))
            .expect(201)
            .body()
            .get("id")
            .asText();
    Caller session = auth.person(id, name).signIn();
    session.get("/v1/projects/" + own).expect(200);
    session
        .put("/v1/projects/" + own + "/environments/production", "{\"mode\":\"warn\"}")
        .expect(200);
    session.get("/v1/projects/" + other).expect(404);
    session.put("/v1/projects/" + other, "{}").expect(404);
    session.put("/v1/projects/no-such-project", "{}").expect(404);
    session.get("/v1/members").expect(403);
    session.post("/v1/keys", "{\"name\":\"x\"}").expect(403);
    session.get("/v1/audit/events").expect(403);
    assertThat(session.get("/v1/projects").expect(200).body().get("projects")).hasSize(1);
  }

  @Test
  void ownersAreMadeByOwnersAndOneIsAlwaysLeft() {
    Caller key = fresh();
    String first = memberOf(key, "owner");
    String grant = key.get("/v1/members/" + first).body().at("/grants/0/id").asText();
    assertThat(
            key.delete("/v1/members/" + first + "/grants/" + grant).expect(409).body().get("code"))
        .as("the last one")
        .hasToString("\"last-owner\"");
    key.put("/v1/members/" + first, "{\"active\":false}").expect(409);

    String another = auth.person("owner").id();
    Caller admin = auth.person("admin").signIn();
    for (Answer refused :
        List.of(
            admin.post("/v1/members", "{\"user_name\":\"b\",\"role\":\"owner\"}"),
            admin.put("/v1/members/" + another, "{\"active\":false}"),
            admin.post("/v1/keys", "{\"name\":\"mine\"}"),
            admin.put("/v1/sign-in/connections/mine", "{}"),
            admin.put("/v1/break-glass/" + another, "{}"),
            admin.post("/v1/sign-in/directory-tokens", "{}"))) {
      assertThat(refused.status()).as(refused.raw().body()).isEqualTo(403);
    }

    Person owner = auth.person("owner");
    Caller session = owner.signIn();
    String own = session.get("/v1/members/" + owner.id()).body().at("/grants/0/id").asText();
    auth.person("admin")
        .signIn()
        .post("/v1/members/" + owner.id() + "/grants", "{\"role\":\"owner\"}")
        .expect(403);
    session.delete("/v1/members/" + owner.id() + "/grants/" + own).expect(200);
    session.get("/v1/members").expect(403);
  }

  /** An organization in which nobody is anything; its admin key. */
  private static Caller fresh() {
    return auth.anybody()
        .withToken(
            auth.operator()
                .put("/v1/organizations/o-" + UUID.randomUUID(), "{}")
                .expect(201)
                .body()
                .at("/admin_key/key")
                .asText());
  }

  private static String memberOf(Caller admin, String role) {
    return admin
        .post("/v1/members", "{\"user_name\":\"a\",\"role\":\"%s\"}".formatted(role))
        .expect(201)
        .body()
        .get("id")
        .asText();
  }

  @Test
  void anotherOrganizationsPeopleAreNotThere() {
    String id = auth.member("m" + UUID.randomUUID(), "viewer");
    Caller stranger = fresh();
    for (String path :
        List.of(
            "/v1/members/" + id,
            "/v1/members/" + id + "/sessions",
            "/v1/members/" + id + "/tokens")) {
      assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
    }
    stranger.put("/v1/members/" + id, "{\"active\":false}").expect(404);
    stranger.put("/v1/break-glass/" + id, "{\"password\":\"correct horse battery\"}").expect(404);
    assertThat(stranger.get("/v1/members").body().get("members")).isEmpty();
  }

  @Test
  void groupsGiveRolesAndTakeThemAway() {
    Person ada = auth.person("viewer");
    Caller session = ada.signIn();
    String name = "g" + UUID.randomUUID();
    String group =
        auth.operator()
            .post("/v1/groups", "{\"name\":\"%s\"}".formatted(name))
            .expect(201)
            .body()
            .get("id")
            .asText();
    auth.operator().post("/v1/groups", "{\"name\":\"%s\"}".formatted(name)).expect(409);
    auth.operator().post("/v1/groups/" + group + "/grants", "{\"role\":\"auditor\"}").expect(201);
    session.get("/v1/audit/events").expect(403);
    assertThat(auth.operator().get("/v1/groups/" + group).body().at("/grants/0/role").asText())
        .isEqualTo("auditor");
    auth.operator().delete("/v1/groups/" + group).expect(204);
    auth.operator().get("/v1/groups/" + group).expect(404);
  }

  @Test
  void singleSignOnIsNotEnforcedBeforeItWasSeenToWork() {
    Caller owner = auth.person("owner").signIn();
    Answer refused = owner.put("/v1/sign-in/policy", "{\"sso_enforced\":true}").expect(409);
    assertThat(refused.body().get("code").asText()).isEqualTo("sign-in-not-proven");
    assertThat(owner.get("/v1/sign-in/policy").body().get("sso_enforced").asBoolean()).isFalse();
  }

  @Test
  void everyAnswerTellsTheBrowserWhatItIsNot() {
    for (Answer answer :
        List.of(
            auth.operator().get("/v1/projects"),
            auth.anybody().get("/v1/projects"),
            auth.anybody().get("/nothing/here"),
            auth.anybody().get("/sign-in"))) {
      assertThat(answer.header("Content-Security-Policy"))
          .contains("default-src 'none'", "frame-ancestors 'none'");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/%0d%0aSet-Cookie:x=1\r\n",
        "/\tx",
        " /x",
        "\"><script>alert(1)</script>"
      })
  void thePageSendsNobodyElsewhere(String returnTo) {
    String asked = "/sign-in?return_to=" + URLEncoder.encode(returnTo, StandardCharsets.UTF_8);
    assertThat(auth.anybody().get(asked).expect(200).raw().body())
        .contains("name=\"return_to\" value=\"/\"")
        .doesNotContain("evil.example")
        .doesNotContain("<script");
  }

  private static List<JsonNode> events(String code) {
    JsonNode events =
        auth.operator().get("/v1/audit/events?limit=100&code=" + code).expect(200).body();
    return StreamSupport.stream(events.get("events").spliterator(), false).toList();
  }

  @Test
  void whoWasSeenWhereStandsInTheLog() {
    Instant before = Instant.now();
    Person ada = auth.person("owner");
    ada.signIn();
    assertThat(events("login.break_glass"))
        .anySatisfy(
            event -> {
              assertThat(event.at("/actor/kind").asText()).isEqualTo("person");
              assertThat(event.at("/actor/name").asText()).isEqualTo(ada.name());
              assertThat(event.get("address").asText()).isEqualTo("127.0.0.1");
              assertThat(Instant.parse(event.get("at").asText())).isAfter(before);
            });
  }
}
