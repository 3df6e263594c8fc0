package dev.saferun.evaluator;

import dev.saferun.platform.Scope;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import dev.saferun.tenancy.OnOverflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Environments that a test writes down itself. */
public final class FakeEnvironments implements Environments {

  private final Map<UUID, EnvironmentSettings> byId = new LinkedHashMap<>();
  private final List<Function<UUID, CompletionStage<Void>>> listeners = new ArrayList<>();

  /** Adds an environment, or gives one that is there another mode, and tells the listeners. */
  public List<CompletionStage<Void>> put(Scope scope, Mode mode) {
    putUntold(scope, mode);
    return listeners.stream().map(listener -> listener.apply(scope.organizationId())).toList();
  }

  /** The same, before anybody was told. */
  public void putUntold(Scope scope, Mode mode) {
    byId.put(
        scope.requireEnvironment(),
        new EnvironmentSettings(
            scope, "acme", "shop", "production", mode, OnOverflow.STOP, OnError.DENY, 100));
  }

  @Override
  public Optional<EnvironmentSettings> find(UUID environmentId) {
    return Optional.ofNullable(byId.get(environmentId));
  }

  @Override
  public List<EnvironmentSettings> ofProject(UUID projectId) {
    return byId.values().stream()
        .filter(one -> one.scope().requireProject().equals(projectId))
        .toList();
  }

  @Override
  public List<EnvironmentSettings> ofOrganization(UUID organizationId) {
    return byId.values().stream()
        .filter(one -> one.scope().organizationId().equals(organizationId))
        .toList();
  }

  @Override
  public void onChange(Function<UUID, CompletionStage<Void>> listener) {
    listeners.add(listener);
  }
}
