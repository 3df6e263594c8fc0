package dev.saferun.replay.capture;

import dev.saferun.evaluator.RunLog.Kept;
import dev.saferun.platform.ProblemException;
import dev.saferun.replay.ReplayProblem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Which keys were used, and what each was answered. Twins that are under way share one future. An
 * answer leaves memory when its time is over, or as the oldest of too many once the database has
 * it; the {@link SeenFilter} then says which keys must be asked for.
 */
final class IdempotencyIndex {

  private final ConcurrentMap<KeyedRequest.Name, Claim> claims = new ConcurrentHashMap<>();
  private final ArrayDeque<Settled> settled = new ArrayDeque<>();
  private final int answersMax;
  private final LongSupplier drainedPosition;
  private final InstantSource clock;

  IdempotencyIndex(int answersMax, LongSupplier drainedPosition, InstantSource clock) {
    this.answersMax = answersMax;
    this.drainedPosition = drainedPosition;
    this.clock = clock;
  }

  private record Settled(KeyedRequest.Name name, Claim claim, long position) {}

  /** One use of a key: the body that it came with and the answer that all twins get. */
  static final class Claim {

    private final byte[] bodySha256;
    private final Instant usedAt;
    private final CompletableFuture<Kept> answer = new CompletableFuture<>();

    Claim(byte[] bodySha256, Instant usedAt) {
      this.bodySha256 = bodySha256;
      this.usedAt = usedAt;
    }

    CompletionStage<Kept> answerTo(KeyedRequest request) {
      return Arrays.equals(bodySha256, request.bodySha256())
          ? answer
          : CompletableFuture.failedStage(conflict());
    }

    static ProblemException conflict() {
      return new ProblemException(
          ReplayProblem.IDEMPOTENCY_CONFLICT,
          "the key was used with another body within 24 hours; use a new key for a new request");
    }
  }

  /** The claim of an earlier twin; empty where {@code fresh} is the first and now stands. */
  Optional<Claim> claim(KeyedRequest.Name name, Claim fresh) {
    Claim earlier = claims.putIfAbsent(name, fresh);
    if (earlier == null) {
      return Optional.empty();
    }
    boolean over =
        earlier.answer.isDone() && earlier.usedAt.isBefore(clock.instant().minus(Memory.KEYS_LIVE));
    return over && claims.replace(name, earlier, fresh) ? Optional.empty() : Optional.of(earlier);
  }

  /** Remembers the answer, and gives it to all twins. */
  void keep(KeyedRequest.Name name, Claim claim, Kept answer, long position) {
    synchronized (settled) {
      settled.add(new Settled(name, claim, position));
      Settled oldest = settled.peek();
      if (settled.size() > answersMax
          && oldest != null
          && oldest.position() <= drainedPosition.getAsLong()) {
        settled.remove();
        claims.remove(oldest.name(), oldest.claim());
      }
    }
    claim.answer.complete(answer);
  }

  /** Gives the answer to all twins that wait and forgets the key: nothing was recorded under it. */
  void release(KeyedRequest.Name name, Claim claim, Kept answer) {
    claims.remove(name, claim);
    claim.answer.complete(answer);
  }

  /** Lets all twins that wait fail and forgets the key. */
  void fail(KeyedRequest.Name name, Claim claim, Throwable fault) {
    claims.remove(name, claim);
    claim.answer.completeExceptionally(fault);
  }

  /** An answer that was found in the journal at start. */
  void recovered(KeyedRequest request, Kept answer, Instant usedAt, long position) {
    Claim claim = new Claim(request.bodySha256(), usedAt);
    if (claims.putIfAbsent(request.name(), claim) == null) {
      keep(request.name(), claim, answer, position);
    }
  }

  int size() {
    return claims.size();
  }
}
