package dev.saferun.auth.http;

import dev.saferun.auth.scim.ScimResource;
import dev.saferun.auth.scim.ScimSelection;
import dev.saferun.auth.scim.ScimVersion;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import org.jspecify.annotations.Nullable;

/** Answers in the media type of SCIM. */
final class ScimAnswers {

  static final String TYPE = "application/scim+json";

  private static final MediaType MEDIA_TYPE = MediaType.of(TYPE);

  private ScimAnswers() {}

  static MutableHttpResponse<byte[]> json(byte[] document) {
    return HttpResponse.ok(document).contentType(MEDIA_TYPE);
  }

  static HttpResponse<byte[]> ok(ScimResource resource, ScimSelection selection) {
    return tagged(json(resource.json(selection)), resource);
  }

  /** Nothing, where the caller has seen this version already. */
  static HttpResponse<byte[]> unlessSeen(
      ScimResource resource, ScimSelection selection, @Nullable String ifNoneMatch) {
    return ScimVersion.isNamed(ifNoneMatch, resource.version())
        ? tagged(HttpResponse.status(HttpStatus.NOT_MODIFIED), resource)
        : ok(resource, selection);
  }

  static HttpResponse<byte[]> created(ScimResource resource, ScimSelection selection) {
    return tagged(json(resource.json(selection)), resource).status(HttpStatus.CREATED);
  }

  static HttpResponse<byte[]> done(ScimResource resource) {
    return tagged(HttpResponse.noContent(), resource);
  }

  private static MutableHttpResponse<byte[]> tagged(
      MutableHttpResponse<byte[]> answer, ScimResource resource) {
    return answer
        .header(HttpHeaders.ETAG, resource.version())
        .header(HttpHeaders.LOCATION, resource.location());
  }
}
