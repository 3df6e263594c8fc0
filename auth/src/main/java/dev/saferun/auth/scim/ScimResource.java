package dev.saferun.auth.scim;

import dev.saferun.platform.CanonicalJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A user or a group as it is answered with.
 *
 * @param version its entity tag
 * @param location its address
 */
public record ScimResource(Map<String, Object> document, String version, String location) {

  private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

  /** The document's bytes, with the attributes that were asked for. */
  public byte[] json(ScimSelection selection) {
    return CanonicalJson.write(selection.of(document));
  }

  /** A page of a list. */
  static byte[] page(
      List<ScimResource> page, long total, ScimQuery query, ScimSelection selection) {
    return list(
        page.stream().map(resource -> selection.of(resource.document())).toList(),
        total,
        query.startIndex());
  }

  static byte[] list(List<Map<String, Object>> resources, long total, int startIndex) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("schemas", List.of(LIST));
    list.put("totalResults", total);
    list.put("startIndex", startIndex);
    list.put("itemsPerPage", resources.size());
    list.put("Resources", resources);
    return CanonicalJson.write(list);
  }

  /** What is common to all resources (RFC 7643, 3.1). */
  static ScimResource of(
      Map<String, Object> document,
      String resourceType,
      Instant created,
      Instant changed,
      String version,
      String location) {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("resourceType", resourceType);
    meta.put("created", created.truncatedTo(ChronoUnit.MILLIS).toString());
    meta.put("lastModified", changed.truncatedTo(ChronoUnit.MILLIS).toString());
    meta.put("location", location);
    meta.put("version", version);
    document.put("meta", meta);
    return new ScimResource(document, version, location);
  }
}
