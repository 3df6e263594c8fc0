package dev.saferun.audit.sink;

import com.sun.net.httpserver.HttpExchange;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * No Splunk can be had for a test, so this is a fake: what Splunk documents of its HTTP Event
 * Collector ("Format events", "Enable indexer acknowledgement", "Troubleshoot": status codes). It
 * answers 200 at once, keeps an event back from the index for some questions, and says yes once.
 */
final class FakeSplunk implements AutoCloseable {

  static final String TOKEN = "11111111-canary-4444-aaaa-555555555555";

  private final FakeHttp http = new FakeHttp(this::answer);
  private final List<Map<String, @Nullable Object>> indexed = new CopyOnWriteArrayList<>();
  private final Map<Long, List<Map<String, @Nullable Object>>> waiting = new HashMap<>();
  private final AtomicInteger questions = new AtomicInteger();
  private long nextAck;

  /** How often it says no before an event is in the index; below zero: always. */
  volatile int questionsBeforeYes = 2;

  volatile boolean acknowledges = true;

  /** What every event request is answered with instead; null: as it should be. */
  volatile FakeHttp.@Nullable Answer instead;

  /** An event whose body holds this is one that cannot be taken, with this code. */
  volatile String poison = "\u0000";

  volatile int poisonCode = 6;

  String url() {
    return http.url();
  }

  List<Map<String, @Nullable Object>> indexed() {
    return indexed;
  }

  private synchronized FakeHttp.Answer answer(HttpExchange exchange, byte[] body)
      throws IOException {
    if (!("Splunk " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return FakeHttp.Answer.of(403, "{\"text\":\"Invalid token\",\"code\":4}");
    }
    String channel = exchange.getRequestHeaders().getFirst("X-Splunk-Request-Channel");
    if (channel == null) {
      return FakeHttp.Answer.of(400, "{\"text\":\"Data channel is missing\",\"code\":10}");
    }
    return switch (exchange.getRequestURI().getPath()) {
      case "/services/collector/event" -> take(plain(exchange, body));
      case "/services/collector/ack" -> acknowledge(body);
      default -> FakeHttp.Answer.of(404, "{\"text\":\"not found\",\"code\":404}");
    };
  }

  private static String plain(HttpExchange exchange, byte[] body) throws IOException {
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    byte[] plain = gzip ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
    return new String(plain, StandardCharsets.UTF_8);
  }

  private FakeHttp.Answer take(String body) {
    if (instead != null) {
      return instead;
    }
    List<Map<String, @Nullable Object>> events = new ArrayList<>();
    // Events stand one behind the other with nothing between.
    for (String event : body.split("(?<=})(?=\\{\"fields\")", -1)) {
      if (event.contains(poison)) {
        return FakeHttp.Answer.of(
            400,
            "{\"text\":\"Invalid data format %s\",\"code\":%d,\"invalid-event-number\":%d}"
                .formatted(TOKEN, poisonCode, events.size()));
      }
      events.add(StrictJson.parseObject(event.getBytes(StandardCharsets.UTF_8)));
    }
    if (!acknowledges) {
      indexed.addAll(events);
      return FakeHttp.Answer.of(200, "{\"text\":\"Success\",\"code\":0}");
    }
    questions.set(0);
    waiting.put(nextAck, events);
    return FakeHttp.Answer.of(
        200, "{\"text\":\"Success\",\"code\":0,\"ackId\":%d}".formatted(nextAck++));
  }

  private FakeHttp.Answer acknowledge(byte[] body) {
    if (!acknowledges) {
      return FakeHttp.Answer.of(400, "{\"text\":\"ACK is disabled\",\"code\":14}");
    }
    Map<String, Object> answers = new HashMap<>();
    for (Object ack : (List<?>) Objects.requireNonNull(StrictJson.parseObject(body).get("acks"))) {
      answers.put(String.valueOf(ack), isIndexed((Long) ack));
    }
    return new FakeHttp.Answer(200, CanonicalJson.write(Map.of("acks", answers)));
  }

  private boolean isIndexed(long ack) {
    int asked = questions.getAndIncrement();
    if (questionsBeforeYes < 0 || asked < questionsBeforeYes) {
      return false;
    }
    List<Map<String, @Nullable Object>> events = waiting.remove(ack);
    if (events != null) {
      indexed.addAll(events);
    }
    return events != null;
  }

  @Override
  public void close() {
    http.close();
  }
}
