package dev.saferun.audit.sink;

import dev.saferun.platform.Target;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP server that is not trusted: its address is judged with each connection, redirects,
 * cookies and upgrades are not followed, and what it may take of time and memory is bounded.
 */
final class HttpReceiver implements AutoCloseable {

  /** The settings that {@link #of} reads. */
  static final Set<String> SETTINGS = Set.of("url", "ca", "allow_plaintext", "timeout_seconds");

  private static final int ANSWER_BYTES_MAX = 4 << 20;
  private static final int HEADERS_MAX = 200;
  private static final int LINE_BYTES_MAX = 16 << 10;

  /** How long a judged address is good for: names may move. */
  private static final TimeValue CONNECTION_LIVES = TimeValue.ofMinutes(1);

  private final Target target;
  private final HttpHost host;
  private final Duration timeout;
  private final RetryAfter retryAfter;
  private final CloseableHttpClient client;

  private HttpReceiver(
      Target target, SSLContext tls, PinningResolver resolver, Duration timeout, Clock clock) {
    this.target = target;
    this.host = new HttpHost(target.scheme(), target.host(), target.port());
    this.timeout = timeout;
    this.retryAfter = new RetryAfter(clock);
    this.client = client(connections(tls, resolver, timeout), timeout);
  }

  static HttpReceiver of(Settings settings, SinkSurroundings surroundings) {
    return of(settings, settings.baseUrl(surroundings.guard()), surroundings);
  }

  static HttpReceiver of(Settings settings, Target target, SinkSurroundings surroundings) {
    return new HttpReceiver(
        target,
        Tls.context(settings),
        new PinningResolver(surroundings.guard(), target.port()),
        settings.timeout(),
        surroundings.clock());
  }

  private static PoolingHttpClientConnectionManager connections(
      SSLContext tls, PinningResolver resolver, Duration timeout) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
        .setDnsResolver(resolver)
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom()
                        .setMaxHeaderCount(HEADERS_MAX)
                        .setMaxLineLength(LINE_BYTES_MAX)
                        .build())
                .build())
        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(Timeout.of(timeout)).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(timeout))
                .setSocketTimeout(Timeout.of(timeout))
                .setTimeToLive(CONNECTION_LIVES)
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build())
        .build();
  }

  private static CloseableHttpClient client(
      PoolingHttpClientConnectionManager connections, Duration timeout) {
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setUserAgent("SafeRun")
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableAutomaticRetries()
        .disableContentCompression()
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(timeout))
                .setResponseTimeout(Timeout.of(timeout))
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .build();
  }

  Target target() {
    return target;
  }

  /**
   * @param further the path behind that of the receiver's URL
   */
  HttpAnswer post(String further, Map<String, String> headers, byte[] body)
      throws SinkException, InterruptedException {
    return send("POST", target.pathAndQuery(further), headers, body);
  }

  /** One request and its whole answer, whatever the status is. */
  HttpAnswer send(String method, String path, Map<String, String> headers, byte[] body)
      throws SinkException, InterruptedException {
    HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(path));
    headers.forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(body, null));
    try (Deadline deadline = Deadline.after(timeout, request::cancel)) {
      try {
        return client.execute(host, request, response -> answer(request, response));
      } catch (IOException fault) {
        throw Faults.of(fault, timeout, deadline);
      }
    }
  }

  private HttpAnswer answer(HttpUriRequestBase request, ClassicHttpResponse response)
      throws IOException {
    Map<String, String> headers = headers(response);
    String wait = headers.get("retry-after");
    return new HttpAnswer(
        response.getCode(),
        headers,
        body(request, response.getEntity()),
        wait == null ? null : retryAfter.read(wait));
  }

  private static Map<String, String> headers(ClassicHttpResponse response) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    return headers;
  }

  private static byte[] body(HttpUriRequestBase request, @Nullable HttpEntity entity)
      throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    byte[] body = entity.getContent().readNBytes(ANSWER_BYTES_MAX + 1);
    if (body.length > ANSWER_BYTES_MAX) {
      // Or the client would read the rest of it before it lets go.
      request.cancel();
      throw new IOException("the answer is longer than the limit");
    }
    return body;
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
