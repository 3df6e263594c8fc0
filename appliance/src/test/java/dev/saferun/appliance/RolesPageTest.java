package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.tenancy.Permission;
import dev.saferun.tenancy.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/roles.md} is the table in code; {@code make openapi} writes it anew. */
class RolesPageTest {

  private static final Path PAGE = Path.of("..", "docs", "roles.md");

  @Test
  void thePageIsTheTable() throws IOException {
    if (Boolean.getBoolean("saferun.openapi.write")) {
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page());
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Roles and what they may do

            A member has roles in the organization, or in single projects, by a grant of their own or by a group. `GET /v1/roles` answers
            with the same table. An endpoint names the permission that it needs as `x-permission` in `appliance/openapi.yml`; who lacks it is
            told which roles have it. In a project in which somebody has no role nothing is there: the answer is 404.

            """);
    for (Role role : Role.values()) {
      page.append("- **").append(role.wire()).append("**: ").append(role.does()).append("\n");
    }
    page.append("\n| permission | may | ")
        .append(Arrays.stream(Role.values()).map(Role::wire).collect(Collectors.joining(" | ")))
        .append(" |\n|---|---|")
        .append("---|".repeat(Role.values().length))
        .append("\n");
    for (Permission permission : Permission.values()) {
      page.append("| `")
          .append(permission.wire())
          .append("` | ")
          .append(permission.does())
          .append(" | ")
          .append(
              Arrays.stream(Role.values())
                  .map(role -> role.permissions().contains(permission) ? "yes" : "")
                  .collect(Collectors.joining(" | ")))
          .append(" |\n");
    }
    return page.append(
            """

            A key of an environment has `checks.make`, `runs.read` and `runs.label` there. An admin key has what the role owner has, and so
            only owners make one; the operator's key may operate the appliance beside that.
            """)
        .toString();
  }
}
