package dev.saferun.audit.sink;

import com.google.protobuf.ByteString;
import dev.saferun.audit.stream.StreamedEvent;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Events as log records: the event's bytes are the body, its id and place are attributes. */
final class OtlpRecords {

  private final SinkSurroundings surroundings;

  OtlpRecords(SinkSurroundings surroundings) {
    this.surroundings = surroundings;
  }

  byte[] write(List<Message> part) {
    ScopeLogs.Builder scope =
        ScopeLogs.newBuilder().setScope(InstrumentationScope.newBuilder().setName("saferun.audit"));
    long observed = nanos(surroundings.clock().instant());
    part.forEach(message -> scope.addLogRecords(record(message, observed)));
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(
                    Resource.newBuilder()
                        .addAttributes(text("service.name", "saferun"))
                        .addAttributes(text("host.name", surroundings.hostname())))
                .addScopeLogs(scope))
        .build()
        .toByteArray();
  }

  private static LogRecord record(Message message, long observed) {
    StreamedEvent event = message.event();
    boolean isDetection = event.kind() == StreamedEvent.Kind.DETECTION;
    return LogRecord.newBuilder()
        .setTimeUnixNano(nanos(event.at()))
        .setObservedTimeUnixNano(observed)
        .setSeverityNumber(
            isDetection ? SeverityNumber.SEVERITY_NUMBER_WARN : SeverityNumber.SEVERITY_NUMBER_INFO)
        .setEventName(Payload.code(message))
        .setBody(AnyValue.newBuilder().setStringValueBytes(ByteString.copyFrom(message.body())))
        .addAttributes(text("saferun.event.id", event.id().toString()))
        .addAttributes(text("saferun.organization.id", event.organizationId().toString()))
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("saferun.event.position")
                .setValue(AnyValue.newBuilder().setIntValue(event.position())))
        .build();
  }

  private static KeyValue text(String name, String value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static long nanos(Instant at) {
    return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
  }
}
