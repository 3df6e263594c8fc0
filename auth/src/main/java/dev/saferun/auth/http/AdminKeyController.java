package dev.saferun.auth.http;

import dev.saferun.audit.Audited;
import dev.saferun.auth.ApiKeys;
import dev.saferun.auth.KeyDoor;
import dev.saferun.auth.http.KeyViews.KeyChangeBody;
import dev.saferun.auth.http.KeyViews.KeyList;
import dev.saferun.auth.http.KeyViews.KeyView;
import dev.saferun.auth.http.KeyViews.NewKeyBody;
import dev.saferun.platform.Actor;
import dev.saferun.platform.RequiresPermission;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The admin keys of the caller's organization. Each may do what an owner may. */
@Controller("/v1/keys")
@Tag(name = "keys")
class AdminKeyController {

  private final ApiKeys keys;

  AdminKeyController(ApiKeys keys) {
    this.keys = keys;
  }

  @Get
  @RequiresPermission("keys.read")
  @Operation(summary = "The admin keys of the organization")
  CompletionStage<KeyList> list(@Parameter(hidden = true) Actor actor) {
    return keys.list(actor, new KeyDoor.OwnOrganization()).thenApply(KeyList::of);
  }

  @Post
  @RequiresPermission("owners.write")
  @Audited("key.created")
  @Operation(
      summary = "Make an admin key; it is shown once",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = NewKeyBody.class))))
  CompletionStage<HttpResponse<KeyView>> issue(
      @Parameter(hidden = true) Actor actor, @Parameter(hidden = true) @Body byte[] body) {
    return keys.issue(actor, new KeyDoor.OwnOrganization(), KeyViews.newKey(body))
        .thenApply(issued -> HttpResponse.created(KeyView.of(issued)));
  }

  @Put("/{id}")
  @RequiresPermission("owners.write")
  @Audited({"key.changed", "key.revoked"})
  @Operation(
      summary = "Rename, revoke or expire an admin key",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = KeyChangeBody.class))))
  CompletionStage<KeyView> change(
      @Parameter(hidden = true) Actor actor, UUID id, @Parameter(hidden = true) @Body byte[] body) {
    return keys.change(actor, new KeyDoor.OwnOrganization(), id, KeyViews.change(body))
        .thenApply(KeyView::of);
  }
}
