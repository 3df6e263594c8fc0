package dev.saferun.redaction.store;

import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Database;
import dev.saferun.platform.LastGood;
import dev.saferun.platform.OrganizationMemory;
import dev.saferun.platform.OwnDocument;
import dev.saferun.redaction.ProposedPolicies;
import dev.saferun.redaction.RedactionPolicies;
import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.RedactionRules;
import dev.saferun.tenancy.EnvironmentSettings;
import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The layers of every organization, and on this node's disk for a start without the database: an
 * appliance that starts alone must not keep more than it did before.
 */
@Context
class PoliciesInMemory implements RedactionPolicies, ProposedPolicies, OrganizationMemory.Held {

  static final String TOPIC = "redaction";

  private final Database database;
  private final ChangeFeed changes;
  private final PolicyRows rows;
  private final OrganizationMemory memory;
  private final ExecutorService compiling;
  private final Map<UUID, Layers> byOrganization = new ConcurrentHashMap<>();

  PoliciesInMemory(
      Database database,
      ChangeFeed changes,
      PolicyRows rows,
      LastGood lastGood,
      @Named(TaskExecutors.IO) ExecutorService compiling) {
    this.database = database;
    this.changes = changes;
    this.rows = rows;
    this.compiling = compiling;
    this.memory = new OrganizationMemory("redaction", database, lastGood, this);
  }

  @PostConstruct
  void start() {
    memory.start(
        () ->
            changes.subscribe(
                TOPIC, organization -> memory.request(organization).exceptionally(fault -> null)));
  }

  @PreDestroy
  void stop() {
    memory.close();
  }

  @Override
  public RedactionPolicy inForce(EnvironmentSettings environment) {
    return layers(environment).policy(environment);
  }

  @Override
  public RedactionPolicy with(EnvironmentSettings environment, RedactionRules own) {
    return layers(environment).policy(environment, own);
  }

  private Layers layers(EnvironmentSettings environment) {
    return byOrganization.getOrDefault(environment.scope().organizationId(), Layers.NONE);
  }

  /** Completes when what is committed is in force here, and on disk for a start from there. */
  CompletionStage<Void> refresh(UUID organizationId) {
    return memory.request(organizationId).thenCompose(done -> memory.onDisk());
  }

  @Override
  public CompletionStage<Void> read(UUID organizationId) {
    return database
        .inSession(organizationId, session -> rows.newest(session, organizationId))
        .thenAcceptAsync(
            newest -> byOrganization.put(organizationId, Layers.of(organizationId, newest)),
            compiling);
  }

  @Override
  public void retain(Set<UUID> organizationIds) {
    byOrganization.keySet().retainAll(organizationIds);
  }

  @Override
  public Map<String, @Nullable Object> document() {
    List<Object> written = new ArrayList<>();
    byOrganization.forEach(
        (organization, layers) ->
            layers
                .byOwner()
                .forEach(
                    (owner, rules) ->
                        written.add(
                            Map.of(
                                "organization_id", organization.toString(),
                                "owner_id", owner.toString(),
                                "rules", rules.toJson()))));
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("layers", written);
    return document;
  }

  @Override
  public void restore(Map<String, @Nullable Object> document) {
    Map<UUID, Map<UUID, RedactionRules>> restored = new LinkedHashMap<>();
    for (OwnDocument layer : new OwnDocument(document).objects("layers")) {
      restored
          .computeIfAbsent(layer.id("organization_id"), first -> new LinkedHashMap<>())
          .put(layer.id("owner_id"), RedactionRules.read(layer.object("rules").tree()));
    }
    restored.forEach(
        (organization, layers) ->
            byOrganization.put(organization, Layers.of(organization, layers)));
  }
}
