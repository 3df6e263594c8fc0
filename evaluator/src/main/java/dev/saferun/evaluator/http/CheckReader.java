package dev.saferun.evaluator.http;

import dev.saferun.evaluator.Check;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a check: exactly the members that there are, each of its type, or a refusal
 * that points at the place. Written by hand because it is on the path of every call. What was not
 * sent stays absent.
 */
final class CheckReader {

  private static final Set<String> TOP =
      Set.of("run_id", "step", "agent", "action", "context", "at");
  private static final Set<String> AGENT = Set.of("name", "version", "model");
  private static final Set<String> ACTION = Set.of("tool", "arguments", "call_id");
  private static final Set<String> CONTEXT =
      Set.of("user_request", "plan", "reasoning", "retrieved", "state", "messages");
  private static final Set<String> RETRIEVED = Set.of("source", "content");

  private CheckReader() {}

  static Check read(byte[] body) {
    if (body.length > CheckLimits.BODY_BYTES_MAX) {
      throw new ProblemException(
          CommonProblem.BODY_TOO_LARGE,
          "a check may have at most " + CheckLimits.BODY_BYTES_MAX + " bytes");
    }
    Map<String, @Nullable Object> top = StrictJson.parseObject(body);
    requireKnown(top, TOP, "");
    String runId = requiredText(top, "run_id", "", CheckLimits.RUN_ID_CHARACTERS_MAX);
    return new Check(runId, step(top), agent(top), action(top), context(top), at(top));
  }

  private static @Nullable Long step(Map<String, @Nullable Object> top) {
    Object step = top.get("step");
    if (step == null && !top.containsKey("step")) {
      return null;
    }
    if (step instanceof Long number && number >= 0) {
      return number;
    }
    throw invalid("/step", "must be a whole number from 0");
  }

  private static @Nullable String at(Map<String, @Nullable Object> top) {
    if (!top.containsKey("at")) {
      return null;
    }
    String at = requiredText(top, "at", "", CheckLimits.NAME_CHARACTERS_MAX);
    try {
      DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(at);
      return at;
    } catch (DateTimeException fault) {
      throw invalid("/at", "must be a time such as 2026-01-31T12:00:00Z (RFC 3339)");
    }
  }

  private static Map<String, @Nullable Object> agent(Map<String, @Nullable Object> top) {
    Map<String, @Nullable Object> agent = optionalObject(top, "agent");
    requireKnown(agent, AGENT, "/agent");
    for (String member : agent.keySet()) {
      requiredText(agent, member, "/agent", CheckLimits.NAME_CHARACTERS_MAX);
    }
    return agent;
  }

  private static Map<String, @Nullable Object> action(Map<String, @Nullable Object> top) {
    if (!top.containsKey("action")) {
      throw invalid("/action", "is required");
    }
    Map<String, @Nullable Object> action = optionalObject(top, "action");
    requireKnown(action, ACTION, "/action");
    requiredText(action, "tool", "/action", CheckLimits.TOOL_CHARACTERS_MAX);
    if (!(action.get("arguments") instanceof Map<?, ?>)) {
      throw invalid("/action/arguments", "is required and must be an object");
    }
    if (action.containsKey("call_id")) {
      requiredText(action, "call_id", "/action", CheckLimits.NAME_CHARACTERS_MAX);
    }
    return action;
  }

  private static Map<String, @Nullable Object> context(Map<String, @Nullable Object> top) {
    Map<String, @Nullable Object> context = optionalObject(top, "context");
    requireKnown(context, CONTEXT, "/context");
    optionalText(context, "user_request");
    optionalText(context, "reasoning");
    if (context.containsKey("retrieved")) {
      retrieved(list(context, "retrieved", CheckLimits.RETRIEVED_MAX));
    }
    if (context.containsKey("messages")) {
      list(context, "messages", CheckLimits.MESSAGES_MAX);
    }
    return context;
  }

  private static void retrieved(List<?> passages) {
    for (int i = 0; i < passages.size(); i++) {
      String pointer = "/context/retrieved/" + i;
      if (!(passages.get(i) instanceof Map<?, ?> passage)) {
        throw invalid(pointer, "must be an object with source and content");
      }
      for (Object member : passage.keySet()) {
        if (!RETRIEVED.contains(member)) {
          throw invalid(
              pointer + "/" + escape((String) member), "is not a member of a retrieved passage");
        }
      }
    }
  }

  private static List<?> list(Map<String, @Nullable Object> context, String member, int max) {
    if (context.get(member) instanceof List<?> list && list.size() <= max) {
      return list;
    }
    throw invalid("/context/" + member, "must be a list of at most " + max);
  }

  private static void optionalText(Map<String, @Nullable Object> context, String member) {
    if (context.containsKey(member) && !(context.get(member) instanceof String)) {
      throw invalid("/context/" + member, "must be a text");
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> optionalObject(
      Map<String, @Nullable Object> top, String member) {
    if (!top.containsKey(member)) {
      return Map.of();
    }
    if (top.get(member) instanceof Map<?, ?> object) {
      return (Map<String, @Nullable Object>) object;
    }
    throw invalid("/" + member, "must be an object");
  }

  private static String requiredText(
      Map<String, @Nullable Object> object, String member, String parent, int max) {
    Object value = object.get(member);
    if (value instanceof String text && !text.isEmpty() && text.length() <= max) {
      return text;
    }
    String found = object.containsKey(member) ? "must be" : "is required and must be";
    throw invalid(parent + "/" + member, found + " a text of 1 to " + max + " characters");
  }

  private static void requireKnown(
      Map<String, @Nullable Object> object, Set<String> known, String parent) {
    for (String member : object.keySet()) {
      if (!known.contains(member)) {
        throw invalid(parent + "/" + escape(member), "is not a member that a check has");
      }
    }
  }

  private static String escape(String member) {
    return member.replace("~", "~0").replace("/", "~1");
  }

  private static ProblemException invalid(String pointer, String detail) {
    return new ProblemException(CommonProblem.INVALID_FIELD, pointer + " " + detail, pointer);
  }
}
