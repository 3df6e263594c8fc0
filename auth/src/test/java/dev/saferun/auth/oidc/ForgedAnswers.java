package dev.saferun.auth.oidc;

import dev.saferun.auth.oidc.HostileProvider.Manner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A provider, or somebody in its place, that answers other than it should. */
final class ForgedAnswers {

  private static final String DESCRIPTION = "/.well-known/openid-configuration";

  private ForgedAnswers() {}

  static List<Forgery> all() {
    List<Forgery> all = new ArrayList<>();
    all.addAll(descriptions());
    all.addAll(addresses());
    all.addAll(tokens());
    all.addAll(userinfo());
    all.addAll(floods());
    return all;
  }

  private static List<Forgery> descriptions() {
    return new Forgeries("description")
        .login(
            OidcCheck.DISCOVERY_ISSUER,
            "of another issuer",
            scene -> {
              scene.provider.claims = claims -> claims.put("iss", HostileProvider.ISSUER);
              scene.provider.metadata.put("issuer", "https://evil.test");
              scene.callback = query -> query.put("iss", List.of(HostileProvider.ISSUER));
            })
        .login(
            OidcCheck.DISCOVERY_ISSUER,
            "of one with a slash more",
            scene -> {
              scene.provider.claims = claims -> claims.put("iss", HostileProvider.ISSUER);
              scene.provider.metadata.put("issuer", HostileProvider.ISSUER + "/");
              scene.callback = query -> query.put("iss", List.of(HostileProvider.ISSUER));
            })
        .login(
            OidcCheck.CODE_CHALLENGE,
            "takes only plain challenges",
            scene ->
                scene.provider.metadata.put("code_challenge_methods_supported", List.of("plain")))
        .login(
            OidcCheck.ANSWER_TYPE,
            "is a page",
            scene -> scene.provider.manners.put(DESCRIPTION, page(scene.provider.metadata)))
        .login(
            OidcRefusal.ANSWER,
            "is elsewhere",
            scene -> scene.provider.manners.put(DESCRIPTION, elsewhere()))
        .login(
            OidcRefusal.DISCOVERY,
            "has no token endpoint",
            scene -> scene.provider.metadata.remove("token_endpoint"))
        .login(
            OidcRefusal.DISCOVERY,
            "says a thing twice",
            scene ->
                scene.provider.manners.put(
                    DESCRIPTION, text("{\"issuer\":\"https://evil.test\",\"issuer\":\"x\"}")))
        .login(
            OidcRefusal.ALGORITHM,
            "signs with nothing that is known",
            scene ->
                scene.provider.metadata.put(
                    "id_token_signing_alg_values_supported", List.of("HS256", "none")))
        .list();
  }

  private static List<Forgery> addresses() {
    return new Forgeries("address of the provider")
        .login(
            OidcCheck.ADDRESS,
            "the issuer's is http",
            scene -> {
              scene.issuer = HostileProvider.ISSUER.replace("https", "http");
              scene.provider.describe(scene.issuer);
            })
        .login(
            OidcCheck.ADDRESS,
            "the authorization endpoint's is http",
            scene -> plain(scene, "authorization_endpoint"))
        .login(
            OidcCheck.ADDRESS,
            "the token endpoint's is http",
            scene -> plain(scene, "token_endpoint"))
        .login(OidcCheck.ADDRESS, "the keys' is http", scene -> plain(scene, "jwks_uri"))
        .login(
            OidcCheck.ADDRESS,
            "the end of session's is http",
            scene -> plain(scene, "end_session_endpoint"))
        .login(
            OidcRefusal.ADDRESS,
            "a script",
            scene -> scene.provider.metadata.put("authorization_endpoint", "javascript:alert(1)//"))
        .login(
            OidcCheck.ADDRESS,
            "a user before the host",
            scene ->
                scene.provider.metadata.put(
                    "authorization_endpoint", "https://idp.example.com@evil.test/"))
        .login(
            OidcRefusal.ADDRESS,
            "a fragment",
            scene ->
                scene.provider.metadata.put(
                    "authorization_endpoint", HostileProvider.ISSUER + "/authorize#x"))
        .login(
            OidcRefusal.ADDRESS,
            "a relative one",
            scene -> scene.provider.metadata.put("token_endpoint", "/token"))
        .list();
  }

