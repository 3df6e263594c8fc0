package dev.saferun.auth.http;

import dev.saferun.auth.keys.FailureLimit;
import dev.saferun.auth.keys.KeyEntry;
import dev.saferun.auth.keys.KeyIndex;
import dev.saferun.auth.keys.RateLimit;
import dev.saferun.auth.ticket.Tickets;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequestThreads;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets nothing under {@code /v1} and {@code /scim} pass without a good key, token or session, and
 * without the permission that the endpoint names; addresses that do not exist included. With a key
 * it runs on the event loop: one HMAC, one look-up, no waiting. A token or a session is looked up
 * in the database.
 */
@ServerFilter({"/v1/**", "/scim/**"})
class CallerFilter {

  /** Admin keys are people and their scripts; beyond this it is a mistake. */
  static final int ADMIN_REQUESTS_PER_SECOND_MAX = 1_000;

  private static final String SCHEME = "Bearer ";
  private static final String TICKET = "srt_";

  /** A source may be wrong a hundred times, and then five times a second. */
  private static final Duration FAILURE_FORGOTTEN = Duration.ofMillis(200);

  private static final int FAILURES_BURST = 100;
  private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final KeyIndex index;
  private final FailureLimit failures = new FailureLimit(FAILURE_FORGOTTEN, FAILURES_BURST);
  private final Environments environments;
  private final Tickets tickets;
  private final CsrfTokens csrf;
  private final Permits permits;
  private final RequestThreads threads;

  CallerFilter(
      KeyIndex index,
      Environments environments,
      Tickets tickets,
      CsrfTokens csrf,
      Permits permits,
      RequestThreads threads) {
    this.index = index;
    this.environments = environments;
    this.tickets = tickets;
    this.csrf = csrf;
    this.permits = permits;
    this.threads = threads;
  }

  /** The request goes on when the stage is done: with a key, at once. */
  @RequestFilter
  CompletionStage<HttpRequest<?>> authenticate(HttpRequest<?> request) {
    refuseNul(request);
    String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return Cookies.session(request)
          .map(ticket -> session(request, ticket))
          .orElseThrow(() -> refuse(request));
    }
    String credential = credential(header);
    if (credential.startsWith(TICKET)) {
      return admit(request, tickets.token(credential));
    }
    KeyEntry entry = index.find(credential).orElseThrow(() -> refuse(request));
    limit(request, entry);
    Caller.set(request, permits.permitted(request, entry.actor()));
    return CompletableFuture.completedFuture(request);
  }

  /** No name that is kept has this character, and the database takes it in none. */
  private static void refuseNul(HttpRequest<?> request) {
    if (request.getUri().toString().contains("%00")) {
      throw new ProblemException(
          CommonProblem.INVALID_PARAMETER, "an address must not hold the character U+0000");
    }
  }

  private static String credential(String header) {
    boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return bearer ? header.substring(SCHEME.length()) : "";
  }

  private CompletionStage<HttpRequest<?>> session(HttpRequest<?> request, String ticket) {
    if (!SAFE.contains(request.getMethod()) && !csrf.isGood(request, ticket)) {
      throw new ProblemException(
          CommonProblem.PERMISSION_REQUIRED,
          "a change in a session needs the header X-CSRF-Token, which GET /v1/session gives, and"
              + " comes from a page of this appliance");
    }
    return admit(request, tickets.session(ticket));
  }

  private CompletionStage<HttpRequest<?>> admit(
      HttpRequest<?> request, CompletionStage<Optional<Tickets.Holder>> search) {
    return search.thenApplyAsync(
        found -> {
          Tickets.Holder holder = found.orElseThrow(() -> refuse(request));
          holder.sessionId().ifPresent(id -> Caller.setSession(request, id));
          Caller.set(request, permits.permitted(request, holder.actor()));
          return request;
        },
        threads.here());
  }

  private ProblemException refuse(HttpRequest<?> request) {
    long wait = failures.failed(Caller.address(request), System.nanoTime());
    if (wait > 0) {
      return tooMany(request, wait, "too many keys from this address were not good");
    }
    return new ProblemException(
        CommonProblem.UNAUTHENTICATED,
        "send a good key or token as 'Authorization: Bearer ...', or sign in");
  }

  private void limit(HttpRequest<?> request, KeyEntry entry) {
    int perSecond = perSecond(entry.actor());
    RateLimit rate = entry.use().rate();
    long wait = rate.take(System.nanoTime(), perSecond, perSecond);
    if (wait > 0) {
      throw tooMany(request, wait, "this key may make " + perSecond + " requests a second");
    }
  }

  private int perSecond(Actor actor) {
    UUID environment = actor.scope().environmentId();
    return environment == null
        ? ADMIN_REQUESTS_PER_SECOND_MAX
        : environments
            .find(environment)
            .map(EnvironmentSettings::requestsPerSecondMax)
            .orElse(ADMIN_REQUESTS_PER_SECOND_MAX);
  }

  private static ProblemException tooMany(HttpRequest<?> request, long waitNanos, String detail) {
    RefusalHeaders.retryAfter(request, waitNanos);
    return new ProblemException(CommonProblem.TOO_MANY_REQUESTS, detail);
  }
}
