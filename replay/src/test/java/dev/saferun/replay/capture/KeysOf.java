package dev.saferun.replay.capture;

import dev.saferun.platform.DataKeys;

/** Data keys for tests of other packages. */
public final class KeysOf {

  private KeysOf() {}

  /** One key for all. */
  public static DataKeys one() {
    FakeKeys keys = new FakeKeys();
    keys.there = true;
    return keys;
  }
}
