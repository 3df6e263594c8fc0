package dev.saferun.audit.http;

import dev.saferun.audit.AuditProblem;
import dev.saferun.audit.Audited;
import dev.saferun.audit.delivery.Destination;
import dev.saferun.audit.delivery.DestinationStore;
import dev.saferun.audit.delivery.DestinationStore.Standing;
import dev.saferun.audit.delivery.Sinks;
import dev.saferun.audit.delivery.Trial;
import dev.saferun.audit.stream.StreamReads;
import dev.saferun.platform.Actor;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequiresPermission;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the organization's events are sent, for admin keys. */
@Controller("/v1/audit/destinations")
@Tag(name = "siem")
final class DestinationController {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final int DESTINATIONS_MAX = 20;
  private static final String BEGINNING = "beginning";

  private final DestinationStore store;
  private final Sinks sinks;
  private final StreamReads stream;
  private final Trial trial;

  DestinationController(DestinationStore store, Sinks sinks, StreamReads stream, Trial trial) {
    this.store = store;
    this.sinks = sinks;
    this.stream = stream;
    this.trial = trial;
  }

  @Get
  @RequiresPermission("destinations.read")
  @Operation(
      summary = "Destinations, and how far each of them is",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(
                      schema =
                          @Schema(implementation = DestinationDocuments.DestinationList.class))))
  CompletionStage<HttpResponse<byte[]>> list(@Parameter(hidden = true) Actor actor) {
    return store
        .all(actor.organizationId())
        .thenApply(
            all ->
                Parameters.json(
                    Map.of("destinations", all.stream().map(Standing::toJson).toList())));
  }

  @Get("/{name}")
  @RequiresPermission("destinations.read")
  @Operation(
      summary = "One destination",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(
                      schema = @Schema(implementation = DestinationDocuments.Destination.class))))
  CompletionStage<HttpResponse<byte[]>> read(@Parameter(hidden = true) Actor actor, String name) {
    return standing(actor, name).thenApply(found -> Parameters.json(found.toJson()));
  }

  @Put("/{name}")
  @RequiresPermission("destinations.write")
  @Audited({"destination.created", "destination.changed"})
  @Operation(
      summary = "Write a destination; its credentials stay where they are left out",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = DestinationDocuments.Body.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(
                      schema = @Schema(implementation = DestinationDocuments.Destination.class))))
  CompletionStage<HttpResponse<byte[]>> put(
      @Parameter(hidden = true) Actor actor,
      String name,
      @Parameter(hidden = true) @Body byte[] body) {
    UUID organization = actor.organizationId();
    if (!NAME.matcher(name).matches()) {
      throw Parameters.invalid(
          "a destination's name has 1 to 64 lower-case letters, digits and '-', the first no '-'");
    }
    DestinationBody wanted = DestinationBody.read(body, sinks);
    return store
        .all(organization)
        .thenCompose(all -> put(actor, name, wanted, before(all, name)))
        .thenCompose(written -> read(actor, name));
  }

  private static Optional<Destination> before(List<Standing> all, String name) {
    Optional<Destination> before =
        all.stream().map(Standing::destination).filter(one -> one.name().equals(name)).findFirst();
    if (before.isEmpty() && all.size() >= DESTINATIONS_MAX) {
      throw new ProblemException(
          CommonProblem.CONFLICT,
          "an organization has at most " + DESTINATIONS_MAX + " destinations; delete one");
    }
    return before;
  }

  private CompletionStage<Void> put(
      Actor actor, String name, DestinationBody wanted, Optional<Destination> found) {
    @Nullable Destination before = found.orElse(null);
    CompletionStage<Map<String, String>> credentials =
        before != null && wanted.keepsSecrets(before)
            ? sinks.secrets(before)
            : CompletableFuture.completedStage(wanted.newSecrets());
    return credentials.thenCompose(
        known -> {
          wanted.check(known);
          Destination destination =
              wanted.destination(
                  actor.organizationId(),
                  before == null ? store.newId() : before.id(),
                  name,
                  before);
          return position(actor.organizationId(), wanted.from())
              .thenCompose(
                  cursor -> store.put(actor, destination, wanted.secrets(), before, cursor));
        });
  }

  private CompletionStage<Long> position(UUID organization, String from) {
    return switch (from) {
      case DestinationBody.NOW -> stream.end(organization);
      case BEGINNING -> CompletableFuture.completedStage(0L);
      default -> stream.firstOf(organization, Parameters.bodyTime("from", from));
    };
  }

  @Delete("/{name}")
  @RequiresPermission("destinations.write")
  @Audited("destination.deleted")
  @Operation(
      summary = "End a destination",
      responses = @ApiResponse(responseCode = "204", description = "It is gone"))
  CompletionStage<HttpResponse<byte[]>> delete(@Parameter(hidden = true) Actor actor, String name) {
    return standing(actor, name)
        .thenCompose(found -> store.delete(actor, found.destination()))
        .thenApply(deleted -> HttpResponse.noContent());
  }

  @Post("/{name}/test")
  @RequiresPermission("destinations.write")
  @Audited("destination.tested")
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Send one event that says that it is a test, and wait for its receipt",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = DestinationDocuments.Tested.class))))
  CompletionStage<HttpResponse<byte[]>> test(@Parameter(hidden = true) Actor actor, String name) {
    return standing(actor, name)
        .thenCompose(found -> tested(actor, found.destination()))
        .thenApply(
            fault -> {
              if (fault.isPresent()) {
                throw new ProblemException(AuditProblem.DESTINATION_REFUSED, fault.get());
              }
              return Parameters.json(Map.of("delivered", true));
            });
  }

  private CompletionStage<Optional<String>> tested(Actor actor, Destination destination) {
    return trial
        .of(actor, destination)
        .thenCompose(
            fault ->
                store.tested(actor, destination, fault.orElse(null)).thenApply(recorded -> fault));
  }

  @Post("/{name}/back-fill")
  @RequiresPermission("destinations.write")
  @Audited("destination.back_filled")
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Send again from a point in time",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = DestinationDocuments.BackFillBody.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = DestinationDocuments.Cursor.class))))
  CompletionStage<HttpResponse<byte[]>> backFill(
      @Parameter(hidden = true) Actor actor,
      String name,
      @Parameter(hidden = true) @Body byte[] body) {
    BodyFields fields = BodyFields.read(body, "from");
    String from = fields.text("from").orElseThrow(() -> fields.absent("from"));
    return standing(actor, name)
        .thenCompose(
            found ->
                position(actor.organizationId(), from)
                    .thenCompose(
                        cursor ->
                            store
                                .backFill(actor, found.destination(), cursor)
                                .thenApply(moved -> Parameters.json(Map.of("cursor", cursor)))));
  }

  @Get("/{name}/dead-letters")
  @RequiresPermission("destinations.read")
  @Operation(
      summary = "Events that the receiver refused for good, and why",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(
                      schema =
                          @Schema(implementation = DestinationDocuments.DeadLetterList.class))))
  CompletionStage<HttpResponse<byte[]>> deadLetters(
      @Parameter(hidden = true) Actor actor,
      String name,
      @QueryValue @Nullable Long after,
      @QueryValue @Nullable Integer limit) {
    int most = Parameters.limit(limit, 50, 500);
    return standing(actor, name)
        .thenCompose(
            found -> store.deadLetters(found.destination(), after == null ? -1 : after, most + 1))
        .thenApply(letters -> Parameters.json(DeadLetterPage.of(letters, most)));
  }

  @Post("/{name}/dead-letters/retry")
  @RequiresPermission("destinations.write")
  @Audited("destination.retried")
  @Status(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Send them once more, in the background; their order is lost",
      responses = @ApiResponse(responseCode = "202", description = "They are being sent"))
  CompletionStage<HttpResponse<byte[]>> retry(@Parameter(hidden = true) Actor actor, String name) {
    return standing(actor, name)
        .thenCompose(found -> store.sendAgain(actor, found.destination()))
        .thenApply(asked -> HttpResponse.accepted());
  }

  private CompletionStage<Standing> standing(Actor actor, String name) {
    return store
        .find(actor.organizationId(), name)
        .thenApply(found -> found.orElseThrow(Parameters::absent));
  }
}
