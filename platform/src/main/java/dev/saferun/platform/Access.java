package dev.saferun.platform;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a caller may do in its organization, by the names of permissions. Which there are, and who
 * has which, is not known here.
 *
 * @param everywhere holds in the organization and in each of its projects
 * @param inProjects holds beside it in single projects, by their ids
 */
public record Access(Set<String> everywhere, Map<UUID, Set<String>> inProjects) {

  public static final Access NONE = new Access(Set.of(), Map.of());

  public Access {
    everywhere = Set.copyOf(everywhere);
    inProjects = Map.copyOf(inProjects);
  }

  public static Access everywhere(Set<String> permissions) {
    return new Access(permissions, Map.of());
  }

  public boolean permits(String permission) {
    return everywhere.contains(permission);
  }

  public boolean permits(String permission, UUID projectId) {
    return permits(permission) || inProject(projectId).contains(permission);
  }

  /** Whether the caller may do anything at all there: to others it does not exist. */
  public boolean knows(UUID projectId) {
    return !everywhere.isEmpty() || !inProject(projectId).isEmpty();
  }

  private Set<String> inProject(UUID projectId) {
    return inProjects.getOrDefault(projectId, Set.of());
  }
}
