package dev.saferun.auth.http;

import dev.saferun.audit.Audited;
import dev.saferun.auth.signin.Connection;
import dev.saferun.auth.signin.Connections;
import dev.saferun.auth.signin.Domains;
import dev.saferun.auth.signin.Domains.Domain;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.Database;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.Transaction;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The domains of e-mail addresses by which people find where they sign in. */
@Controller("/v1/sign-in/domains")
@Tag(name = "sign-in")
class DomainController {

  private static final int NAME_CHARACTERS_MAX = 63;

  private final Database database;
  private final Domains domains;
  private final Connections connections;

  DomainController(Database database, Domains domains, Connections connections) {
    this.database = database;
    this.domains = domains;
    this.connections = connections;
  }

  @Get
  @RequiresPermission("sign-in.read")
  @Operation(summary = "The domains that the organization claims")
  CompletionStage<DomainList> list(@Parameter(hidden = true) Actor actor) {
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction ->
            new DomainList(domains.all(transaction).stream().map(DomainView::of).toList()));
  }

  @Put("/{domain}")
  @RequiresPermission("sign-in.write")
  @Audited({"domain.claimed", "domain.changed"})
  @Operation(
      summary = "Claim a domain, and say by which connection its people sign in",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = DomainBody.class))))
  CompletionStage<DomainView> put(
      @Parameter(hidden = true) Actor actor,
      String domain,
      @Parameter(hidden = true) @Body byte[] body) {
    String named =
        BodyFields.read(body, "connection").text("connection", NAME_CHARACTERS_MAX).orElse(null);
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction -> {
          Connection connection = named == null ? null : connections.get(transaction, named);
          return DomainView.of(domains.put(transaction, actor, domain, connection));
        });
  }

  @Post("/{domain}/verification")
  @RequiresPermission("sign-in.write")
  @Audited("domain.verified")
  @Status(HttpStatus.OK)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "Prove a domain by its TXT record")
  DomainView verify(@Parameter(hidden = true) Actor actor, String domain) {
    return DomainView.of(domains.verifyByDns(actor, domain));
  }

  @Post("/{domain}/vouching")
  @RequiresPermission("appliance.operate")
  @Audited("domain.verified")
  @Status(HttpStatus.OK)
  @Operation(summary = "Vouch for a domain as the operator, where there is no DNS")
  CompletionStage<DomainView> vouch(@Parameter(hidden = true) Actor actor, String domain) {
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction -> DomainView.of(domains.vouch(transaction, actor, domain)));
  }

  @Delete("/{domain}")
  @RequiresPermission("sign-in.write")
  @Audited("domain.deleted")
  @Operation(summary = "Give a domain up")
  CompletionStage<HttpResponse<Void>> delete(@Parameter(hidden = true) Actor actor, String domain) {
    return Transaction.run(
            database,
            actor.organizationId(),
            transaction -> domains.delete(transaction, actor, domain))
        .thenApply(done -> HttpResponse.noContent());
  }

  record DomainBody(@Nullable String connection) {}

  /**
   * @param txtRecord what must stand in a TXT record of the domain
   * @param verifiedBy {@code dns}, or the name of the operator
   */
  record DomainView(
      String name,
      @Nullable String connection,
      String txtRecord,
      String claimedAt,
      @Nullable String verifiedAt,
      @Nullable String verifiedBy) {

    static DomainView of(Domain domain) {
      return new DomainView(
          domain.name(),
          domain.connection(),
          domain.record(),
          domain.claimedAt().toString(),
          domain.verifiedAt() == null ? null : domain.verifiedAt().toString(),
          domain.verifiedBy());
    }
  }

  record DomainList(List<DomainView> domains) {}
}
