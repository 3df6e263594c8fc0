package dev.saferun.appliance.telemetry;

import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.management.endpoint.annotation.Read;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code GET /metrics} on the management port: every metric as Prometheus text. */
@Endpoint(id = "metrics", defaultSensitive = false)
final class MetricsEndpoint {

  private final PrometheusMetricReader reader;
  private final PrometheusTextFormatWriter format = PrometheusTextFormatWriter.create();

  MetricsEndpoint(PrometheusMetricReader reader) {
    this.reader = reader;
  }

  @Read(produces = "text/plain; version=0.0.4; charset=utf-8")
  String metrics() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream(16_384);
    format.write(text, reader.collect());
    return text.toString(StandardCharsets.UTF_8);
  }
}