  private static void plain(Scene scene, String member) {
    String url = (String) scene.provider.metadata.getOrDefault(member, "");
    scene.provider.metadata.put(member, url.replace("https://", "http://"));
  }

  private static List<Forgery> tokens() {
    return new Forgeries("answer of the token endpoint")
        .login(
            OidcCheck.ACCESS_TOKEN_TYPE,
            "a token of another type",
            scene -> scene.provider.tokenAnswer = answer -> answer.put("token_type", "mac"))
        .login(
            OidcCheck.ACCESS_TOKEN_TYPE,
            "a token of no type",
            scene -> scene.provider.tokenAnswer = answer -> answer.remove("token_type"))
        .login(
            OidcCheck.ANSWER_TYPE,
            "tokens in a page",
            scene -> scene.provider.typeOfTokens = "text/html")
        .login(
            OidcRefusal.TOKEN_ANSWER,
            "no ID token",
            scene -> scene.provider.tokenAnswer = answer -> answer.remove("id_token"))
        .login(
            OidcRefusal.TOKEN_ANSWER,
            "no access token",
            scene -> scene.provider.tokenAnswer = answer -> answer.remove("access_token"))
        .login(
            OidcRefusal.TOKEN_ANSWER,
            "an error with success",
            scene ->
                scene.provider.manners.put(
                    "/token", exchange -> HostileProvider.json(exchange, 200, error())))
        .login(
            OidcRefusal.CODE_DENIED,
            "is elsewhere",
            scene -> scene.provider.manners.put("/token", elsewhere()))
        .login(
            OidcRefusal.CODE_DENIED,
            "an error in a page",
            scene ->
                scene.provider.manners.put(
                    "/token",
                    exchange ->
                        HostileProvider.answer(exchange, 500, "text/html", new byte[] {'x'})))
        .login(
            OidcCheck.ACCESS_TOKEN_HASH,
            "another access token",
            scene -> scene.provider.tokenAnswer = answer -> answer.put("access_token", "access-x"))
        .list();
  }

  private static Map<String, Object> error() {
    return new HashMap<>(Map.of("error", "temporarily_unavailable"));
  }

  private static List<Forgery> userinfo() {
    return new Forgeries("userinfo")
        .login(
            OidcCheck.USERINFO_SUBJECT,
            "of somebody else",
            scene -> {
              scene.readsUserinfo = true;
              scene.provider.userinfo.put("sub", "eve");
            })
        .login(
            OidcRefusal.USERINFO,
            "of nobody",
            scene -> {
              scene.readsUserinfo = true;
              scene.provider.userinfo.remove("sub");
            })
        .login(
            OidcCheck.ANSWER_TYPE,
            "in a page",
            scene -> {
              scene.readsUserinfo = true;
              scene.provider.manners.put("/userinfo", page(scene.provider.userinfo));
            })
        .login(
            OidcRefusal.USERINFO,
            "is elsewhere",
            scene -> {
              scene.readsUserinfo = true;
              scene.provider.manners.put("/userinfo", elsewhere());
            })
        .login(
            OidcRefusal.USERINFO,
            "is nowhere",
            scene -> {
              scene.readsUserinfo = true;
              scene.provider.metadata.remove("userinfo_endpoint");
            })
        .list();
  }

  private static List<Forgery> floods() {
    Forgeries floods = new Forgeries("flood");
    for (String path : List.of(DESCRIPTION, "/keys", "/token", "/userinfo")) {
      floods.login(
          OidcRefusal.UNREACHABLE,
          "an answer without an end of " + path,
          scene -> {
            scene.readsUserinfo = true;
            scene.provider.manners.put(path, ForgedAnswers::flood);
          });
    }
    return floods.list();
  }

  private static Manner page(Object tree) {
    return exchange ->
        HostileProvider.answer(
            exchange, 200, "text/html", dev.saferun.platform.CanonicalJson.write(tree));
  }

  private static Manner text(String json) {
    return exchange ->
        HostileProvider.answer(
            exchange, 200, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  private static Manner elsewhere() {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", HostileProvider.ISSUER + "/evil");
      HostileProvider.answer(exchange, 302, "text/plain", new byte[0]);
    };
  }

  private static void flood(com.sun.net.httpserver.HttpExchange exchange)
      throws java.io.IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    byte[] part = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
    for (int sent = 0; sent <= 64 * WebAnswer.BODY_BYTES_MAX; sent += part.length) {
      exchange.getResponseBody().write(part);
    }
  }
}
