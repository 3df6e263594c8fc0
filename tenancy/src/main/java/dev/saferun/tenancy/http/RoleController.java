package dev.saferun.tenancy.http;

import dev.saferun.platform.RequiresPermission;
import dev.saferun.tenancy.Permission;
import dev.saferun.tenancy.Role;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;

/** The table of who may do what. */
@Controller("/v1/roles")
@Tag(name = "members")
class RoleController {

  @Get
  @RequiresPermission(none = "it is the same for everybody")
  @Operation(summary = "The roles and the permissions that each has")
  RoleTable table() {
    return new RoleTable(
        Arrays.stream(Role.values()).map(RoleView::of).toList(),
        Arrays.stream(Permission.values()).map(PermissionView::of).toList());
  }

  record RoleTable(List<RoleView> roles, List<PermissionView> permissions) {}

  record RoleView(String name, String does, List<String> permissions) {
    static RoleView of(Role role) {
      return new RoleView(
          role.wire(), role.does(), role.permissionNames().stream().sorted().toList());
    }
  }

  record PermissionView(String name, String does) {
    static PermissionView of(Permission permission) {
      return new PermissionView(permission.wire(), permission.does());
    }
  }
}
