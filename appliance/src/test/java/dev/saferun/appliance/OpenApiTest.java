package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.audit.Audited;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.tenancy.Permission;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Merges the documents that the build generates from each module's controllers and compares them
 * with the committed {@code appliance/openapi.yml}, from which clients and the console take their
 * types. {@code make openapi} writes it anew.
 */
class OpenApiTest {

  private static final Path COMMITTED = Path.of("openapi.yml");
  private static final List<String> MODULES =
      List.of("audit", "tenancy", "auth", "redaction", "evaluator", "replay");

  @Test
  void committedDocumentIsWhatTheControllersSay() throws IOException {
    String merged = dump(merge());
    if (Boolean.getBoolean("saferun.openapi.write")) {
      Files.writeString(COMMITTED, merged);
    }
    assertThat(Files.readString(COMMITTED))
        .as("appliance/openapi.yml; `make openapi` writes it anew")
        .isEqualTo(merged);
  }

  @Test
  void everyOperationSaysWhatItDoes() throws IOException {
    List<String> silent = new ArrayList<>();
    section(merge(), "paths")
        .forEach(
            (path, operations) ->
                asMap(operations)
                    .forEach(
                        (method, operation) -> {
                          if (!(operation instanceof Map<?, ?> body)
                              || !body.containsKey("summary")) {
                            silent.add(method + " " + path);
                          }
                        }));
    assertThat(silent).as("operations without a summary").isEmpty();
  }

  @Test
  void everyEndpointThatChangesSomethingNamesItsAuditEvents() {
    assertThat(Endpoint.all().stream().filter(one -> !one.isClear()).map(Endpoint::name))
        .as("endpoints without @Audited, or with one that says two things or nothing")
        .isEmpty();
  }

  @Test
  void everyEndpointNamesThePermissionThatItNeeds() {
    assertThat(Endpoint.all().stream().filter(one -> !one.isGuarded()).map(Endpoint::name))
        .as("endpoints without @RequiresPermission, or with one that says two things or nothing")
        .isEmpty();
  }

  @Test
  void thePermissionsOfEndpointsAreThoseOfTheTable() {
    Set<String> asked =
        Endpoint.all().stream()
            .flatMap(one -> one.permission().stream())
            .map(RequiresPermission::value)
            .filter(permission -> !permission.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(asked)
        .as("permissions that endpoints ask for, and those that roles and keys can have")
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Permission.values()).map(Permission::wire).toList());
  }

  @Test
  void everyEndpointIsInTheDocument() throws IOException {
    Map<String, Object> paths = section(merge(), "paths");
    List<String> described = new ArrayList<>();
    paths.forEach(
        (path, operations) ->
            asMap(operations)
                .keySet()
                .forEach(verb -> described.add(verb.toUpperCase(Locale.ROOT) + " " + path)));
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(Endpoint.all().stream().map(Endpoint::name).toList());
  }

  private static Map<String, Object> merge() throws IOException {
    Map<String, Object> paths = new TreeMap<>();
    Map<String, Object> schemas = new TreeMap<>();
    for (String module : MODULES) {
      for (Map<String, Object> document : documents(module)) {
        section(document, "paths")
            .forEach(
                (path, operations) ->
                    asMap(paths.computeIfAbsent(path, p -> new TreeMap<>()))
                        .putAll(asMap(operations)));
        section(asMap(document.getOrDefault("components", Map.of())), "schemas")
            .forEach((name, schema) -> join(schemas, name, schema));
      }
    }
    Endpoint.all().forEach(endpoint -> audited(paths, endpoint));
    Endpoint.all().forEach(endpoint -> guarded(paths, endpoint));
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("openapi", "3.0.1");
    whole.put("info", new TreeMap<>(Map.of("title", "SafeRun", "version", "1")));
    whole.put("security", List.of(Map.of("api_key", List.of())));
    whole.put("paths", paths);
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("schemas", schemas);
    components.put(
        "securitySchemes",
        Map.of("api_key", new TreeMap<>(Map.of("type", "http", "scheme", "bearer"))));
    whole.put("components", components);
    return whole;
  }

  /** What the endpoint writes into the audit log, beside what it does. */
  private static void audited(Map<String, Object> paths, Endpoint endpoint) {
    Audited said = endpoint.audited().orElse(null);
    String[] name = endpoint.name().split(" ", 2);
    Map<String, Object> operation =
        section(section(paths, name[1]), name[0].toLowerCase(Locale.ROOT));
    if (said != null && !operation.isEmpty()) {
      operation.put(
          said.none().isEmpty() ? "x-audit" : "x-audit-none",
          said.none().isEmpty() ? List.of(said.value()) : said.none());
    }
  }

  /** What the endpoint asks of its caller; where that is nobody, no key either. */
  private static void guarded(Map<String, Object> paths, Endpoint endpoint) {
    RequiresPermission said = endpoint.permission().orElse(null);
    String[] name = endpoint.name().split(" ", 2);
    Map<String, Object> operation =
        section(section(paths, name[1]), name[0].toLowerCase(Locale.ROOT));
    if (said != null && !operation.isEmpty()) {
      boolean free = said.value().isEmpty();
      operation.put(free ? "x-permission-none" : "x-permission", free ? said.none() : said.value());
      if (name[1].startsWith("/sign-in")) {
        operation.put("security", List.of());
      }
    }
  }

  private static void join(Map<String, Object> schemas, String name, Object schema) {
    Object before = schemas.put(name, schema);
    assertThat(before == null || before.equals(schema))
        .as("two modules mean different things by the schema %s", name)
        .isTrue();
  }

  private static List<Map<String, Object>> documents(String module) throws IOException {
    List<Map<String, Object>> found = new ArrayList<>();
    String name = "META-INF/swagger/saferun-" + module + ".yml";
    for (URL url : Collections.list(OpenApiTest.class.getClassLoader().getResources(name))) {
      try (InputStream in = url.openStream()) {
        found.add(asMap(new Yaml(new SafeConstructor(new LoaderOptions())).load(in)));
      }
    }
    assertThat(found).as("the generated document of %s", module).isNotEmpty();
    return found;
  }

  private static String dump(Map<String, Object> document) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(120);
    return new Yaml(options).dump(document);
  }

  private static Map<String, Object> section(Map<String, Object> document, String name) {
    return asMap(document.getOrDefault(name, Map.of()));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(Object value) {
    return (Map<String, Object>) value;
  }
}
