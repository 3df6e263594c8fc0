package dev.saferun.auth.http;

import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequestId;
import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.UUID;

/** Who the filter found to make a request, where the request keeps it. */
final class Caller {

  private static final String ACTOR = "saferun.actor";
  private static final String SESSION = "saferun.session";

  private Caller() {}

  static void set(HttpRequest<?> request, Actor actor) {
    request.setAttribute(ACTOR, actor);
  }

  static void setSession(HttpRequest<?> request, UUID session) {
    request.setAttribute(SESSION, session);
  }

  /** The actor, acting in this request; where there is none, nobody gets in. */
  static Actor require(HttpRequest<?> request) {
    return request
        .getAttribute(ACTOR, Actor.class)
        .orElseThrow(
            () ->
                new ProblemException(
                    CommonProblem.UNAUTHENTICATED, "this address cannot be reached this way"));
  }

  /** The session in which the request was made; empty where it was made with a key or a token. */
  static Optional<UUID> session(HttpRequest<?> request) {
    return request.getAttribute(SESSION, UUID.class);
  }

  static Actor inRequest(HttpRequest<?> request) {
    return require(request).inRequest(RequestId.of(request), address(request));
  }

  static String address(HttpRequest<?> request) {
    return ClientAddress.of(request);
  }
}
