package dev.saferun.audit.sink;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Exports a batch in one request. A partial success tells how many records were rejected but not
 * which, and the protocol forbids to send them again: every event of the request is then reported
 * as refused, with the count in the reason, since any of them may be lost. A request that the
 * collector calls invalid is sent in halves until the event that makes it so is found.
 */
final class OtlpSink implements Sink {

  static final String PROTOBUF = "application/x-protobuf";

  private final HttpReceiver receiver;
  private final Map<String, String> headers;
  private final boolean gzip;
  private final OtlpRecords records;
  private final Words words;

  OtlpSink(
      HttpReceiver receiver,
      Map<String, String> headers,
      boolean gzip,
      OtlpRecords records,
      Words words) {
    this.receiver = receiver;
    this.headers = new HashMap<>(headers);
    this.gzip = gzip;
    this.records = records;
    this.words = words;
    if (gzip) {
      this.headers.put("Content-Encoding", "gzip");
    }
  }

  @Override
  public List<Refused> send(List<Message> batch) throws SinkException, InterruptedException {
    return Halves.send(batch, this::export);
  }

  private Optional<List<Refused>> export(List<Message> part)
      throws SinkException, InterruptedException {
    byte[] plain = records.write(part);
    HttpAnswer answer = receiver.post("/v1/logs", headers, gzip ? Gzip.compress(plain) : plain);
    if (isInvalid(answer)) {
      return part.size() > 1
          ? Optional.empty()
          : Optional.of(List.of(new Refused(0, "the receiver finds the event invalid (400)")));
    }
    if (answer.isTooLarge()) {
      return Optional.empty();
    }
    if (answer.status() != 200) {
      throw answer.fault();
    }
    return Optional.of(refused(partialSuccess(answer), part.size()));
  }

  /** By a collector: any other server, met by mistake, says 400 as well but not in protobuf. */
  private static boolean isInvalid(HttpAnswer answer) {
    return answer.status() == 400
        && PROTOBUF.equals(answer.headers().getOrDefault("content-type", ""));
  }

  private static ExportLogsPartialSuccess partialSuccess(HttpAnswer answer) throws SinkException {
    try {
      return ExportLogsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
    } catch (InvalidProtocolBufferException garbage) {
      throw new SinkException("the receiver's answer is not one of OTLP");
    }
  }

  private List<Refused> refused(ExportLogsPartialSuccess partial, int count) {
    long rejected = partial.getRejectedLogRecords();
    if (rejected == 0) {
      return List.of();
    }
    String reason =
        "the receiver rejected "
            + rejected
            + " of "
            + count
            + " records of a request and does not say which"
            + words.after(partial.getErrorMessage());
    return IntStream.range(0, count).mapToObj(index -> new Refused(index, reason)).toList();
  }

  @Override
  public void close() {
    receiver.close();
  }
}
