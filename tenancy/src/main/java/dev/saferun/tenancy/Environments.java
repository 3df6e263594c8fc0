package dev.saferun.tenancy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Every environment of this appliance in memory, kept current by the change feed; safe for the hot
 * path.
 */
public interface Environments {

  Optional<EnvironmentSettings> find(UUID environmentId);

  /** The environments of one project. */
  List<EnvironmentSettings> ofProject(UUID projectId);

  /** The environments of one organization. */
  List<EnvironmentSettings> ofOrganization(UUID organizationId);

  /**
   * Calls the listener with the organization after its settings were read anew. A change of
   * settings is told to be in force only when the listener's stage is done, however it ended.
   */
  void onChange(Function<UUID, CompletionStage<Void>> listener);
}
