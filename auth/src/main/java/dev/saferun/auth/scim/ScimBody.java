package dev.saferun.auth.scim;

import dev.saferun.auth.scim.Step.Op;
import dev.saferun.platform.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a request, as the steps that it asks for. Reading it changes nothing. */
public final class ScimBody {

  private final List<Step> steps;

  private ScimBody(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /**
   * A whole user or group (RFC 7644, 3.3 and 3.5.1). Members that are no attributes are nothing.
   */
  public static ScimBody resource(byte[] body) {
    List<Step> steps = new ArrayList<>();
    object(StrictJson.parse(body, ScimLimits.BODY_DEPTH_MAX), "the body")
        .forEach(
            (name, value) ->
                AttributePath.of(name)
                    .ifPresent(path -> steps.add(new Step(Op.REPLACE, path, null, value, false))));
    return new ScimBody(steps);
  }

  /** Operations (RFC 7644, 3.5.2). */
  public static ScimBody patch(byte[] body) {
    Map<String, @Nullable Object> patch =
        object(StrictJson.parse(body, ScimLimits.BODY_DEPTH_MAX), "the body");
    if (!(member(patch, "operations") instanceof List<?> operations) || operations.isEmpty()) {
      throw ScimProblem.INVALID_SYNTAX.with("a patch has Operations, an array of at least one");
    }
    if (operations.size() > ScimLimits.OPERATIONS_MAX) {
      throw ScimProblem.TOO_MANY.with(
          "a patch has at most " + ScimLimits.OPERATIONS_MAX + " operations");
    }
    List<Step> steps = new ArrayList<>();
    operations.forEach(operation -> steps.addAll(operation(object(operation, "an operation"))));
    return new ScimBody(steps);
  }

  private static List<Step> operation(Map<String, @Nullable Object> operation) {
    Op op =
        Op.of(String.valueOf(member(operation, "op")))
            .orElseThrow(
                () -> ScimProblem.INVALID_SYNTAX.with("op must be add, remove or replace"));
    Object value = member(operation, "value");
    if (op != Op.REMOVE && operation.keySet().stream().noneMatch("value"::equalsIgnoreCase)) {
      throw ScimProblem.INVALID_VALUE.with("an operation that is no removal has a value");
    }
    Object path = member(operation, "path");
    if (path == null || path.equals("")) {
      return withoutPath(op, value);
    }
    if (!(path instanceof String text)) {
      throw ScimProblem.INVALID_PATH.with("a path must be a text");
    }
    return List.of(step(op, FilterParser.parsePath(text), value, true));
  }

  /** Each member of the value is an attribute, and its name may be a path. */
  private static List<Step> withoutPath(Op op, @Nullable Object value) {
    if (op == Op.REMOVE) {
      throw ScimProblem.NO_TARGET.with("a removal needs a path");
    }
    List<Step> steps = new ArrayList<>();
    object(value, "the value of an operation without a path")
        .forEach((name, one) -> steps.add(step(op, FilterParser.parsePath(name), one, false)));
    return steps;
  }

  private static Step step(Op op, PatchPath path, @Nullable Object value, boolean isNamed) {
    return new Step(op, path.path(), path.choice(), value, isNamed);
  }

  /** The member of that name, written in any case. */
  private static @Nullable Object member(Map<String, @Nullable Object> object, String name) {
    for (Map.Entry<String, @Nullable Object> entry : object.entrySet()) {
      if (entry.getKey().toLowerCase(Locale.ROOT).equals(name)) {
        return entry.getValue();
      }
    }
    return null;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(@Nullable Object value, String what) {
    if (value instanceof Map<?, ?> object) {
      return (Map<String, @Nullable Object>) object;
    }
    throw ScimProblem.INVALID_SYNTAX.with(what + " must be a JSON object");
  }

  List<Step> steps() {
    return steps;
  }
}
