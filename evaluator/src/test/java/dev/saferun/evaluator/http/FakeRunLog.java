package dev.saferun.evaluator.http;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.ProjectHistory;
import dev.saferun.evaluator.RunLog;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.RunTexts;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.tenancy.EnvironmentSettings;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps each run's state and nothing else; the test says how keeping ends. */
@Singleton
final class FakeRunLog implements RunLog {

  /** How keeping ends. */
  enum Ending {
    DURABLE,
    UNRECORDED,
    REFUSED,
    REPLAYED
  }

  /** The id of every decision. */
  static final UUID DECISION = new UUID(0, 7);

  Ending ending = Ending.DURABLE;
  Optional<Idempotency> idempotency = Optional.empty();
  private final Map<String, RunState> states = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<Kept> decide(
      EnvironmentSettings environment, Check check, Optional<Idempotency> key, Decider decider) {
    idempotency = key;
    if (ending == Ending.REPLAYED) {
      return CompletableFuture.completedStage(
          new Kept.Durable("{}".getBytes(StandardCharsets.UTF_8)));
    }
    return decider.ready().thenApply(ready -> kept(decider, check));
  }

  private Kept kept(Decider decider, Check check) {
    RunState before = states.getOrDefault(check.runId(), RunState.NEW);
    Decided decided =
        decider.decide(before.with(decider.read(new RunTexts(true), new ProjectHistory(true), 1)));
    states.put(check.runId(), decided.after());
    if (ending == Ending.DURABLE) {
      decider.recorded(DECISION);
    }
    return kept(decided);
  }

  private Kept kept(Decided decided) {
    UUID id = DECISION;
    return switch (ending) {
      case UNRECORDED -> new Kept.Unrecorded(id, decided.decision());
      case REFUSED -> new Kept.Refused(id, decided.decision());
      case DURABLE, REPLAYED -> new Kept.Durable(CanonicalJson.write(decided.decision().toJson()));
    };
  }
}
