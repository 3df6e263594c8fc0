package dev.saferun.evaluator.snapshot;

import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.platform.OrganizationMemory;
import dev.saferun.platform.OwnDocument;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots in force as the document that lies on this node's disk. A start compiles them
 * before it reads the database: so one that the database has no usable successor for is still in
 * force, and what did not change is not compiled again.
 */
final class PoliciesOnDisk implements OrganizationMemory.Held {

  private final Map<UUID, PolicySnapshot> inForce;
  private final Environments environments;
  private final Function<UUID, CompletionStage<Void>> read;
  private final BiConsumer<UUID, RuntimeException> unusable;
  private final Set<UUID> unconfirmed = ConcurrentHashMap.newKeySet();

  PoliciesOnDisk(
      Map<UUID, PolicySnapshot> inForce,
      Environments environments,
      Function<UUID, CompletionStage<Void>> read,
      BiConsumer<UUID, RuntimeException> unusable) {
    this.inForce = inForce;
    this.environments = environments;
    this.read = read;
    this.unusable = unusable;
  }

  /**
   * The environments whose snapshot came from disk and is not known to be in the database: it was
   * before it was written here, but the database can be another by now.
   */
  Set<UUID> unconfirmed() {
    return unconfirmed;
  }

  @Override
  public CompletionStage<Void> read(UUID organizationId) {
    return read.apply(organizationId);
  }

  /** Environments are forgotten before their policies are. */
  @Override
  public void retain(Set<UUID> organizationIds) {
    inForce.keySet().removeIf(id -> environments.find(id).isEmpty());
  }

  @Override
  public Map<String, @Nullable Object> document() {
    List<Map<String, @Nullable Object>> policies =
        inForce.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(one -> policy(one.getKey(), one.getValue()))
            .toList();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("policies", policies);
    return document;
  }

  private static Map<String, @Nullable Object> policy(UUID environment, PolicySnapshot snapshot) {
    Map<String, @Nullable Object> policy = new LinkedHashMap<>();
    policy.put("environment_id", environment.toString());
    policy.put("snapshot", snapshot.id());
    policy.put("content", snapshot.content().toJson());
    return policy;
  }

  /** A policy that this version cannot compile or understand holds up its own environment only. */
  @Override
  public void restore(Map<String, @Nullable Object> document) {
    Map<UUID, List<PolicySnapshot>> byProject = new HashMap<>();
    for (OwnDocument policy : new OwnDocument(document).objects("policies")) {
      UUID id = policy.id("environment_id");
      environments
          .find(id)
          .map(EnvironmentSettings::scope)
          .ifPresent(scope -> restore(id, scope.requireProject(), policy, byProject));
    }
  }

  private void restore(
      UUID environment,
      UUID project,
      OwnDocument policy,
      Map<UUID, List<PolicySnapshot>> byProject) {
    try {
      PolicyContent content = PolicyContent.fromJson(policy.object("content").tree());
      List<PolicySnapshot> siblings =
          byProject.computeIfAbsent(project, first -> new ArrayList<>());
      PolicySnapshot snapshot = PolicySnapshot.of(content, siblings);
      siblings.add(snapshot);
      inForce.put(environment, snapshot);
      unconfirmed.add(environment);
    } catch (RuntimeException fault) {
      unusable.accept(environment, fault);
    }
  }
}
