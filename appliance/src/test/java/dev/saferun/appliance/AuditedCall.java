package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A call that succeeds, made by somebody whose name the audit log must tell.
 *
 * @param places what stands in the places of its path
 * @param absentPath the same path with names and ids that nothing has
 */
record AuditedCall(
    Caller by, String method, String path, String body, List<String> places, String absentPath) {

  private static final String REQUEST_ID = "X-Request-Id";
  private static final int EVENTS_MAX = 100;

  /**
   * Whose key it is.
   *
   * @param kind as the audit log writes it
   */
  record Caller(Api api, String id, String kind) {

    static Caller of(Api anyone, JsonNode key) {
      return new Caller(
          anyone.with(key.get("key").asText()), key.get("id").asText(), key.get("kind").asText());
    }
  }

  /**
   * @param operation method and path with its places, such as {@code PUT /v1/keys/{id}}
   * @param places what stands in them, in their order
   */
  static AuditedCall of(Caller by, String operation, List<String> places, String body) {
    String[] parts = operation.split(" ", 2);
    return new AuditedCall(
        by,
        parts[0],
        filled(parts[1], places),
        body,
        places,
        filled(parts[1], places.stream().map(AuditedCall::absent).toList()));
  }

  private static String filled(String template, List<String> places) {
    String path = template;
    for (String place : places) {
      path = path.replaceFirst("\\{[^}]+}", place);
    }
    return path;
  }

  /** Of the same form, and nothing's. */
  private static String absent(String place) {
    if (place.matches("[0-9]+")) {
      return "999999";
    }
    if (place.endsWith(".example")) {
      return AuditedSetting.fresh() + ".example";
    }
    boolean id = place.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    return id ? UUID.randomUUID().toString() : AuditedSetting.fresh();
  }

  Api.Answer send(String requestId) {
    return by.api().call(method, path, body, Map.of(REQUEST_ID, requestId));
  }

  Api.Answer succeed(String requestId) {
    Api.Answer answer = send(requestId);
    assertThat(answer.status()).as("%s %s: %s", method, path, answer.text()).isBetween(200, 299);
    return answer;
  }

  Api.Answer fail(String requestId) {
    Api.Answer answer = send(requestId);
    assertThat(answer.status()).as("%s %s: %s", method, path, answer.text()).isBetween(500, 599);
    assertThat(answer.raw().headers().firstValue("Content-Type").orElse(""))
        .startsWith(
            path.startsWith("/scim") ? "application/scim+json" : "application/problem+json");
    return answer;
  }

  /** Its events, in the log of whom the answer is about. */
  static List<JsonNode> events(Api admin, String requestId, Api.Answer answer) {
    Api reader = reader(admin, answer);
    Api.Answer page =
        reader.get("/v1/audit/events?limit=" + EVENTS_MAX + "&request_id=" + requestId);
    assertThat(page.status()).as(page.text()).isEqualTo(200);
    List<JsonNode> events = new ArrayList<>();
    page.body().get("events").forEach(events::add);
    return events;
  }

  /** A new organization has a log of its own. */
  private static Api reader(Api admin, Api.Answer answer) {
    JsonNode opened = answer.body().at("/admin_key/key");
    return opened.isTextual() ? admin.with(opened.asText()) : admin;
  }
}
