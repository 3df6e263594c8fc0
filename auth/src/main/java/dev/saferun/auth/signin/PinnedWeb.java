package dev.saferun.auth.signin;

import dev.saferun.auth.AuthConfiguration;
import dev.saferun.auth.oidc.IdpUnreachableException;
import dev.saferun.auth.oidc.IdpWeb;
import dev.saferun.auth.oidc.WebAnswer;
import dev.saferun.platform.AddressGuard;
import dev.saferun.platform.AddressRefusedException;
import dev.saferun.platform.Cidr;
import dev.saferun.platform.OutgoingHttp;
import dev.saferun.platform.OutgoingHttp.Answer;
import dev.saferun.platform.Resolver;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Calls identity providers, at addresses that were judged and nowhere else. */
@Singleton
class PinnedWeb implements IdpWeb {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Set<String> SCHEMES = Set.of("https", "http");

  private final AddressGuard guard;
  private final OutgoingHttp http;

  PinnedWeb(AuthConfiguration configuration) {
    this.guard =
        new AddressGuard(
            configuration.allowed().stream().map(Cidr::parse).toList(), Resolver.ofSystem());
    this.http = new OutgoingHttp(guard, TIMEOUT, WebAnswer.BODY_BYTES_MAX);
  }

  @PreDestroy
  void stop() throws IOException {
    http.close();
  }

  @Override
  public WebAnswer get(String url, Map<String, String> headers) throws IdpUnreachableException {
    return call("GET", url, headers, new byte[0]);
  }

  @Override
  public WebAnswer post(String url, Map<String, String> headers, byte[] body)
      throws IdpUnreachableException {
    return call("POST", url, headers, body);
  }

  private WebAnswer call(String method, String url, Map<String, String> headers, byte[] body)
      throws IdpUnreachableException {
    try {
      Answer answer = http.call(method, guard.target(url, SCHEMES), headers, body);
      return new WebAnswer(
          answer.status(), answer.headers().getOrDefault("content-type", ""), answer.body());
    } catch (AddressRefusedException refused) {
      throw new IdpUnreachableException("the address is not allowed", refused);
    } catch (IOException fault) {
      throw new IdpUnreachableException("no whole answer came", fault);
    }
  }
}
