package dev.saferun.auth.scim;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An attribute as a schema describes it (RFC 7643, 7). */
final class ScimAttribute {

  private final Map<String, Object> said = new LinkedHashMap<>();

  private ScimAttribute(String name, String type) {
    said.put("name", name);
    said.put("type", type);
    said.put("multiValued", false);
    said.put("required", false);
    said.put("caseExact", false);
    said.put("mutability", "readWrite");
    said.put("returned", "default");
    said.put("uniqueness", "none");
  }

  static ScimAttribute text(String name) {
    return new ScimAttribute(name, "string");
  }

  static ScimAttribute truth(String name) {
    return new ScimAttribute(name, "boolean");
  }

  static ScimAttribute reference(String name, String resourceType) {
    return new ScimAttribute(name, "reference").with("referenceTypes", List.of(resourceType));
  }

  static ScimAttribute complex(String name, ScimAttribute... parts) {
    return new ScimAttribute(name, "complex")
        .with("subAttributes", Arrays.stream(parts).map(ScimAttribute::json).toList());
  }

  ScimAttribute several() {
    return with("multiValued", true);
  }

  ScimAttribute required() {
    return with("required", true);
  }

  ScimAttribute unique() {
    return with("uniqueness", "server");
  }

  ScimAttribute readOnly() {
    return with("mutability", "readOnly");
  }

  ScimAttribute immutable() {
    return with("mutability", "immutable");
  }

  private ScimAttribute with(String characteristic, Object value) {
    said.put(characteristic, value);
    return this;
  }

  Map<String, Object> json() {
    return said;
  }
}
