package dev.saferun.auth.http;

import dev.saferun.auth.saml.SamlDelivery;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** The few pages that a browser meets on its way in. They load nothing from anywhere. */
final class Pages {

  private static final String STYLE =
      """
      :root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:26rem;\
      margin:12vh auto;padding:0 1rem}h1{font-size:1.4rem}label{display:block;margin:1rem 0 .25rem}\
      input,button{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid;\
      border-radius:.25rem}button{margin-top:1rem;cursor:pointer}p small{opacity:.75}\
      """;

  private static final String SCRIPT = "document.forms[0].submit()";
  private static final String STYLE_HASH = hash(STYLE);
  private static final String SCRIPT_HASH = hash(SCRIPT);

  private Pages() {}

  /** Asks for an e-mail address, which says where to sign in. */
  static MutableHttpResponse<String> signIn(String returnTo, String notice) {
    return page(
        HttpStatus.OK,
        "Sign in",
        (notice.isEmpty() ? "" : "<p role=\"alert\">" + escaped(notice) + "</p>")
            + """
            <form method="get" action="/sign-in/find"><label for="email">Your e-mail address at work\
            </label><input id="email" name="email" type="email" autocomplete="username" required \
            autofocus><input type="hidden" name="return_to" value="%s"><button>Go on</button></form>
            """
                .formatted(escaped(returnTo)),
        "form-action *");
  }

  /** Says in one sentence what came of it. */
  static MutableHttpResponse<String> message(
      HttpStatus status, String title, String text, String requestId) {
    return page(
        status,
        title,
        "<p>%s</p><p><a href=\"/sign-in\">Sign in</a></p><p><small>Request %s</small></p>"
            .formatted(escaped(text), escaped(requestId)),
        "form-action 'none'");
  }

  /** Sends the browser to an identity provider, by an address or by a form. */
  static MutableHttpResponse<String> deliver(SamlDelivery delivery) {
    return switch (delivery) {
      case SamlDelivery.Redirect redirect -> seeOther(redirect.location());
      case SamlDelivery.Post post -> post(post.location(), post.fields());
    };
  }

  static MutableHttpResponse<String> seeOther(String location) {
    return HttpResponse.<String>status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, location);
  }

  private static MutableHttpResponse<String> post(String location, Map<String, String> fields) {
    StringBuilder form =
        new StringBuilder("<form method=\"post\" action=\"")
            .append(escaped(location))
            .append("\">");
    fields.forEach(
        (name, value) ->
            form.append("<input type=\"hidden\" name=\"")
                .append(escaped(name))
                .append("\" value=\"")
                .append(escaped(value))
                .append("\">"));
    form.append("<button>Go on</button></form><script>").append(SCRIPT).append("</script>");
    return page(
        HttpStatus.OK,
        "Going to your identity provider",
        form.toString(),
        "form-action " + origin(location) + "; script-src 'sha256-" + SCRIPT_HASH + "'");
  }

  private static String origin(String location) {
    URI uri = URI.create(location);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private static MutableHttpResponse<String> page(
      HttpStatus status, String title, String body, String policy) {
    return HttpResponse.<String>status(status)
        .body(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>"
                + escaped(title)
                + " - SafeRun</title><style>"
                + STYLE
                + "</style></head><body><main><h1>"
                + escaped(title)
                + "</h1>"
                + body
                + "</main></body></html>")
        .contentType(MediaType.TEXT_HTML_TYPE)
        .header(
            "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; style-src 'sha256-"
                + STYLE_HASH
                + "'; "
                + policy);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String hash(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java has SHA-256", never);
    }
  }
}
