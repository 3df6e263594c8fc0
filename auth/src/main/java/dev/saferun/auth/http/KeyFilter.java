package dev.saferun.auth.http;

import dev.saferun.auth.keys.FailureLimit;
import dev.saferun.auth.keys.KeyEntry;
import dev.saferun.auth.keys.KeyIndex;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;

/**
 * Lets nothing under {@code /v1} pass without a good key, addresses that do not exist included.
 * Runs on the event loop: one HMAC, one look-up, no waiting.
 */
@ServerFilter("/v1/**")
class KeyFilter {

  static final String ACTOR = "saferun.actor";

  /** Admin keys are people and their scripts; beyond this it is a mistake. */
  static final int ADMIN_REQUESTS_PER_SECOND_MAX = 1_000;

  private static final String SCHEME = "Bearer ";

  private final KeyIndex index;
  private final FailureLimit failures;
  private final Environments environments;

  KeyFilter(KeyIndex index, FailureLimit failures, Environments environments) {
    this.index = index;
    this.failures = failures;
    this.environments = environments;
  }

  @RequestFilter
  void authenticate(HttpRequest<?> request) {
    String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    Optional<KeyEntry> entry = header == null ? Optional.empty() : find(header);
    if (entry.isEmpty()) {
      throw refuse(request);
    }
    limit(request, entry.get());
    request.setAttribute(ACTOR, entry.get().actor());
  }

  private Optional<KeyEntry> find(String header) {
    boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return bearer ? index.find(header.substring(SCHEME.length())) : Optional.empty();
  }

  private ProblemException refuse(HttpRequest<?> request) {
    long wait = failures.failed(address(request), System.nanoTime());
    if (wait > 0) {
      return tooMany(request, wait, "too many keys from this address were not good");
    }
    return new ProblemException(
        CommonProblem.UNAUTHENTICATED, "send a good key as 'Authorization: Bearer srk_...'");
  }

  private void limit(HttpRequest<?> request, KeyEntry entry) {
    int perSecond = perSecond(entry.actor());
    long wait = entry.use().rate().take(System.nanoTime(), perSecond, perSecond);
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

  static String address(HttpRequest<?> request) {
    InetAddress address = request.getRemoteAddress().getAddress();
    return address == null ? "unresolved" : address.getHostAddress();
  }
}
