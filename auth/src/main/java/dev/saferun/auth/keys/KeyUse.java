package dev.saferun.auth.keys;

/** What this node saw of one key: its rate, and when it was last used. */
public final class KeyUse {

  private static final long WRITE_AGAIN_AFTER_MILLIS = 60_000;

  private final RateLimit rate;
  private volatile long usedMillis;
  private volatile long writtenMillis;

  public KeyUse(long nowNanos) {
    this.rate = new RateLimit(nowNanos);
  }

  public RateLimit rate() {
    return rate;
  }

  void used(long nowMillis) {
    // Many threads may write it; a value that is a millisecond old does no harm. Written only when
    // it moved, so that a busy key's cache line is not fought over.
    if (usedMillis != nowMillis) {
      usedMillis = nowMillis;
    }
  }

  /** When it was last used, if that must be written now; else 0. The first use is due at once. */
  public long dueMillis() {
    long used = usedMillis;
    boolean due =
        used > writtenMillis
            && (writtenMillis == 0 || used - writtenMillis >= WRITE_AGAIN_AFTER_MILLIS);
    return due ? used : 0;
  }

  public void written(long millis) {
    writtenMillis = millis;
  }

  public boolean wasUsed() {
    return usedMillis != 0;
  }
}
