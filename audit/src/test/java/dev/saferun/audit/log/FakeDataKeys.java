package dev.saferun.audit.log;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.DataKey;
import dev.saferun.platform.DataKeys;
import dev.saferun.platform.ProblemException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.hibernate.reactive.stage.Stage;

/** One key, or a keeper that is sealed. */
final class FakeDataKeys implements DataKeys {

  private final DataKey key = DataKey.random(new UUID(8, 8));
  volatile boolean there = true;

  @Override
  public Optional<DataKey> current(UUID organizationId) {
    return there ? Optional.of(key) : Optional.empty();
  }

  @Override
  public CompletionStage<DataKey> fetch(UUID organizationId) {
    return there
        ? CompletableFuture.completedStage(key)
        : CompletableFuture.failedStage(
            new ProblemException(CommonProblem.SECRETS_UNAVAILABLE, "the keeper is sealed"));
  }

  @Override
  public CompletionStage<Optional<DataKey>> find(UUID organizationId, UUID keyId) {
    return fetch(organizationId).thenApply(Optional::of);
  }

  @Override
  public CompletionStage<DataKey> rotate(
      UUID organizationId, Function<Stage.Session, CompletionStage<Void>> alongside) {
    return CompletableFuture.failedStage(new UnsupportedOperationException("a fake"));
  }
}
