package dev.saferun.platform.secrets;

import dev.saferun.platform.BrokenSealException;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.KeyKeeper;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Secret;
import dev.saferun.platform.Secrets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A keeper as it is used: asked on virtual threads, so many at once and no more, each answer
 * counted, and what fails told as {@link CommonProblem#SECRETS_UNAVAILABLE}.
 */
final class WatchedKeeper implements KeyKeeper, Secrets, AutoCloseable {

  /** Why the keeper does not answer, and since when. */
  record Failing(KeeperOutcome outcome, Instant since) {}

  /** Questions under way at once; those beyond it wait, on threads that cost next to nothing. */
  private static final int CONCURRENCY_MAX = 16;

  private static final Logger LOG = LoggerFactory.getLogger(WatchedKeeper.class);

  private final BlockingKeeper keeper;
  private final SecretsMetrics metrics;
  private final InstantSource clock;
  private final Executor threads;
  private final Semaphore turns = new Semaphore(CONCURRENCY_MAX);
  private @Nullable Failing failing;

  WatchedKeeper(
      BlockingKeeper keeper, SecretsMetrics metrics, InstantSource clock, Executor threads) {
    this.keeper = keeper;
    this.metrics = metrics;
    this.clock = clock;
    this.threads = threads;
  }

  @Override
  public String name() {
    return keeper.name();
  }

  @Override
  public CompletionStage<WrappedKey> wrap(byte[] plain, byte[] context) {
    return ask("wrap", () -> keeper.wrap(plain, context));
  }

  @Override
  public CompletionStage<byte[]> unwrap(WrappedKey wrapped, byte[] context) {
    return ask("unwrap", () -> keeper.unwrap(wrapped, context));
  }

  @Override
  public CompletionStage<Integer> newestVersion() {
    return ask("version", keeper::newestVersion);
  }

  @Override
  public CompletionStage<Integer> rotate() {
    return ask("rotate", keeper::rotate);
  }

  @Override
  public CompletionStage<Optional<Secret>> read(String path, String field) {
    CredentialName name = new CredentialName(path, field);
    return ask("read", () -> keeper.credential(name));
  }

  CompletionStage<Void> tend() {
    return CompletableFuture.runAsync(keeper::tend, threads);
  }

  synchronized Optional<Failing> failing() {
    return Optional.ofNullable(failing);
  }

  @Override
  public void close() {
    keeper.close();
  }

  private <T> CompletionStage<T> ask(String operation, Supplier<T> question) {
    return CompletableFuture.supplyAsync(() -> answer(operation, question), threads);
  }

  private <T> T answer(String operation, Supplier<T> question) {
    turns.acquireUninterruptibly();
    try {
      T answer = question.get();
      tell(operation, KeeperOutcome.ANSWERED);
      return answer;
    } catch (KeeperFault fault) {
      tell(operation, fault.outcome());
      throw new ProblemException(CommonProblem.SECRETS_UNAVAILABLE, fault.outcome().text());
    } catch (BrokenSealException broken) {
      tell(operation, KeeperOutcome.BROKEN_SEAL);
      throw broken;
    } finally {
      turns.release();
    }
  }

  /** A keeper that says that a key is altered does answer. */
  private void tell(String operation, KeeperOutcome outcome) {
    metrics.asked(keeper.name(), operation, outcome);
    if (outcome == KeeperOutcome.ANSWERED || outcome == KeeperOutcome.BROKEN_SEAL) {
      answers();
    } else {
      fails(outcome);
    }
  }

  private synchronized void answers() {
    if (failing != null) {
      LOG.atInfo().addKeyValue("keeper", keeper.name()).log(KeeperOutcome.ANSWERED.text());
      failing = null;
    }
  }

  private synchronized void fails(KeeperOutcome outcome) {
    Failing before = failing;
    if (before == null || before.outcome() != outcome) {
      LOG.atWarn().addKeyValue("keeper", keeper.name()).log(outcome.text());
    }
    failing = new Failing(outcome, before == null ? clock.instant() : before.since());
  }
}
