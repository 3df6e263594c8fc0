package dev.saferun.audit.sink;

import com.sun.net.httpserver.HttpExchange;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/**
 * No collector can be had for a test, so this is a fake: what the OTLP 1.x specification says of
 * OTLP/HTTP, with the protocol's own classes to read requests and write responses.
 */
final class FakeOtlp implements AutoCloseable {

  static final String KEY = "canary-key-of-a-vendor";

  private final FakeHttp http = new FakeHttp(this::answer);
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  /** How many records of a request it rejects. */
  volatile int rejects;

  /** Above which it finds a request too large. */
  volatile int recordsMax = Integer.MAX_VALUE;

  /** A request that holds this is invalid. */
  volatile String poison = "\u0000";

  String url() {
    return http.url();
  }

  List<LogRecord> records() {
    return records;
  }

  private FakeHttp.Answer answer(HttpExchange exchange, byte[] body) throws IOException {
    if (!exchange.getRequestURI().getPath().equals("/v1/logs")
        || !"application/x-protobuf".equals(exchange.getRequestHeaders().getFirst("Content-Type"))
        || !KEY.equals(exchange.getRequestHeaders().getFirst("X-Vendor-Key"))) {
      return FakeHttp.Answer.of(404, "");
    }
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    byte[] plain = gzip ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
    List<LogRecord> sent =
        ExportLogsServiceRequest.parseFrom(plain)
            .getResourceLogs(0)
            .getScopeLogs(0)
            .getLogRecordsList();
    if (sent.toString().contains(poison)) {
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      return FakeHttp.Answer.of(400, "");
    }
    if (sent.size() > recordsMax) {
      return FakeHttp.Answer.of(413, "");
    }
    records.addAll(sent.subList(rejects, sent.size()));
    return new FakeHttp.Answer(200, response());
  }

  private byte[] response() {
    ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
    if (rejects > 0) {
      response.setPartialSuccess(
          ExportLogsPartialSuccess.newBuilder()
              .setRejectedLogRecords(rejects)
              .setErrorMessage("no room, " + KEY));
    }
    return response.build().toByteArray();
  }

  @Override
  public void close() {
    http.close();
  }
}
