package dev.saferun.auth.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.saferun.platform.CanonicalJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A provider that does all as the protocol says until a test tells it otherwise. It insists on PKCE
 * as RFC 9700 2.1.1 and 4.8.2 want: a code without a challenge goes with no verifier, and one with
 * a challenge only with its own.
 */
final class HostileProvider implements AutoCloseable {

  static final String HOST = "https://idp.example.com";
  static final String ISSUER = HOST + "/tenant";
  static final String CLIENT = "saferun";
  static final String SECRET = "a secret:of +ä";
  static final String SUBJECT = "ada-1";

  private static final TestKey RSA = TestKey.rsa("key-1", 2048);

  /** What a code stands for. */
  private record Grant(String redirectUri, String nonce, @Nullable String challenge) {}

  /** How one address answers, where it is not as it should. */
  interface Manner {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final TestClock clock;
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

  final Map<String, Object> metadata = new HashMap<>();
  final List<Map<String, Object>> keys = new ArrayList<>(List.of(RSA.jwk()));
  final Map<String, Object> userinfo = new HashMap<>(Map.of("sub", SUBJECT));
  final Map<String, Object> header = new HashMap<>();
  final Map<String, Manner> manners = new ConcurrentHashMap<>();
  TestKey signer = RSA;
  String typeOfTokens = "application/json";
  boolean namesItself = true;
  Consumer<Map<String, Object>> claims = unchanged -> {};
  Consumer<Map<String, Object>> logoutClaims = unchanged -> {};
  Consumer<Map<String, Object>> tokenAnswer = unchanged -> {};
  UnaryOperator<String> payload = UnaryOperator.identity();
  UnaryOperator<String> token = UnaryOperator.identity();

  HostileProvider(TestClock clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
    describe(ISSUER);
  }

  /** Calls itself by this name, and everything of it. */
  void describe(String issuer) {
    metadata.clear();
    metadata.put("issuer", issuer);
    metadata.put("authorization_endpoint", issuer + "/authorize");
    metadata.put("token_endpoint", issuer + "/token");
    metadata.put("jwks_uri", issuer + "/keys");
    metadata.put("userinfo_endpoint", issuer + "/userinfo");
    metadata.put("end_session_endpoint", issuer + "/end");
    metadata.put("id_token_signing_alg_values_supported", new ArrayList<>(List.of("RS256")));
    metadata.put("code_challenge_methods_supported", List.of("plain", "S256"));
    metadata.put("authorization_response_iss_parameter_supported", true);
  }

  String issuer() {
    return String.valueOf(metadata.get("issuer"));
  }

  /** It says that it signs with this, it publishes the key, and it signs with it. */
  void signWith(TestKey key) {
    metadata.put("id_token_signing_alg_values_supported", List.of(key.algorithm()));
    keys.clear();
    keys.add(key.jwk());
    signer = key;
  }

  void says(String algorithm) {
    metadata.put("id_token_signing_alg_values_supported", List.of("RS256", algorithm));
  }

  /** A header and claims as another hand would sign them. */
  void forge(UnaryOperator<String> forger) {
    token = forger;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int calls(String path) {
    return calls.getOrDefault(path, new AtomicInteger()).get();
  }

  /** What the person's browser does: goes to the address, logs in, comes back. */
  Map<String, List<String>> authorize(String url) {
    Map<String, String> request = form(URI.create(url).getRawQuery());
    if (!"code".equals(request.get("response_type")) || !CLIENT.equals(request.get("client_id"))) {
      throw new AssertionError("not a request for a code");
    }
    if (request.containsKey("code_challenge")
        && !"S256".equals(request.get("code_challenge_method"))) {
      throw new AssertionError("a challenge that is none");
    }
    Map<String, List<String>> answer = new HashMap<>();
    answer.put("code", List.of(grant(request)));
    answer.put("state", List.of(String.valueOf(request.get("state"))));
    if (namesItself) {
      answer.put("iss", List.of(issuer()));
    }
    return answer;
  }

  private String grant(Map<String, String> request) {
    String code = UUID.randomUUID().toString();
    grants.put(
        code,
        new Grant(
            String.valueOf(request.get("redirect_uri")),
            String.valueOf(request.get("nonce")),
            request.get("code_challenge")));
    return code;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().replaceFirst("^/tenant", "");
      calls.computeIfAbsent(path, first -> new AtomicInteger()).incrementAndGet();
      manners.getOrDefault(path, this::serveAsItShould).answer(exchange);
    }
  }

  private void serveAsItShould(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath().replaceFirst("^/tenant", "")) {
      case "/.well-known/openid-configuration" -> json(exchange, 200, metadata);
      case "/keys" -> json(exchange, 200, Map.of("keys", keys));
      case "/token" -> exchangeCode(exchange);
      case "/userinfo" -> userinfo(exchange);
      default -> json(exchange, 404, Map.of());
    }
  }

