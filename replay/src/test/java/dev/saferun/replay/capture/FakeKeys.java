package dev.saferun.replay.capture;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.DataKey;
import dev.saferun.platform.DataKeys;
import dev.saferun.platform.ProblemException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import org.hibernate.reactive.stage.Stage;

/** One key for all, when it is there. */
final class FakeKeys implements DataKeys {

  final DataKey key = new DataKey(new UUID(8, 8), new SecretKeySpec(new byte[32], "AES"));
  volatile boolean there;

  @Override
  public Optional<DataKey> current(UUID organizationId) {
    return there ? Optional.of(key) : Optional.empty();
  }

  @Override
  public CompletionStage<DataKey> fetch(UUID organizationId) {
    return there
        ? CompletableFuture.completedStage(key)
        : CompletableFuture.failedStage(
            new ProblemException(CommonProblem.SECRETS_UNAVAILABLE, "sealed"));
  }

  @Override
  public CompletionStage<Optional<DataKey>> find(UUID organizationId, UUID keyId) {
    return CompletableFuture.completedStage(current(organizationId));
  }

  @Override
  public CompletionStage<DataKey> rotate(
      UUID organizationId, Function<Stage.Session, CompletionStage<Void>> alongside) {
    return CompletableFuture.failedStage(new UnsupportedOperationException("a fake"));
  }
}
