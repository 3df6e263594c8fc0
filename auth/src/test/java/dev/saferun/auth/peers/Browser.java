package dev.saferun.auth.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.Connection.KeyVal;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/**
 * A person's browser, as far as logins need one: it follows redirects, keeps cookies, submits
 * forms, and submits by itself a form that a page's script would submit at once (SAML's POST
 * binding, OpenID's {@code form_post}).
 */
public final class Browser implements AutoCloseable {

  private static final int STEPS_MAX = 20;

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final CookieJar cookies = new CookieJar();
  private final String home;

  /**
   * @param home how addresses start that are not asked for: the browser stops before them, and its
   *     page has the address alone
   */
  public Browser(String home) {
    this.home = home;
  }

  /** A request, before it is one. */
  private record Step(URI address, Optional<String> form) {}

  public Page open(String url) {
    return go(new Step(URI.create(url), Optional.empty()));
  }

  /** Fills in the first form of a page and submits it. */
  public Page submit(Page page, Map<String, String> fields) {
    return go(step(form(page.document()), fields));
  }

  private static FormElement form(Document document) {
    return document.forms().stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no form: " + document.text()));
  }

  private Page go(Step first) {
    Step step = first;
    for (int count = 0; count < STEPS_MAX; count++) {
      if (step.address().toString().startsWith(home)) {
        return new Page(step.address(), 0, step.form().orElse(""));
      }
      HttpResponse<String> answer = send(step);
      Page page = new Page(step.address(), answer.statusCode(), answer.body());
      Optional<Step> next = next(page, answer);
      if (next.isEmpty()) {
        return page;
      }
      step = next.get();
    }
    throw new IllegalStateException("a redirect without an end");
  }

  private Optional<Step> next(Page page, HttpResponse<String> answer) {
    if (answer.statusCode() / 100 == 3) {
      return answer
          .headers()
          .firstValue("location")
          .map(to -> new Step(page.address().resolve(to), Optional.empty()));
    }
    Document document = page.document();
    return isSubmittedByScript(document)
        ? Optional.of(step(form(document), Map.of()))
        : Optional.empty();
  }

  /** Nothing to fill in, and a script that submits. */
  private static boolean isSubmittedByScript(Document document) {
    boolean hasOnlyHidden =
        document.forms().size() == 1
            && document.select("input:not([type=hidden]):not([type=submit])").isEmpty()
            && !document.select("input[type=hidden]").isEmpty();
    String scripts =
        document.select("script").stream().map(Element::data).collect(Collectors.joining())
            + document.body().attr("onload");
    return hasOnlyHidden && scripts.contains("submit()");
  }

  private static Step step(FormElement form, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>();
    for (KeyVal pair : form.formData()) {
      all.put(pair.key(), pair.value());
    }
    all.putAll(fields);
    String encoded =
        all.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    URI action = URI.create(form.hasAttr("action") ? form.absUrl("action") : form.baseUri());
    return form.attr("method").equalsIgnoreCase("post")
        ? new Step(action, Optional.of(encoded))
        : new Step(URI.create(action + "?" + encoded), Optional.empty());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(Step step) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(step.address()).header("Accept", "text/html");
    String cookie = cookies.header(step.address());
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    step.form()
        .ifPresent(
            form ->
                request
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form)));
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      for (String header : answer.headers().map().getOrDefault("set-cookie", List.of())) {
        cookies.take(step.address(), header);
      }
      return answer;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** The cookies that go to an address. */
  public String cookies(String url) {
    return cookies.header(URI.create(url));
  }

  @Override
  public void close() {
    client.close();
  }
}
