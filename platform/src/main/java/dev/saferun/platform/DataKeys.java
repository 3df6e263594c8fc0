package dev.saferun.platform;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.hibernate.reactive.stage.Stage;

/**
 * The data keys of organizations. They are kept wrapped by a key that never leaves its keeper, and
 * are in the clear in memory alone, for a bounded time.
 */
public interface DataKeys {

  /**
   * The organization's newest key, from memory: this is asked on the way of a check and never
   * waits. Empty where no key is in memory; one is then being fetched, and {@link #fetch} tells
   * when it is there.
   */
  Optional<DataKey> current(UUID organizationId);

  /**
   * Completes with the organization's newest key; the first call makes its first one. Fails with
   * {@link CommonProblem#SECRETS_UNAVAILABLE} where the keeper cannot be asked, and with {@link
   * BrokenSealException} where the stored key was altered.
   */
  CompletionStage<DataKey> fetch(UUID organizationId);

  /** Completes with the key of that id; empty where the organization has no such key. */
  CompletionStage<Optional<DataKey>> find(UUID organizationId, UUID keyId);

  /**
   * Makes a new key the newest one. Older ones go on opening what they closed.
   *
   * @param alongside what is written in the same transaction, or there is no new key
   */
  CompletionStage<DataKey> rotate(
      UUID organizationId, Function<Stage.Session, CompletionStage<Void>> alongside);
}
