package dev.saferun.auth.http;

import dev.saferun.audit.Audited;
import dev.saferun.auth.signin.Connection;
import dev.saferun.auth.signin.ConnectionChanges;
import dev.saferun.auth.signin.ConnectionChanges.KeyStep;
import dev.saferun.auth.signin.ConnectionChanges.Written;
import dev.saferun.auth.signin.Connections;
import dev.saferun.auth.signin.Protocol;
import dev.saferun.auth.signin.SignInAddresses;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.Database;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Name;
import dev.saferun.tenancy.Role;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The connections by which the people of an organization sign in. */
@Controller("/v1/sign-in/connections")
@Tag(name = "sign-in")
class ConnectionController {

  private static final int SECRET_CHARACTERS_MAX = 2_000;

  /** Who comes in by a default must not be an owner. */
  private static final Role[] DEFAULTS =
      Arrays.stream(Role.values()).filter(role -> role != Role.OWNER).toArray(Role[]::new);

  private final Database database;
  private final Connections connections;
  private final ConnectionChanges changes;
  private final SignInAddresses addresses;
  private final Trials trials;

  ConnectionController(
      Database database,
      Connections connections,
      ConnectionChanges changes,
      SignInAddresses addresses,
      Trials trials) {
    this.database = database;
    this.connections = connections;
    this.changes = changes;
    this.addresses = addresses;
    this.trials = trials;
  }

  @Get
  @RequiresPermission("sign-in.read")
  @Operation(summary = "The connections of the organization")
  CompletionStage<ConnectionList> list(@Parameter(hidden = true) Actor actor) {
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction ->
            new ConnectionList(connections.all(transaction).stream().map(this::view).toList()));
  }

  @Get("/{connection}")
  @RequiresPermission("sign-in.read")
  @Operation(summary = "One connection, and the addresses that its provider needs")
  CompletionStage<ConnectionView> get(@Parameter(hidden = true) Actor actor, String connection) {
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction -> view(connections.get(transaction, connection)));
  }

  /** Settings are written whole; the metadata of SAML and the secret stay where none is given. */
  @Put("/{connection}")
  @RequiresPermission("sign-in.write")
  @Audited({"connection.created", "connection.changed"})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Make or change a connection",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = ConnectionBody.class))))
  ConnectionView put(
      @Parameter(hidden = true) Actor actor,
      String connection,
      @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields =
        BodyFields.read(
            body,
            "protocol",
            "settings",
            "client_secret",
            "enabled",
            "just_in_time",
            "default_role");
    return view(
        changes.put(
            actor,
            new Written(
                Name.require(connection),
                fields.choice("protocol", Protocol.values(), Protocol::wire),
                fields.tree("settings"),
                fields.text("client_secret", SECRET_CHARACTERS_MAX),
                fields.truth("enabled"),
                fields.truth("just_in_time"),
                fields.choice("default_role", DEFAULTS, Role::wire))));
  }

  @Delete("/{connection}")
  @RequiresPermission("sign-in.write")
  @Audited("connection.deleted")
  @Operation(summary = "Delete a connection; sessions that began by it go on until they end")
  CompletionStage<HttpResponse<Void>> delete(
      @Parameter(hidden = true) Actor actor, String connection) {
    return Transaction.run(
            database,
            actor.organizationId(),
            transaction ->
                connections.delete(transaction, actor, connections.get(transaction, connection)))
        .thenApply(done -> HttpResponse.noContent());
  }

  @Post("/{connection}/trial")
  @RequiresPermission("sign-in.write")
  @Audited(none = "it only makes a link; who follows it is told of")
  @Status(HttpStatus.OK)
  @Operation(summary = "A link by which the connection is tried in a browser")
  CompletionStage<TrialView> trial(@Parameter(hidden = true) Actor actor, String connection) {
    return Transaction.in(
        database,
        actor.organizationId(),
        transaction -> {
          Connection tried = connections.get(transaction, connection);
          return new TrialView(
              addresses.begin(tried.organizationId(), tried.id())
                  + "?trial="
                  + trials.ticket(tried.id()));
        });
  }

  @Post("/{connection}/metadata-refresh")
  @RequiresPermission("sign-in.write")
  @Audited("connection.changed")
  @Status(HttpStatus.OK)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "Read the metadata of a SAML identity provider anew")
  ConnectionView refresh(@Parameter(hidden = true) Actor actor, String connection) {
    return view(changes.refresh(actor, connection));
  }

  @Post("/{connection}/keys")
  @RequiresPermission("sign-in.write")
  @Audited("connection.changed")
  @Status(HttpStatus.OK)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Change our keys of a SAML connection, a step at a time: add, switch, drop",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = KeyStepBody.class))))
  ConnectionView keys(
      @Parameter(hidden = true) Actor actor,
      String connection,
      @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "step");
    KeyStep step =
        fields
            .choice("step", KeyStep.values(), one -> one.name().toLowerCase(Locale.ROOT))
            .orElseThrow(() -> fields.absent("step"));
    return view(changes.step(actor, connection, step));
  }

  private ConnectionView view(Connection connection) {
    boolean oidc = connection.protocol() == Protocol.OIDC;
    return new ConnectionView(
        connection.id().toString(),
        connection.name(),
        connection.protocol().wire(),
        connection.settings(),
        connection.enabled(),
        connection.justInTime(),
        connection.defaultRole() == null ? null : connection.defaultRole().wire(),
        connection.createdAt().toString(),
        connection.changedAt().toString(),
        connection.provenAt() == null ? null : connection.provenAt().toString(),
        addresses.begin(connection.organizationId(), connection.id()),
        oidc ? addresses.callback(connection) : null,
        oidc ? addresses.backChannelLogout(connection) : null,
        oidc ? null : addresses.entityId(connection),
        oidc ? null : addresses.assertionConsumer(connection),
        oidc ? null : addresses.singleLogout(connection));
  }

  record ConnectionBody(
      @Nullable String protocol,
      @Nullable Map<String, Object> settings,
      @Nullable String clientSecret,
      @Nullable Boolean enabled,
      @Nullable Boolean justInTime,
      @Nullable String defaultRole) {}

  record KeyStepBody(String step) {}

  record TrialView(String url) {}

  /**
   * @param provenAt when somebody last signed in by it as it is now
   * @param signInAt the link by which people begin
   * @param entityId also the address of our metadata
   */
  record ConnectionView(
      String id,
      String name,
      String protocol,
      Map<String, @Nullable Object> settings,
      boolean enabled,
      boolean justInTime,
      @Nullable String defaultRole,
      String createdAt,
      String changedAt,
      @Nullable String provenAt,
      String signInAt,
      @Nullable String redirectUri,
      @Nullable String backchannelLogoutUri,
      @Nullable String entityId,
      @Nullable String assertionConsumerUrl,
      @Nullable String singleLogoutUrl) {}

  record ConnectionList(List<ConnectionView> connections) {}
}
