package dev.saferun.appliance.telemetry;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import jakarta.inject.Singleton;

/**
 * Builds the OpenTelemetry SDK by hand, so that no environment variable can make it talk to the
 * outside.
 */
@Factory
final class TelemetryFactory {

  private static final String SCOPE = "dev.saferun";

  @Singleton
  PrometheusMetricReader prometheusReader() {
    return new PrometheusMetricReader(false, attribute -> false);
  }

  @Singleton
  @Bean(preDestroy = "close")
  OpenTelemetrySdk openTelemetry(
      TelemetryConfiguration configuration, PrometheusMetricReader prometheus) {
    Resource resource =
        Resource.getDefault()
            .merge(Resource.create(Attributes.builder().put("service.name", "saferun").build()));
    SdkMeterProviderBuilder meters =
        SdkMeterProvider.builder().setResource(resource).registerMetricReader(prometheus);
    SdkTracerProviderBuilder traces = SdkTracerProvider.builder().setResource(resource);
    String endpoint = configuration.otlpEndpoint();
    if (endpoint != null) {
      OtlpGrpcMetricExporter metricExporter =
          OtlpGrpcMetricExporter.builder().setEndpoint(endpoint).build();
      meters.registerMetricReader(
          PeriodicMetricReader.builder(metricExporter)
              .setInterval(configuration.exportInterval())
              .build());
      traces.addSpanProcessor(
          BatchSpanProcessor.builder(OtlpGrpcSpanExporter.builder().setEndpoint(endpoint).build())
              .build());
    }
    return OpenTelemetrySdk.builder()
        .setMeterProvider(meters.build())
        .setTracerProvider(traces.build())
        .build();
  }

  @Singleton
  Meter meter(OpenTelemetry telemetry) {
    return telemetry.getMeter(SCOPE);
  }

  @Singleton
  Tracer tracer(OpenTelemetry telemetry) {
    return telemetry.getTracer(SCOPE);
  }
}
