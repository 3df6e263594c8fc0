package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.Fingerprint;
import dev.saferun.evaluator.IntentSignal;
import dev.saferun.evaluator.TextPlace;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The calls that the model produced, where the messages of the conversation have them, in the forms
 * of the two common interfaces: {@code tool_calls} with a function and its arguments as a text, and
 * content of the type {@code tool_use} with its input.
 */
final class Produced {

  private static final Pattern NO_LETTER = Pattern.compile("[^a-z0-9]");

  private record Call(String tool, @Nullable Object arguments, String pointer) {}

  private Produced() {}

  /** How the call that was sent differs from all that the model produced last, if it does. */
  static Optional<IntentSignal> difference(
      @Nullable Object messages, long frame, String tool, Map<String, @Nullable Object> arguments) {
    List<Call> calls = last(messages);
    String sentTool = plain(tool);
    long sent = calls.isEmpty() ? 0 : Fingerprint.ofTree(arguments);
    Call nearest = null;
    for (Call call : calls) {
      if (plain(call.tool).equals(sentTool)) {
        if (Fingerprint.ofTree(call.arguments) == sent) {
          return Optional.empty();
        }
        nearest = nearest == null ? call : nearest;
      }
    }
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    Call shown = nearest == null ? calls.getFirst() : nearest;
    return Optional.of(
        new IntentSignal(
            IntentSignal.Kind.SENT_DIFFERS,
            1,
            nearest == null ? "" : differing(nearest.arguments, arguments),
            new TextPlace(frame, shown.pointer, 0, 0)));
  }

  private static String plain(String tool) {
    return NO_LETTER.matcher(tool.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  /** The first argument that differs. */
  private static String differing(
      @Nullable Object produced, Map<String, @Nullable Object> arguments) {
    if (produced instanceof Map<?, ?> object) {
      for (Map.Entry<String, @Nullable Object> argument : arguments.entrySet()) {
        Object other = object.get(argument.getKey());
        if (Fingerprint.ofTree(other) != Fingerprint.ofTree(argument.getValue())) {
          return "/" + argument.getKey().replace("~", "~0").replace("/", "~1");
        }
      }
    }
    return "";
  }

  /** The calls in the last message of the model that has any. */
  private static List<Call> last(@Nullable Object messages) {
    if (messages instanceof List<?> list) {
      for (int i = list.size() - 1; i >= 0; i--) {
        if (list.get(i) instanceof Map<?, ?> message && "assistant".equals(message.get("role"))) {
          return in(message, "/context/messages/" + i);
        }
      }
    }
    return List.of();
  }

  private static List<Call> in(Map<?, ?> message, String pointer) {
    List<Call> calls = new ArrayList<>();
    if (message.get("tool_calls") instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof Map<?, ?> call
            && call.get("function") instanceof Map<?, ?> function) {
          calls.add(
              new Call(
                  String.valueOf(function.get("name")),
                  parsed(function.get("arguments")),
                  pointer + "/tool_calls/" + i));
        }
      }
    }
    if (message.get("content") instanceof List<?> parts) {
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i) instanceof Map<?, ?> part && "tool_use".equals(part.get("type"))) {
          calls.add(
              new Call(
                  String.valueOf(part.get("name")), part.get("input"), pointer + "/content/" + i));
        }
      }
    }
    return calls;
  }

  private static @Nullable Object parsed(@Nullable Object arguments) {
    if (!(arguments instanceof String text)) {
      return arguments;
    }
    try {
      return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), StrictJson.DEPTH_MAX);
    } catch (ProblemException noJson) {
      return text;
    }
  }
}
