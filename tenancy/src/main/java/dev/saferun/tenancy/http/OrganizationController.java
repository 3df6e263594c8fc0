package dev.saferun.tenancy.http;

import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.RequiresPermission.In;
import dev.saferun.tenancy.Organization;
import dev.saferun.tenancy.Tenancy;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Organizations, read. Making one takes a first key with it and so is the work of {@code auth}. */
@Controller("/v1/organizations")
@Tag(name = "organizations")
class OrganizationController {

  private final Tenancy tenancy;

  OrganizationController(Tenancy tenancy) {
    this.tenancy = tenancy;
  }

  @Get
  @RequiresPermission(value = "settings.read", in = In.ANYWHERE)
  @Operation(summary = "The organizations that the key can see: its own")
  CompletionStage<OrganizationList> list(@Parameter(hidden = true) Actor actor) {
    return tenancy
        .organization(actor.organizationId())
        .thenApply(own -> new OrganizationList(List.of(OrganizationView.of(own))));
  }

  @Get("/{organization}")
  @RequiresPermission(value = "settings.read", in = In.ANYWHERE)
  @Operation(summary = "One organization")
  CompletionStage<OrganizationView> get(
      @Parameter(hidden = true) Actor actor, String organization) {
    return tenancy
        .organization(actor.organizationId())
        .thenApply(
            own -> {
              if (!own.name().equals(organization)) {
                throw new ProblemException(
                    CommonProblem.NOT_FOUND, "your key does not belong to such an organization");
              }
              return OrganizationView.of(own);
            });
  }

  record OrganizationView(String id, String name, String createdAt) {
    static OrganizationView of(Organization organization) {
      return new OrganizationView(
          organization.id().toString(), organization.name(), organization.createdAt().toString());
    }
  }

  record OrganizationList(List<OrganizationView> organizations) {}
}
