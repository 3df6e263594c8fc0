package dev.saferun.audit.delivery;

import dev.saferun.audit.delivery.Batches.Batch;
import dev.saferun.audit.delivery.DeliveryStore.Buried;
import dev.saferun.audit.log.Pace;
import dev.saferun.audit.sink.Message;
import dev.saferun.audit.sink.Sink;
import dev.saferun.audit.sink.SinkException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one destination: sends batch after batch until nothing waits for a while, or the receiver
 * takes no more. It runs on a thread of its own, which the receiver may keep waiting.
 */
final class Delivery implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final long DATABASE_SECONDS_MAX = 60;
  private static final Duration REST_MAX = Duration.ofHours(1);

  /** A way to a receiver stays open that long for what may come. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long LOOK_EVERY_MILLIS = 500;

  private final Destination destination;
  private final DeliveryStore store;
  private final Batches batches;
  private final Sinks sinks;
  private final Pace pace;

  Delivery(Destination destination, DeliveryStore store, Batches batches, Sinks sinks, Pace pace) {
    this.destination = destination;
    this.store = store;
    this.batches = batches;
    this.sinks = sinks;
    this.pace = pace;
  }

  @Override
  public void run() {
    try {
      Optional<Long> cursor = await(store.hold(destination));
      if (cursor.isPresent()) {
        serve(cursor.get());
      }
    } catch (RuntimeException away) {
      LOG.atWarn()
          .addKeyValue("destination", destination.id())
          .setCause(away)
          .log("a destination could not be served; it is tried again");
    }
  }

  private void serve(long cursor) {
    try (Sink sink = await(sinks.open(destination))) {
      sendAgain(sink);
      send(sink, cursor);
      await(store.release(destination));
    } catch (SinkException fault) {
      failed(fault);
    } catch (InterruptedException stopping) {
      await(store.release(destination));
      Thread.currentThread().interrupt();
    } catch (RuntimeException fault) {
      LOG.atError()
          .addKeyValue("destination", destination.id())
          .setCause(fault)
          .log("a batch for a destination could not be made");
      await(
          store.failed(
              destination, "a fault of the appliance; its log has the reason", Duration.ZERO));
    }
  }

  private void send(Sink sink, long from) throws SinkException, InterruptedException {
    long cursor = from;
    long idleSince = System.nanoTime();
    while (await(store.holds(destination, cursor))) {
      long begun = System.nanoTime();
      Batch batch = await(batches.next(destination, cursor));
      long workedNanos = System.nanoTime() - begun;
      if (batch.next() > cursor) {
        List<Buried> refused = send(sink, batch.messages());
        int delivered = batch.messages().size() - refused.size();
        if (!await(store.forward(destination, cursor, batch.next(), delivered, refused))) {
          return;
        }
        cursor = batch.next();
        pace.rest(workedNanos);
        idleSince = System.nanoTime();
      } else if (System.nanoTime() - idleSince > LINGER_NANOS) {
        return;
      } else {
        Thread.sleep(LOOK_EVERY_MILLIS);
        sendAgain(sink);
      }
    }
  }

  private static List<Buried> send(Sink sink, List<Message> messages)
      throws SinkException, InterruptedException {
    List<Buried> buried = new ArrayList<>();
    if (!messages.isEmpty()) {
      for (Sink.Refused refused : sink.send(messages)) {
        buried.add(new Buried(messages.get(refused.index()).event().position(), refused.reason()));
      }
    }
    return buried;
  }

  /** What a receiver refused before, one by one: whoever asked for it knows that order is lost. */
  private void sendAgain(Sink sink) throws SinkException, InterruptedException {
    for (long position : await(store.again(destination))) {
      List<Buried> refused = send(sink, await(batches.one(destination, position)));
      await(store.raised(destination, refused.isEmpty() ? List.of(position) : List.of(), refused));
    }
  }

  private void failed(SinkException fault) {
    Duration asked = Objects.requireNonNullElse(fault.retryAfter(), Duration.ZERO);
    Duration rest = asked.compareTo(REST_MAX) > 0 ? REST_MAX : asked;
    LOG.atWarn()
        .addKeyValue("destination", destination.id())
        .addKeyValue("reason", fault.getMessage())
        .log("a destination does not take events; it is tried again");
    await(store.failed(destination, String.valueOf(fault.getMessage()), rest));
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(DATABASE_SECONDS_MAX, TimeUnit.SECONDS).join();
  }
}