  private void exchangeCode(HttpExchange exchange) throws IOException {
    Map<String, String> request =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    if (!isClient(exchange, request)) {
      json(exchange, 401, Map.of("error", "invalid_client"));
      return;
    }
    String code = String.valueOf(request.get("code"));
    Grant grant = grants.remove(code);
    if (grant == null || !isHolder(grant, request)) {
      json(
          exchange,
          400,
          Map.of("error", "invalid_grant", "error_description", "no\u0000 <b>such " + SECRET));
      return;
    }
    answer(exchange, 200, typeOfTokens, CanonicalJson.write(answer(grant, code)));
  }

  private static boolean isClient(HttpExchange exchange, Map<String, String> request) {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization == null) {
      // A public client, or one that wrote its secret into the form.
      return CLIENT.equals(request.get("client_id"))
          && SECRET.equals(request.getOrDefault("client_secret", SECRET));
    }
    String decoded =
        new String(
            Base64.getDecoder().decode(authorization.substring("Basic ".length())),
            StandardCharsets.UTF_8);
    String[] parts = decoded.split(":", -1);
    return CLIENT.equals(decode(parts[0])) && SECRET.equals(decode(parts[1]));
  }

  private static boolean isHolder(Grant grant, Map<String, String> request) {
    String verifier = request.get("code_verifier");
    boolean isProven =
        grant.challenge() == null
            ? verifier == null
            : verifier != null && grant.challenge().equals(Texts.codeChallenge(verifier));
    return isProven
        && "authorization_code".equals(request.get("grant_type"))
        && grant.redirectUri().equals(request.get("redirect_uri"));
  }

  private Map<String, Object> answer(Grant grant, String code) {
    String access = "access-" + UUID.randomUUID();
    Map<String, Object> idToken = commonClaims();
    idToken.put("sub", SUBJECT);
    idToken.put("nonce", grant.nonce());
    idToken.put("at_hash", Texts.leftHalf(algorithm(), access));
    idToken.put("c_hash", Texts.leftHalf(algorithm(), code));
    idToken.put("auth_time", clock.seconds());
    idToken.put("email", "ada@example.com");
    idToken.put("email_verified", true);
    idToken.put("name", "Ada Lovelace");
    idToken.put("groups", List.of("engineers", "reviewers"));
    idToken.put("sid", "session-1");
    claims.accept(idToken);
    Map<String, Object> answer = new HashMap<>();
    answer.put("token_type", "Bearer");
    answer.put("access_token", access);
    answer.put("expires_in", 300L);
    answer.put("id_token", token.apply(signed("JWT", idToken)));
    tokenAnswer.accept(answer);
    return answer;
  }

  private SignatureAlgorithm algorithm() {
    return SignatureAlgorithm.find(signer.algorithm()).orElseThrow();
  }

  private Map<String, Object> commonClaims() {
    Map<String, Object> common = new HashMap<>();
    common.put("iss", issuer());
    common.put("aud", CLIENT);
    common.put("iat", clock.seconds());
    common.put("exp", clock.seconds() + 120);
    return common;
  }

  String logoutToken() {
    return token.apply(spareLogoutToken());
  }

  /** One that nobody has forged yet. */
  String spareLogoutToken() {
    Map<String, Object> claims = commonClaims();
    claims.put("sub", SUBJECT);
    claims.put("sid", "session-1");
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    logoutClaims.accept(claims);
    return signed("logout+jwt", claims);
  }

  private String signed(String type, Map<String, Object> claims) {
    Map<String, Object> head = head(signer);
    head.put("typ", type);
    head.putAll(header);
    head.values().removeIf(""::equals);
    String text = payload.apply(new String(CanonicalJson.write(claims), StandardCharsets.UTF_8));
    return signer.sign(head, TestKey.bytes(text));
  }

  static Map<String, Object> head(TestKey key) {
    return new HashMap<>(Map.of("alg", key.algorithm(), "kid", key.id()));
  }

  private void userinfo(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    boolean isKnown = authorization != null && authorization.startsWith("Bearer access-");
    json(exchange, isKnown ? 200 : 401, userinfo);
  }

  static void json(HttpExchange exchange, int status, Object tree) throws IOException {
    answer(exchange, status, "application/json;charset=UTF-8", CanonicalJson.write(tree));
  }

  static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int end = pair.indexOf('=');
      String before = form.put(decode(pair.substring(0, end)), decode(pair.substring(end + 1)));
      if (before != null) {
        throw new AssertionError("a parameter twice");
      }
    }
    return form;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
