package dev.saferun.auth;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How people sign in.
 *
 * @param publicUrl the address at which browsers reach the appliance; identity providers send them
 *     back there
 * @param sessionIdle after how long without a request a session ends
 * @param sessionLife after how long a session ends in any case
 * @param allowedAddresses ranges of private addresses (CIDR) at which identity providers may be
 * @param trustedProxies ranges of addresses (CIDR) whose word is taken for where a request came
 *     from
 */
@ConfigurationProperties("saferun.auth")
public record AuthConfiguration(
    @Bindable(defaultValue = "http://127.0.0.1:8080") String publicUrl,
    @Bindable(defaultValue = "1h") Duration sessionIdle,
    @Bindable(defaultValue = "12h") Duration sessionLife,
    @Nullable List<String> allowedAddresses,
    @Nullable List<String> trustedProxies) {

  public AuthConfiguration {
    URI url = URI.create(publicUrl);
    boolean plain =
        url.getHost() != null
            && (url.getScheme().equals("https") || url.getScheme().equals("http"))
            && url.getRawQuery() == null
            && url.getRawFragment() == null
            && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
    if (!plain) {
      throw new IllegalArgumentException(
          "saferun.auth.public-url must be such as https://saferun.example.com, without a path");
    }
    publicUrl =
        publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
  }

  /** The ranges, none where none is given. */
  public List<String> allowed() {
    return allowedAddresses == null ? List.of() : allowedAddresses;
  }

  /** The proxies, none where none is given. */
  public List<String> proxies() {
    return trustedProxies == null ? List.of() : trustedProxies;
  }

  /** Whether browsers come by TLS; then they are told to come by nothing else. */
  public boolean isTls() {
    return publicUrl.startsWith("https:");
  }
}
