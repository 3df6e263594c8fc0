package dev.saferun.replay.capture;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.RunLog;
import dev.saferun.platform.SecretKeyring;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.approval.HeldCalls;
import dev.saferun.replay.capture.CheckedCall.Ended;
import dev.saferun.replay.capture.PastRuns.Answered;
import dev.saferun.tenancy.EnvironmentSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Checked calls on their way to the disk. Never blocks: it runs on the event loop that read the
 * request, up to the hand-over to the journal, and the answer continues where the journal completes
 * it.
 */
@Singleton
final class Runs implements RunLog {

  private final Memory memory;
  private final Recorder recorder;
  private final KeyedRequest.Hasher hasher;
  private final HeldCalls held;
  private final InstantSource clock;

  @Inject
  Runs(Memory memory, Recorder recorder, SecretKeyring keyring, HeldCalls held) {
    this(memory, recorder, keyring, held, InstantSource.system());
  }

  Runs(
      Memory memory,
      Recorder recorder,
      SecretKeyring keyring,
      HeldCalls held,
      InstantSource clock) {
    this.memory = memory;
    this.recorder = recorder;
    this.hasher = new KeyedRequest.Hasher(keyring.derive("replay/idempotency/v1"));
    this.held = held;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Kept> decide(
      EnvironmentSettings environment,
      Check check,
      Optional<Idempotency> idempotency,
      Decider decider) {
    if (idempotency.isEmpty()) {
      return new CheckedCall(environment, check, null, decider, held, clock.instant())
          .run(memory, recorder)
          .thenApply(Ended::kept);
    }
    KeyedRequest request =
        hasher.of(
            environment.scope().requireEnvironment(),
            idempotency.get().key(),
            idempotency.get().bodySha256());
    return once(
        request, new CheckedCall(environment, check, request, decider, held, clock.instant()));
  }

  /** Runs the call unless the key was used already; then the earlier answer is the answer. */
  private CompletionStage<Kept> once(KeyedRequest request, CheckedCall call) {
    IdempotencyIndex index = memory.idempotency();
    IdempotencyIndex.Claim fresh =
        new IdempotencyIndex.Claim(request.bodySha256(), clock.instant());
    Optional<IdempotencyIndex.Claim> earlier = index.claim(request.name(), fresh);
    if (earlier.isPresent()) {
      return earlier.get().answerTo(request);
    }
    memory
        .answered(call.organizationId(), request)
        .thenCompose(
            found ->
                found.isPresent() ? recalled(found.get(), request) : call.run(memory, recorder))
        .whenComplete((ended, fault) -> settle(index, request, fresh, ended, fault));
    return fresh.answerTo(request);
  }

  private static void settle(
      IdempotencyIndex index,
      KeyedRequest request,
      IdempotencyIndex.Claim fresh,
      @Nullable Ended ended,
      @Nullable Throwable fault) {
    if (ended != null && ended.position() >= 0) {
      index.keep(request.name(), fresh, ended.kept(), ended.position());
    } else if (ended != null) {
      index.release(request.name(), fresh, ended.kept());
    } else {
      index.fail(request.name(), fresh, unwrapped(fault));
    }
  }

  private static CompletionStage<Ended> recalled(Answered found, KeyedRequest request) {
    if (!Arrays.equals(found.bodySha256(), request.bodySha256())) {
      return CompletableFuture.failedStage(IdempotencyIndex.Claim.conflict());
    }
    byte[] answer =
        Evidence.answer(
            Evidence.object(StrictJson.parse(found.evidence(), CheckedCall.EVIDENCE_DEPTH_MAX)));
    return CompletableFuture.completedStage(new Ended(new Kept.Durable(answer), 0));
  }

  private static Throwable unwrapped(@Nullable Throwable fault) {
    if (fault instanceof CompletionException wrapped && wrapped.getCause() != null) {
      return wrapped.getCause();
    }
    return fault == null ? new IllegalStateException("neither an end nor a fault") : fault;
  }
}
