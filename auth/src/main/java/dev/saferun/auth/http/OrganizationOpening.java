package dev.saferun.auth.http;

import dev.saferun.audit.Audited;
import dev.saferun.auth.ApiKeys;
import dev.saferun.auth.http.KeyViews.KeyView;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.tenancy.Name;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Put;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletionStage;

/** Opens organizations, for the operator of the appliance. */
@Controller("/v1/organizations")
@Tag(name = "organizations")
class OrganizationOpening {

  private final ApiKeys keys;

  OrganizationOpening(ApiKeys keys) {
    this.keys = keys;
  }

  /** A second time it conflicts: the first key cannot be shown again. */
  @Put("/{organization}")
  @RequiresPermission("appliance.operate")
  @Audited({"organization.created", "key.created"})
  @Operation(
      summary = "Open an organization; its first admin key is shown once",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = OrganizationBody.class))))
  CompletionStage<HttpResponse<OpenedOrganization>> open(
      @Parameter(hidden = true) Actor actor,
      String organization,
      @Parameter(hidden = true) @Body byte[] body) {
    BodyFields.read(body);
    return keys.openOrganization(actor, Name.require(organization))
        .thenApply(
            opened ->
                HttpResponse.created(
                    new OpenedOrganization(
                        opened.organization().id().toString(),
                        opened.organization().name(),
                        KeyView.of(opened.key()))));
  }

  /** Nothing can be said of an organization yet: an object without fields. */
  record OrganizationBody() {}

  /** The admin key is within: {@code admin_key.key}. */
  record OpenedOrganization(String id, String name, KeyView adminKey) {}
}
