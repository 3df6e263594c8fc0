package dev.saferun.tenancy;

import dev.saferun.platform.Actor;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/**
 * Reads and changes organizations, projects and environments, always within the actor's own
 * organization. When the stage of a change completes, it is committed, audited, in force on this
 * node, and on its way to the others. What is not there, or is another's, fails with {@link
 * dev.saferun.platform.CommonProblem#NOT_FOUND}.
 */
public interface Tenancy {

  /** What the {@link dev.saferun.platform.ChangeFeed} calls a change of any of these. */
  String TOPIC = "tenancy";

  /**
   * Makes an organization in the caller's transaction, whose scope must be {@code organizationId};
   * the caller says {@link #changed} after the commit. For those who make more than the
   * organization at once: its first key belongs into the same transaction.
   */
  CompletionStage<Organization> createOrganization(
      Stage.Session session, UUID organizationId, String name, Actor by);

  /** Makes a project with its three environments in the caller's transaction. */
  CompletionStage<Project> createProject(
      Stage.Session session, UUID organizationId, String name, Actor by);

  /** Completes when this node's memory holds the organization as it is committed. */
  CompletionStage<Void> changed(UUID organizationId);

  CompletionStage<Organization> organization(UUID organizationId);

  CompletionStage<List<Project>> projects(UUID organizationId);

  CompletionStage<Project> project(UUID organizationId, String project);

  /**
   * Makes the project with its environments, or gives the one that is there another display name.
   */
  CompletionStage<Put<Project>> putProject(Actor by, String project, ProjectChange change);

  CompletionStage<List<EnvironmentSettings>> environments(UUID organizationId, String project);

  CompletionStage<EnvironmentSettings> environment(
      UUID organizationId, String project, String environment);

  CompletionStage<Put<EnvironmentSettings>> putEnvironment(
      Actor by, String project, String environment, EnvironmentChange change);
}
