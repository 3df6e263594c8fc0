package dev.saferun.replay.capture;

import dev.saferun.replay.OverflowListener;
import dev.saferun.replay.journal.Appended;
import dev.saferun.tenancy.EnvironmentSettings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what was not kept, by kind, and tells the listeners when an environment begins to lose
 * records and when it ends: the change, not each record.
 */
final class OverflowWatch {

  private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");

  private final List<OverflowListener> listeners;
  private final LongCounter overflows;
  private final Set<UUID> losing = ConcurrentHashMap.newKeySet();

  OverflowWatch(List<OverflowListener> listeners, Meter meter) {
    this.listeners = List.copyOf(listeners);
    this.overflows =
        meter
            .counterBuilder("saferun.journal.overflow")
            .setDescription("Records that were not made durable, by kind")
            .build();
  }

  /** Takes note of one outcome; almost always that all is well, which costs one look. */
  void saw(EnvironmentSettings environment, Appended outcome) {
    if (outcome instanceof Appended.Durable) {
      if (!losing.isEmpty() && losing.remove(environmentId(environment))) {
        tell(environment, false, OverflowListener.Kind.FULL);
      }
      return;
    }
    OverflowListener.Kind kind = kind(outcome);
    overflows.add(1, Attributes.of(KIND, kind.name().toLowerCase(Locale.ROOT)));
    // One record that is too large says nothing about the next one.
    if (kind != OverflowListener.Kind.TOO_LARGE && losing.add(environmentId(environment))) {
      tell(environment, true, kind);
    }
  }

  private void tell(EnvironmentSettings environment, boolean began, OverflowListener.Kind kind) {
    listeners.forEach(listener -> listener.changed(environment, began, kind));
  }

  private static UUID environmentId(EnvironmentSettings environment) {
    return environment.scope().requireEnvironment();
  }

  private static OverflowListener.Kind kind(Appended outcome) {
    return switch (outcome) {
      case Appended.Full full -> OverflowListener.Kind.FULL;
      case Appended.DiskFull diskFull -> OverflowListener.Kind.DISK_FULL;
      case Appended.Failed failed -> OverflowListener.Kind.FAILED;
      case Appended.TooLarge tooLarge -> OverflowListener.Kind.TOO_LARGE;
      case Appended.Closed closed -> OverflowListener.Kind.CLOSED;
      case Appended.Unsealable unsealable -> OverflowListener.Kind.NO_KEY;
      case Appended.Durable durable -> throw new IllegalArgumentException("that one was kept");
    };
  }
}
