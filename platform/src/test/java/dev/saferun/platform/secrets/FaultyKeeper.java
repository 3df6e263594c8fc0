package dev.saferun.platform.secrets;

import dev.saferun.platform.KeyKeeper.WrappedKey;
import dev.saferun.platform.Secret;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A keeper that fails, waits or gives up midway when a test says so. */
final class FaultyKeeper implements BlockingKeeper {

  private final BlockingKeeper keeper;
  private final AtomicLong unwraps = new AtomicLong();
  private final AtomicLong wrapsLeft = new AtomicLong(Long.MAX_VALUE);
  private volatile @Nullable KeeperOutcome failing;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  FaultyKeeper(BlockingKeeper keeper) {
    this.keeper = keeper;
  }

  void fail(KeeperOutcome outcome) {
    failing = outcome;
  }

  void answer() {
    failing = null;
  }

  void hold() {
    gate = new CountDownLatch(1);
  }

  void letGo() {
    gate.countDown();
  }

  /** So many more are wrapped, and then it is away. */
  void failAfterWraps(long wraps) {
    wrapsLeft.set(wraps);
  }

  long unwraps() {
    return unwraps.get();
  }

  private void pass() {
    try {
      gate.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    KeeperOutcome outcome = failing;
    if (outcome != null) {
      throw new KeeperFault(outcome);
    }
  }

  @Override
  public String name() {
    return keeper.name();
  }

  @Override
  public WrappedKey wrap(byte[] plain, byte[] context) {
    pass();
    if (wrapsLeft.getAndDecrement() <= 0) {
      throw new KeeperFault(KeeperOutcome.UNREACHABLE);
    }
    return keeper.wrap(plain, context);
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, byte[] context) {
    pass();
    unwraps.incrementAndGet();
    return keeper.unwrap(wrapped, context);
  }

  @Override
  public int newestVersion() {
    pass();
    return keeper.newestVersion();
  }

  @Override
  public int rotate() {
    pass();
    return keeper.rotate();
  }

  @Override
  public Optional<Secret> credential(CredentialName name) {
    pass();
    return keeper.credential(name);
  }
}
