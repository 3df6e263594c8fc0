package dev.saferun.replay.capture;

import jakarta.inject.Singleton;

/** What background work looks at to keep out of the way of checks. */
@Singleton
public final class LiveTraffic {

  private final Memory memory;

  LiveTraffic(Memory memory) {
    this.memory = memory;
  }

  /** A number that grows by one with every record that this node makes durable. */
  public long records() {
    return memory.lastPosition();
  }
}
