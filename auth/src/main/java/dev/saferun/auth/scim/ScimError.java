package dev.saferun.auth.scim;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemCode;
import dev.saferun.platform.StrictJson;
import dev.saferun.tenancy.TenancyProblem;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A refusal as SCIM writes it (RFC 7644, 3.12), made from the problem document (RFC 9457). */
public final class ScimError {

  private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";
  private static final Map<String, String> TYPES = types();

  private ScimError() {}

  /**
   * @param problem the problem document's bytes
   */
  public static byte[] of(byte[] problem) {
    Map<String, @Nullable Object> said = StrictJson.parseObject(problem);
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("schemas", List.of(SCHEMA));
    error.put("status", String.valueOf(said.get("status")));
    error.put("detail", said.get("title") + ": " + said.get("detail"));
    String type = TYPES.get(String.valueOf(said.get("code")));
    if (type != null) {
      error.put("scimType", type);
    }
    return CanonicalJson.write(error);
  }

  private static Map<String, String> types() {
    Map<String, String> types = new HashMap<>();
    for (ScimProblem problem : ScimProblem.values()) {
      put(types, problem, problem.scimType());
    }
    put(types, TenancyProblem.MEMBER_TAKEN, "uniqueness");
    put(types, TenancyProblem.GROUP_TAKEN, "uniqueness");
    put(types, CommonProblem.INVALID_JSON, ScimProblem.INVALID_SYNTAX.scimType());
    put(types, CommonProblem.INVALID_FIELD, ScimProblem.INVALID_VALUE.scimType());
    put(types, CommonProblem.INVALID_PARAMETER, ScimProblem.INVALID_VALUE.scimType());
    return Map.copyOf(types);
  }

  private static void put(Map<String, String> types, ProblemCode code, String type) {
    if (!type.isEmpty()) {
      types.put(code.code(), type);
    }
  }
}
