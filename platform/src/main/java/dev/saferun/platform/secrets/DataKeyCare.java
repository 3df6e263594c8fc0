package dev.saferun.platform.secrets;

import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.DataKeys;
import dev.saferun.platform.Database;
import dev.saferun.platform.KeyRotation;
import dev.saferun.platform.SecretsHealth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The data keys of one node and everything that looks after them. */
final class DataKeyCare implements AutoCloseable {

  private final HeldKeys held;
  private final StoredDataKeys keys;
  private final Rewrapping rewrapping;
  private final Caretaker caretaker;

  private DataKeyCare(
      HeldKeys held, StoredDataKeys keys, Rewrapping rewrapping, Caretaker caretaker) {
    this.held = held;
    this.keys = keys;
    this.rewrapping = rewrapping;
    this.caretaker = caretaker;
  }

  static DataKeyCare start(
      Keepers keepers,
      Duration life,
      Database database,
      ChangeFeed changes,
      SecretsMetrics metrics,
      InstantSource clock,
      LongSupplier nanoTime) {
    DataKeyRows rows = new DataKeyRows(database);
    HeldKeys held = new HeldKeys(life, nanoTime);
    StoredDataKeys keys =
        new StoredDataKeys(keepers, rows, held, database, changes, clock, nanoTime);
    Rewrapping rewrapping = new Rewrapping(keepers, rows, keys, database, metrics, nanoTime);
    Caretaker caretaker = new Caretaker(keepers, held, keys, rewrapping, database, clock);
    changes.subscribe(StoredDataKeys.TOPIC, keys::changed);
    metrics.show(caretaker);
    caretaker.start(life);
    return new DataKeyCare(held, keys, rewrapping, caretaker);
  }

  DataKeys keys() {
    return keys;
  }

  KeyRotation rotation() {
    return rewrapping;
  }

  SecretsHealth health() {
    return caretaker;
  }

  HeldKeys held() {
    return held;
  }

  @Override
  public void close() {
    held.close();
  }
}
