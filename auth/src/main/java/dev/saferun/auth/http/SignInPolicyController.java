package dev.saferun.auth.http;

import dev.saferun.audit.Audited;
import dev.saferun.auth.signin.SignInPolicies;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.Database;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.Transaction;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletionStage;

/** Whether people sign in by their identity provider alone. */
@Controller("/v1/sign-in/policy")
@Tag(name = "sign-in")
class SignInPolicyController {

  private final Database database;
  private final SignInPolicies policies;

  SignInPolicyController(Database database, SignInPolicies policies) {
    this.database = database;
    this.policies = policies;
  }

  @Get
  @RequiresPermission("sign-in.read")
  @Operation(summary = "Whether single sign-on is enforced")
  CompletionStage<PolicyView> get(@Parameter(hidden = true) Actor actor) {
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction -> new PolicyView(policies.isSsoEnforced(transaction)));
  }

  @Put
  @RequiresPermission("owners.write")
  @Audited("sign-in.changed")
  @Operation(
      summary = "Enforce single sign-on, after it and the way around it were seen to work",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = PolicyView.class))))
  CompletionStage<PolicyView> put(
      @Parameter(hidden = true) Actor actor, @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "sso_enforced");
    boolean enforced =
        fields.truth("sso_enforced").orElseThrow(() -> fields.absent("sso_enforced"));
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction -> {
          policies.put(transaction, actor, enforced);
          return new PolicyView(enforced);
        });
  }

  record PolicyView(boolean ssoEnforced) {}
}
