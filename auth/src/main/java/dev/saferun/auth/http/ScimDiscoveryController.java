package dev.saferun.auth.http;

import dev.saferun.auth.scim.ScimSchemas;
import dev.saferun.platform.RequiresPermission;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What a directory can learn of this service provider before it tells of anybody (SCIM 2.0). */
@Controller(ScimSchemas.BASE)
@Produces({ScimAnswers.TYPE, MediaType.APPLICATION_JSON})
@Tag(name = "scim")
class ScimDiscoveryController {

  private final ScimSchemas schemas;

  ScimDiscoveryController(ScimSchemas schemas) {
    this.schemas = schemas;
  }

  @Get("/ServiceProviderConfig")
  @RequiresPermission("directory.provision")
  @Operation(
      summary = "Which parts of SCIM are served",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(mediaType = ScimAnswers.TYPE, schema = @Schema(type = "object"))))
  HttpResponse<byte[]> serviceProviderConfig() {
    return ScimAnswers.json(schemas.serviceProviderConfig());
  }

  @Get("/ResourceTypes")
  @RequiresPermission("directory.provision")
  @Operation(
      summary = "Which kinds of resources there are",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(mediaType = ScimAnswers.TYPE, schema = @Schema(type = "object"))))
  HttpResponse<byte[]> resourceTypes() {
    return ScimAnswers.json(schemas.resourceTypes());
  }

  @Get("/ResourceTypes/{name}")
  @RequiresPermission("directory.provision")
  @Operation(
      summary = "One kind of resources",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(mediaType = ScimAnswers.TYPE, schema = @Schema(type = "object"))))
  HttpResponse<byte[]> resourceType(String name) {
    return ScimAnswers.json(schemas.resourceType(name));
  }

  @Get("/Schemas")
  @RequiresPermission("directory.provision")
  @Operation(
      summary = "Which attributes of resources are kept",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(mediaType = ScimAnswers.TYPE, schema = @Schema(type = "object"))))
  HttpResponse<byte[]> schemas() {
    return ScimAnswers.json(schemas.schemas());
  }

  @Get("/Schemas/{id}")
  @RequiresPermission("directory.provision")
  @Operation(
      summary = "Which attributes of one kind of resources are kept",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(mediaType = ScimAnswers.TYPE, schema = @Schema(type = "object"))))
  HttpResponse<byte[]> schema(String id) {
    return ScimAnswers.json(schemas.schema(id));
  }
}
