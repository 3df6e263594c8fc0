package dev.saferun.evaluator.http;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.RequestLimits;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a check, by hand because it is the hot path: each field is looked at once and
 * the trees are handed on as they came. A field of which nothing is known, or with a wrong value,
 * is refused with its JSON Pointer. An optional field that is null counts as absent.
 */
final class CheckRequestReader {

  private static final Set<String> REQUEST =
      Set.of("run_id", "step", "agent", "action", "context", "at");
  private static final Set<String> AGENT = Set.of("name", "version", "model");
  private static final Set<String> ACTION = Set.of("tool", "arguments", "call_id", "description");
  private static final Set<String> CONTEXT =
      Set.of("user_request", "plan", "reasoning", "retrieved", "state", "messages");
  private static final Set<String> PASSAGE = Set.of("source", "content");

  /** RFC 3339, 5.6; the ranges of its numbers are for the parser. */
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

  private CheckRequestReader() {}

  static Check read(byte[] body) {
    if (body.length > RequestLimits.REQUEST_BYTES.most()) {
      throw RequestLimits.REQUEST_BYTES.refuse(
          "a check has at most " + RequestLimits.REQUEST_BYTES.most() + " bytes", null);
    }
    Map<String, @Nullable Object> request = StrictJson.parseObject(body);
    refuseUnknown(request, REQUEST, "");
    return new Check(
        requiredText(request, "run_id", "/run_id", RequestLimits.RUN_ID_CHARACTERS),
        step(request.get("step")),
        agent(request.get("agent")),
        action(request.get("action")),
        context(request.get("context")),
        time(request.get("at")));
  }

  private static @Nullable Long step(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof Long step && step >= 0) {
      return step;
    }
    throw refused("this must be a whole number from 0", "/step");
  }

  private static Map<String, @Nullable Object> agent(@Nullable Object value) {
    if (value == null) {
      return Map.of();
    }
    Map<String, @Nullable Object> agent = object(value, "/agent");
    refuseUnknown(agent, AGENT, "/agent");
    for (String member : AGENT) {
      optionalText(agent.get(member), "/agent/" + member, RequestLimits.AGENT_CHARACTERS);
    }
    return agent;
  }

  private static Map<String, @Nullable Object> action(@Nullable Object value) {
    if (value == null) {
      throw refused("this field is required", "/action");
    }
    Map<String, @Nullable Object> action = object(value, "/action");
    refuseUnknown(action, ACTION, "/action");
    requiredText(action, "tool", "/action/tool", RequestLimits.TOOL_CHARACTERS);
    if (action.get("arguments") == null) {
      throw refused("this field is required", "/action/arguments");
    }
    object(action.get("arguments"), "/action/arguments");
    optionalText(action.get("call_id"), "/action/call_id", RequestLimits.CALL_ID_CHARACTERS);
    optionalText(
        action.get("description"), "/action/description", RequestLimits.DESCRIPTION_CHARACTERS);
    return action;
  }

  private static Map<String, @Nullable Object> context(@Nullable Object value) {
    if (value == null) {
      return Map.of();
    }
    Map<String, @Nullable Object> context = object(value, "/context");
    refuseUnknown(context, CONTEXT, "/context");
    optionalText(context.get("user_request"), "/context/user_request");
    optionalText(context.get("reasoning"), "/context/reasoning");
    if (context.get("messages") != null) {
      list(context.get("messages"), "/context/messages");
    }
    if (context.get("retrieved") != null) {
      retrieved(list(context.get("retrieved"), "/context/retrieved"));
    }
    return context;
  }

  private static void retrieved(List<?> passages) {
    if (passages.size() > RequestLimits.RETRIEVED_PASSAGES.most()) {
      throw RequestLimits.RETRIEVED_PASSAGES.refuse(
          "at most " + RequestLimits.RETRIEVED_PASSAGES.most() + " passages", "/context/retrieved");
    }
    for (int i = 0; i < passages.size(); i++) {
      passage(passages.get(i), "/context/retrieved/" + i);
    }
  }

  private static void passage(@Nullable Object value, String pointer) {
    Map<String, @Nullable Object> passage = object(value, pointer);
    refuseUnknown(passage, PASSAGE, pointer);
    optionalText(
        passage.get("source"), pointer + "/source", RequestLimits.RETRIEVED_SOURCE_CHARACTERS);
    if (!passage.containsKey("content")) {
      throw refused("this field is required", pointer + "/content");
    }
  }

  private static @Nullable String time(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof String text && DATE_TIME.matcher(text).matches()) {
      try {
        OffsetDateTime.parse(text);
        return text;
      } catch (DateTimeException fault) {
        throw refused("there is no such time", "/at");
      }
    }
    throw refused("this must be a time as RFC 3339 writes it: 2026-11-23T04:05:06Z", "/at");
  }

  private static String requiredText(
      Map<String, @Nullable Object> object, String name, String pointer, RequestLimits limit) {
    Object value = object.get(name);
    if (value == null) {
      throw refused("this field is required", pointer);
    }
    String text = text(value, pointer);
    if (text.isEmpty() || text.length() > limit.most()) {
      throw limit.refuse("this must have 1 to " + limit.most() + " characters", pointer);
    }
    return text;
  }

  private static void optionalText(@Nullable Object value, String pointer, RequestLimits limit) {
    if (value != null && text(value, pointer).length() > limit.most()) {
      throw limit.refuse("this must have at most " + limit.most() + " characters", pointer);
    }
  }

  /** Bounded by the body alone. */
  private static void optionalText(@Nullable Object value, String pointer) {
    if (value != null) {
      text(value, pointer);
    }
  }

  private static String text(Object value, String pointer) {
    if (value instanceof String text) {
      return text;
    }
    throw refused("this must be a text", pointer);
  }

  private static List<?> list(@Nullable Object value, String pointer) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw refused("this must be an array", pointer);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(@Nullable Object value, String pointer) {
    if (value instanceof Map<?, ?> object) {
      return (Map<String, @Nullable Object>) object;
    }
    throw refused("this must be an object", pointer);
  }

  private static void refuseUnknown(
      Map<String, @Nullable Object> object, Set<String> known, String pointer) {
    for (String name : object.keySet()) {
      if (!known.contains(name)) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        throw refused("no such field is known here", pointer + "/" + escaped);
      }
    }
  }

  private static ProblemException refused(String detail, String pointer) {
    return new ProblemException(CommonProblem.INVALID_FIELD, detail, pointer);
  }
}
