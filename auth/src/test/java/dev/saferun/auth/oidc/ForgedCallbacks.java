package dev.saferun.auth.oidc;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Browsers that come back with what was not given to them, or not in this login. */
final class ForgedCallbacks {

  private ForgedCallbacks() {}

  static List<Forgery> all() {
    List<Forgery> all = new ArrayList<>();
    all.addAll(states());
    all.addAll(mixUps());
    all.addAll(codes());
    all.addAll(flows());
    return all;
  }

  private static Forgeries.Change callback(Consumer<Map<String, List<String>>> change) {
    return scene -> scene.callback = change;
  }

  private static List<Forgery> states() {
    return new Forgeries("state")
        .login(OidcCheck.STATE, "none", callback(query -> query.remove("state")))
        .login(OidcCheck.STATE, "empty", callback(query -> query.put("state", List.of(""))))
        .login(OidcCheck.STATE, "of another", callback(query -> query.put("state", List.of("x"))))
        .login(
            OidcCheck.STATE,
            "of another login of the same browser",
            scene -> {
              String other = scene.begin().flow().state();
              scene.callback = query -> query.put("state", List.of(other));
            })
        .login(OidcCheck.PARAMETER_TWICE, "twice", callback(query -> twice(query, "state")))
        .list();
  }

  private static void twice(Map<String, List<String>> query, String name) {
    query.put(name, List.of(query.getOrDefault(name, List.of()).getFirst(), "another"));
  }

  private static List<Forgery> mixUps() {
    return new Forgeries("mix-up")
        .login(
            OidcCheck.RESPONSE_ISSUER,
            "the answer of another provider",
            callback(query -> query.put("iss", List.of("https://evil.test"))))
        .login(
            OidcCheck.RESPONSE_ISSUER,
            "an answer without a name",
            callback(query -> query.remove("iss")))
        .login(
            OidcCheck.RESPONSE_ISSUER,
            "the answer of another, where ours promised no name",
            scene -> {
              scene.provider.metadata.remove("authorization_response_iss_parameter_supported");
              scene.callback = query -> query.put("iss", List.of("https://evil.test"));
            })
        .login(
            OidcRefusal.RESPONSE_ISSUER,
            "another provider's words of an error",
            callback(
                query -> {
                  query.put("iss", List.of("https://evil.test"));
                  query.put("error", List.of("call_this_number"));
                }))
        .login(OidcCheck.PARAMETER_TWICE, "two names", callback(query -> twice(query, "iss")))
        .list();
  }

  private static List<Forgery> codes() {
    return new Forgeries("code")
        .login(OidcCheck.PARAMETER_TWICE, "twice", callback(query -> twice(query, "code")))
        .login(OidcRefusal.CODE, "none", callback(query -> query.remove("code")))
        .login(
            OidcRefusal.CODE,
            "very long",
            callback(query -> query.put("code", List.of("x".repeat(9_000)))))
        .login(
            OidcRefusal.LOGIN_DENIED,
            "beside an error",
            callback(query -> query.put("error", List.of("access_denied"))))
        .login(
            OidcRefusal.CODE_DENIED,
            "invented",
            callback(query -> query.put("code", List.of(UUID.randomUUID().toString()))))
        .login(
            OidcCheck.CODE_VERIFIER,
            "asked for without our challenge",
            scene -> scene.link = url -> url.replaceAll("&?code_challenge(_method)?=[^&]*", ""))
        .login(
            OidcRefusal.CODE_DENIED,
            "asked for with another challenge",
            scene -> scene.link = ForgedCallbacks::withOtherChallenge)
        .attempt(
            OidcRefusal.CODE_DENIED,
            "used before",
            scene -> {
              List<String> codes = new ArrayList<>();
              scene.callback = query -> codes.addAll(query.getOrDefault("code", List.of()));
              scene.accepted();
              scene.callback = query -> query.put("code", codes);
              return scene.refusalOfLogin();
            })
        .attempt(
            OidcRefusal.CODE_DENIED,
            "of another login of the same browser",
            scene -> {
              List<String> codes =
                  scene
                      .provider
                      .authorize(scene.begin().authorizationUrl())
                      .getOrDefault("code", List.of());
              scene.callback = query -> query.put("code", codes);
              return scene.refusalOfLogin();
            })
        .login(
            OidcRefusal.CODE_DENIED,
            "for another redirect address",
            scene ->
                scene.link =
                    url -> url.replace(encoded(Scene.REDIRECT), encoded("https://evil.test/")))
        .list();
  }

  private static String withOtherChallenge(String url) {
    return url.replaceAll(
        "code_challenge=[^&]*", "code_challenge=" + Texts.codeChallenge(Texts.secret()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<Forgery> flows() {
    return new Forgeries("flow")
        .login(
            OidcCheck.FLOW_CONNECTION,
            "of another connection",
            scene -> scene.flow = flow -> of(flow, UUID.randomUUID(), flow.clientId()))
        .login(
            OidcCheck.FLOW_CONNECTION,
            "of another client",
            scene -> scene.flow = flow -> of(flow, flow.connectionId(), "other"))
        .login(
            OidcCheck.FLOW_AGE,
            "begun long ago",
            scene ->
                scene.callback = query -> scene.clock.advance(OidcOptions.defaults().flowLife()))
        .login(
            OidcCheck.FLOW_AGE,
            "begun in the future",
            scene ->
                scene.callback = query -> scene.clock.advance(java.time.Duration.ofMinutes(-2)))
        .list();
  }

  private static OidcFlow of(OidcFlow flow, UUID connectionId, String clientId) {
    return new OidcFlow(
        connectionId,
        flow.issuer(),
        clientId,
        flow.redirectUri(),
        flow.state(),
        flow.nonce(),
        flow.codeVerifier(),
        flow.startedAt());
  }
}
