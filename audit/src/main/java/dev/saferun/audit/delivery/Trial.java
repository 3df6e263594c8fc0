package dev.saferun.audit.delivery;

import dev.saferun.audit.sink.Message;
import dev.saferun.audit.sink.Sink;
import dev.saferun.audit.sink.SinkException;
import dev.saferun.audit.stream.StreamedEvent;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Ids;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Sends one event that says that it is a test, and tells how that went. */
@Singleton
public class Trial {

  private final Sinks sinks;
  private final InstantSource clock;
  private final ExecutorService blocking;

  Trial(Sinks sinks, InstantSource clock, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.sinks = sinks;
    this.clock = clock;
    this.blocking = blocking;
  }

  /** Completes with why the receiver did not take it; with nothing where it acknowledged it. */
  public CompletionStage<Optional<String>> of(Actor by, Destination destination) {
    return sinks
        .open(destination)
        .thenApplyAsync(sink -> send(sink, message(by, destination)), blocking);
  }

  private static Optional<String> send(Sink sink, Message message) {
    try (sink) {
      return sink.send(List.of(message)).stream().findFirst().map(Sink.Refused::reason);
    } catch (SinkException fault) {
      return Optional.of(String.valueOf(fault.getMessage()));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.of("the appliance stops");
    }
  }

  private Message message(Actor by, Destination destination) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID id = Ids.next(now.toEpochMilli());
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("id", id.toString());
    document.put("at", now.toString());
    document.put("organization_id", destination.organizationId().toString());
    document.put("kind", "audit");
    document.put("code", "destination.tested");
    document.put("outcome", "success");
    document.put(
        "actor",
        Map.of(
            "kind", by.kind().name().toLowerCase(Locale.ROOT),
            "id", by.id().toString(),
            "name", by.name()));
    document.put("target", "destination:" + destination.id());
    StreamedEvent event =
        new StreamedEvent(
            destination.organizationId(), 0, id, now, StreamedEvent.Kind.AUDIT, document);
    return new Message(event, sinks.formatOf(destination).write(event));
  }
}
