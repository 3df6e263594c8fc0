package dev.saferun.auth.saml;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of a browser as a login needs: cookies, redirects one by one, forms that post. */
final class Browser {

  private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]*)\"");
  private static final Pattern FIELD = Pattern.compile("<input[^>]*name=\"([^\"]*)\"[^>]*>");
  private static final Pattern VALUE = Pattern.compile("value=\"([^\"]*)\"");

  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  /**
   * Where it got to.
   *
   * @param location of a redirect; empty where there is none
   */
  record Page(int status, String address, String location, String text) {

    boolean hasForm() {
      return FORM.matcher(text).find();
    }

    /** The address that the form posts to. */
    String action() {
      Matcher form = FORM.matcher(text);
      if (!form.find()) {
        throw new IllegalStateException("no form: " + status + " " + text);
      }
      String action = unescaped(form.group(1));
      // What Java makes of a query alone is not what browsers make of it.
      return action.startsWith("?")
          ? address.replaceFirst("\\?.*", "") + action
          : URI.create(address).resolve(action).toString();
    }

    Map<String, String> fields() {
      Map<String, String> fields = new LinkedHashMap<>();
      Matcher field = FIELD.matcher(text);
      while (field.find()) {
        Matcher value = VALUE.matcher(field.group());
        fields.put(unescaped(field.group(1)), value.find() ? unescaped(value.group(1)) : "");
      }
      return fields;
    }
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#039;", "'")
        .replace("&amp;", "&");
  }

  Page get(String address) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(address)).build());
  }

  Page post(String address, Map<String, String> fields) throws IOException, InterruptedException {
    String body =
        fields.entrySet().stream()
            .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Carries a message of ours to where it goes. */
  Page carry(SamlMessage message) throws IOException, InterruptedException {
    return switch (message.delivery()) {
      case SamlDelivery.Redirect redirect -> get(redirect.location());
      case SamlDelivery.Post post -> post(post.location(), post.fields());
    };
  }

  private Page send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new Page(
        response.statusCode(),
        request.uri().toString(),
        response.headers().firstValue("Location").orElse(""),
        response.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
