package dev.saferun.auth.oidc;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Plain calls to this machine, bounded as the real ones are. Hosts may be told to be elsewhere, so
 * that a provider here can have an https address of the world.
 *
 * @param places from the start of an address to what stands there instead
 * @param patience that one call has
 */
record TestWeb(Map<String, String> places, Duration patience) implements IdpWeb {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  static TestWeb plain() {
    return new TestWeb(Map.of(), Duration.ofSeconds(30));
  }

  @Override
  public WebAnswer get(String url, Map<String, String> headers) throws IdpUnreachableException {
    return send(request(url, headers).GET().build());
  }

  @Override
  public WebAnswer post(String url, Map<String, String> headers, byte[] body)
      throws IdpUnreachableException {
    return send(request(url, headers).POST(BodyPublishers.ofByteArray(body)).build());
  }

  private HttpRequest.Builder request(String url, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(place(url)));
    headers.forEach(request::header);
    return request;
  }

  private String place(String url) {
    return places.entrySet().stream()
        .filter(place -> url.startsWith(place.getKey()))
        .findFirst()
        .map(place -> place.getValue() + url.substring(place.getKey().length()))
        .orElse(url);
  }

  private WebAnswer send(HttpRequest request) throws IdpUnreachableException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        CLIENT.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), WebAnswer.BODY_BYTES_MAX));
    try {
      HttpResponse<byte[]> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new WebAnswer(
          response.statusCode(),
          response.headers().firstValue("content-type").orElse(""),
          response.body());
    } catch (ExecutionException | TimeoutException fault) {
      answer.cancel(true);
      throw new IdpUnreachableException("no answer", new IOException(fault));
    } catch (InterruptedException fault) {
      throw new AssertionError(fault);
    }
  }
}
