package dev.saferun.auth.http;

import dev.saferun.platform.Access;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.RequiresPermission.In;
import dev.saferun.platform.Scope;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import dev.saferun.tenancy.Permission;
import dev.saferun.tenancy.Role;
import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.http.HttpRequest;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import io.micronaut.web.router.UriRouteMatch;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Judges whether a caller may call an endpoint. Runs on the event loop with each request: a look at
 * the endpoint and one into a set.
 */
@Singleton
final class Permits {

  private static final String PROJECT = "project";

  private final Environments environments;

  Permits(Environments environments) {
    this.environments = environments;
  }

  /**
   * The actor as it may call: within the project in which it holds the permission, where it does
   * not hold it everywhere. An address that does not exist is nobody's to refuse.
   */
  Actor permitted(HttpRequest<?> request, Actor actor) {
    Optional<RouteMatch<?>> route = RouteAttributes.getRouteMatch(request);
    if (route.isEmpty()) {
      return actor;
    }
    AnnotationValue<RequiresPermission> required =
        route.get().getAnnotation(RequiresPermission.class);
    if (required == null) {
      throw new ProblemException(
          CommonProblem.PERMISSION_REQUIRED, "this address is open to nobody");
    }
    String permission = required.stringValue().orElse("");
    if (permission.isEmpty() || actor.access().permits(permission)) {
      return actor;
    }
    return inProject(
        request,
        route.get(),
        actor,
        permission,
        required.enumValue("in", In.class).orElse(In.PATH));
  }

  private Actor inProject(
      HttpRequest<?> request, RouteMatch<?> route, Actor actor, String permission, In in) {
    return switch (in) {
      case PATH -> inProjectOfPath(route, actor, permission);
      case ANYWHERE -> {
        if (holding(actor.access(), permission).isEmpty()) {
          throw refusal(permission);
        }
        yield actor;
      }
      case SCOPE -> inProjectOfScope(request, actor, permission);
    };
  }

  private Actor inProjectOfPath(RouteMatch<?> route, Actor actor, String permission) {
    Object named =
        route instanceof UriRouteMatch<?, ?> match ? match.getVariableValues().get(PROJECT) : null;
    if (named == null) {
      throw refusal(permission);
    }
    UUID project = project(actor, named.toString()).orElseThrow(() -> unknown(actor, permission));
    if (!actor.access().knows(project)) {
      throw unknown(actor, permission);
    }
    if (!actor.access().permits(permission, project)) {
      throw refusal(permission);
    }
    return within(actor, project);
  }

  /** To somebody who has no role in a project it is not there, whether it is or not. */
  private static ProblemException unknown(Actor actor, String permission) {
    return actor.access().inProjects().isEmpty()
        ? refusal(permission)
        : new ProblemException(
            CommonProblem.NOT_FOUND, "there is nothing of that name in your organization");
  }

  private Actor inProjectOfScope(HttpRequest<?> request, Actor actor, String permission) {
    List<UUID> holding = holding(actor.access(), permission);
    if (holding.isEmpty()) {
      throw refusal(permission);
    }
    String asked = request.getParameters().get(PROJECT);
    if (asked != null) {
      UUID project =
          project(actor, asked)
              .filter(holding::contains)
              .orElseThrow(() -> unknown(actor, permission));
      return within(actor, project);
    }
    if (holding.size() > 1) {
      throw new ProblemException(
          CommonProblem.INVALID_PARAMETER,
          "your roles are in several projects: say in which you ask with ?project=");
    }
    return within(actor, holding.getFirst());
  }

  private static List<UUID> holding(Access access, String permission) {
    return access.inProjects().entrySet().stream()
        .filter(project -> project.getValue().contains(permission))
        .map(project -> project.getKey())
        .sorted()
        .toList();
  }

  private Optional<UUID> project(Actor actor, String name) {
    return environments.ofOrganization(actor.organizationId()).stream()
        .filter(one -> one.project().equals(name))
        .map(EnvironmentSettings::scope)
        .map(Scope::requireProject)
        .findFirst();
  }

  private static Actor within(Actor actor, UUID project) {
    return actor.within(new Scope(actor.organizationId(), project, null));
  }

  private static ProblemException refusal(String permission) {
    String roles =
        Permission.ofWire(permission).map(Role::with).orElse(List.of()).stream()
            .map(Role::wire)
            .collect(Collectors.joining(", "));
    return new ProblemException(
        CommonProblem.PERMISSION_REQUIRED,
        "this needs the permission "
            + permission
            + (roles.isEmpty()
                ? ", which only some keys have"
                : "; the roles that have it: " + roles));
  }
}
