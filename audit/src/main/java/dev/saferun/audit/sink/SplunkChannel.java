package dev.saferun.audit.sink;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The collector's two addresses, spoken to as one sender: acknowledgements are per channel. */
final class SplunkChannel implements AutoCloseable {

  /** What the collector says beside the status; -1 where it says nothing that can be read. */
  record Reply(HttpAnswer answer, Map<String, @Nullable Object> tree, int code) {}

  private final HttpReceiver receiver;
  private final boolean gzip;
  private final Words words;
  private final String id = UUID.randomUUID().toString();
  private final Map<String, String> headers;

  SplunkChannel(HttpReceiver receiver, String token, boolean gzip, Words words) {
    this.receiver = receiver;
    this.gzip = gzip;
    this.words = words;
    this.headers =
        Map.of(
            "Authorization",
            "Splunk " + token,
            "X-Splunk-Request-Channel",
            id,
            "Content-Type",
            "application/json");
  }

  Reply event(byte[] events) throws SinkException, InterruptedException {
    Map<String, String> all = new HashMap<>(headers);
    if (gzip) {
      all.put("Content-Encoding", "gzip");
    }
    return reply(
        receiver.post("/services/collector/event", all, gzip ? Gzip.compress(events) : events));
  }

  Reply acknowledgement(byte[] question) throws SinkException, InterruptedException {
    return reply(receiver.post("/services/collector/ack?channel=" + id, headers, question));
  }

  private static Reply reply(HttpAnswer answer) {
    Map<String, @Nullable Object> tree = answer.json().orElseGet(Map::of);
    int code = tree.get("code") instanceof Long number ? Math.toIntExact(number) : -1;
    return new Reply(answer, tree, code);
  }

  /** The collector's own words on an event, scrubbed, from a colon on. */
  String said(Reply reply) {
    return words.after(reply.tree().get("text"));
  }

  @Override
  public void close() {
    receiver.close();
  }
}
