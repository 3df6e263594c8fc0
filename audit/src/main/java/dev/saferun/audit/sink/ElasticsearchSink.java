package dev.saferun.audit.sink;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates each event under its own id. The bulk API answers item by item: 409 says that the id is
 * there already, so an earlier attempt arrived and nothing is doubled.
 */
final class ElasticsearchSink implements Sink {

  /** Only what is read of the answer, or a large batch would have an answer of megabytes. */
  private static final String ANSWER =
      "?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason";

  private final HttpReceiver receiver;
  private final String path;
  private final Map<String, String> headers;
  private final Words words;

  ElasticsearchSink(
      HttpReceiver receiver, String index, Map<String, String> authorization, Words words) {
    this.receiver = receiver;
    this.path = "/" + index + "/_bulk" + ANSWER;
    this.headers = new HashMap<>(authorization);
    this.headers.put("Content-Type", "application/x-ndjson");
    this.words = words;
  }

  @Override
  public List<Refused> send(List<Message> batch) throws SinkException, InterruptedException {
    return Halves.send(batch, this::bulk);
  }

  private Optional<List<Refused>> bulk(List<Message> part)
      throws SinkException, InterruptedException {
    HttpAnswer answer = receiver.post(path, headers, lines(part));
    if (answer.isTooLarge()) {
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw answer.fault();
    }
    List<?> items = items(answer);
    if (items.size() != part.size()) {
      throw new SinkException("the receiver's answer is not one of the bulk API");
    }
    return Optional.of(refused(items, answer));
  }

  private static byte[] lines(List<Message> part) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Message message : part) {
      String id = message.event().id().toString();
      out.writeBytes(Payload.json(Map.of("create", Map.of("_id", id))));
      out.write('\n');
      document(message.body(), out);
      out.write('\n');
    }
    return out.toByteArray();
  }

  private static void document(byte[] body, ByteArrayOutputStream out) {
    if (Payload.isObject(body)) {
      out.writeBytes(body);
    } else {
      out.writeBytes(Payload.json(Map.of("message", Payload.text(body))));
    }
  }

  private static List<?> items(HttpAnswer answer) {
    Object items = answer.json().map(tree -> tree.get("items")).orElse(null);
    return items instanceof List<?> list ? list : List.of();
  }

  private List<Refused> refused(List<?> items, HttpAnswer answer) throws SinkException {
    List<Refused> refused = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Map<?, ?> item = inner(items.get(i), "create");
      int status = item.get("status") instanceof Long code ? code.intValue() : 0;
      if (status == 400) {
        refused.add(new Refused(i, "the receiver cannot index the event (400)" + said(item)));
      } else if (status / 100 != 2 && status != 409) {
        HttpAnswer one = new HttpAnswer(status, Map.of(), new byte[0], answer.retryAfter());
        throw one.fault(said(item));
      }
    }
    return refused;
  }

  private String said(Map<?, ?> item) {
    Map<?, ?> error = inner(item, "error");
    return words.after(error.get("type")) + words.after(error.get("reason"));
  }

  private static Map<?, ?> inner(@Nullable Object object, String name) {
    return object instanceof Map<?, ?> map && map.get(name) instanceof Map<?, ?> inner
        ? inner
        : Map.of();
  }

  @Override
  public void close() {
    receiver.close();
  }
}
