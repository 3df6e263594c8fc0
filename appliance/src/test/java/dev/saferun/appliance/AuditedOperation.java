package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What the API's description says that an operation writes into the audit log.
 *
 * @param name such as {@code PUT /v1/keys/{id}}
 * @param codes of its events; none where it says why it writes none
 */
record AuditedOperation(String name, Set<String> codes) {

  private static final Path DOCUMENT = Path.of("openapi.yml");

  /**
   * What an identity provider must take part in; {@code KeycloakSignInIT} calls these with a real
   * one and reads what they wrote. And a domain that a name server must prove: its event is that of
   * the operator's word, which is called here.
   */
  private static final Set<String> WITH_A_PROVIDER =
      Set.of(
          "GET /sign-in/{organization}/{connection}/callback",
          "POST /sign-in/{organization}/{connection}/acs",
          "POST /sign-in/{organization}/{connection}/slo",
          "POST /sign-in/{organization}/{connection}/backchannel-logout",
          "POST /v1/sign-in/domains/{domain}/verification",
          "PUT /v1/sign-in/policy");

  /** Those that say something, in the order of the document. */
  static List<AuditedOperation> all() throws IOException {
    List<AuditedOperation> all = new ArrayList<>();
    try (InputStream in = Files.newInputStream(DOCUMENT)) {
      Map<String, Map<String, Map<String, Object>>> paths =
          new Yaml(new SafeConstructor(new LoaderOptions()))
              .<Map<String, Map<String, Map<String, Map<String, Object>>>>>load(in)
              .getOrDefault("paths", Map.of());
      paths.forEach(
          (path, operations) ->
              operations.forEach(
                  (verb, said) -> {
                    if (said.containsKey("x-audit") || said.containsKey("x-audit-none")) {
                      all.add(
                          new AuditedOperation(
                              verb.toUpperCase(Locale.ROOT) + " " + path, codes(said)));
                    }
                  }));
    }
    all.removeIf(one -> WITH_A_PROVIDER.contains(one.name()));
    assertThat(all).as("operations of %s that say what is audited", DOCUMENT).isNotEmpty();
    return all;
  }

  private static Set<String> codes(Map<String, Object> said) {
    Set<String> codes = new TreeSet<>();
    if (said.get("x-audit") instanceof List<?> named) {
      named.forEach(code -> codes.add(code.toString()));
    }
    return codes;
  }
}
