package dev.saferun.auth.scim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScimErrorTest {

  @ParameterizedTest
  @CsvSource({
    "invalid-filter, 400, invalidFilter",
    "invalid-path, 400, invalidPath",
    "invalid-syntax, 400, invalidSyntax",
    "invalid-json, 400, invalidSyntax",
    "invalid-value, 400, invalidValue",
    "invalid-field, 400, invalidValue",
    "mutability, 400, mutability",
    "no-target, 400, noTarget",
    "too-many, 400, tooMany",
    "member-taken, 409, uniqueness",
    "group-taken, 409, uniqueness"
  })
  void aProblemHasTheTypeOfTheProtocol(String code, int status, String type) {
    assertThat(error(code, status))
        .isEqualTo(
            "{\"detail\":\"What: why\",\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],"
                + "\"scimType\":\"%s\",\"status\":\"%d\"}",
            type, status);
  }

  @ParameterizedTest
  @CsvSource({
    "version-passed, 412",
    "unauthenticated, 401",
    "permission-required, 403",
    "not-found, 404",
    "internal, 500"
  })
  void whereTheProtocolHasNoTypeThereIsNone(String code, int status) {
    assertThat(error(code, status))
        .contains("\"status\":\"" + status + "\"")
        .doesNotContain("scimType");
  }

  private static String error(String code, int status) {
    byte[] problem =
        """
        {"code": "%s", "status": %d, "title": "What", "detail": "why", "request_id": "r"}"""
            .formatted(code, status)
            .getBytes(UTF_8);
    return new String(ScimError.of(problem), UTF_8);
  }

  @Test
  void versionsAreComparedWeakly() {
    String version = ScimVersion.of("7");
    assertThat(version).isEqualTo("W/\"7\"");
    for (String header : new String[] {"*", "W/\"7\"", "\"7\"", "W/\"6\", W/\"7\""}) {
      assertThat(ScimVersion.isNamed(header, version)).as(header).isTrue();
    }
    for (String header : new String[] {"", "7", "W/\"77\"", "W/\"6\",", "w/\"7\""}) {
      assertThat(ScimVersion.isNamed(header, version)).as(header).isFalse();
    }
    assertThat(ScimVersion.isNamed(null, version)).isFalse();
  }
}
