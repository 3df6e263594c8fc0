package dev.saferun.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Calls servers that are not trusted, at a customer's addresses: each address is judged with each
 * connection, redirects, cookies and upgrades are not followed, and what an answer may take of time
 * and memory is bounded. Blocks.
 */
public final class OutgoingHttp implements AutoCloseable {

  private static final int HEADERS_MAX = 200;
  private static final int LINE_BYTES_MAX = 16 << 10;

  /** How long a judged address is good for: names may move. */
  private static final TimeValue CONNECTION_LIVES = TimeValue.ofMinutes(1);

  private final Duration timeout;
  private final int answerBytesMax;
  private final CloseableHttpClient client;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("outgoing-deadline-", 0).factory());

  public OutgoingHttp(AddressGuard guard, Duration timeout, int answerBytesMax) {
    this.timeout = timeout;
    this.answerBytesMax = answerBytesMax;
    this.client = client(guard, Timeout.of(timeout));
  }

  /**
   * A whole answer.
   *
   * @param headers by their names in lower case
   */
  public record Answer(int status, Map<String, String> headers, byte[] body) {}

  private static CloseableHttpClient client(AddressGuard guard, Timeout timeout) {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new Judged(guard))
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder()
                        .http1Config(
                            Http1Config.custom()
                                .setMaxHeaderCount(HEADERS_MAX)
                                .setMaxLineLength(LINE_BYTES_MAX)
                                .build())
                        .build())
                .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(timeout).build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .setTimeToLive(CONNECTION_LIVES)
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .build())
                .build())
        .setUserAgent("SafeRun")
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableAutomaticRetries()
        .disableContentCompression()
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout)
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .build();
  }

  /** One request and its whole answer, whatever the status is, before the time is over. */
  public Answer call(String method, Target target, Map<String, String> headers, byte[] body)
      throws IOException {
    HttpUriRequestBase request =
        new HttpUriRequestBase(method, URI.create(target.pathAndQuery("")));
    headers.forEach(request::setHeader);
    if (body.length > 0) {
      request.setEntity(new ByteArrayEntity(body, null));
    }
    // A server that sends a byte a second is in time with each of them.
    ScheduledFuture<?> deadline =
        deadlines.schedule(request::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return client.execute(
          new HttpHost(target.scheme(), target.host(), target.port()),
          request,
          response -> answer(request, response));
    } finally {
      deadline.cancel(false);
    }
  }

  private Answer answer(HttpUriRequestBase request, ClassicHttpResponse response)
      throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    return new Answer(response.getCode(), headers, body(request, response.getEntity()));
  }

  private byte[] body(HttpUriRequestBase request, @Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    byte[] body = entity.getContent().readNBytes(answerBytesMax + 1);
    if (body.length > answerBytesMax) {
      // Or the client would read the rest of it before it lets go.
      request.cancel();
      throw new IOException("the answer is longer than the limit");
    }
    return body;
  }

  @Override
  public void close() throws IOException {
    deadlines.shutdownNow();
    client.close();
  }

  /** The client connects to what this returns and to nothing else. */
  private record Judged(AddressGuard guard) implements DnsResolver {

    private static final int HTTPS_PORT = 443;

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      try {
        return guard.pin(host, HTTPS_PORT).addresses().toArray(InetAddress[]::new);
      } catch (AddressRefusedException refused) {
        UnknownHostException unknown = new UnknownHostException("refused");
        unknown.initCause(refused);
        throw unknown;
      }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
