package dev.saferun.platform;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that the caller is told of as an RFC 9457 problem: what, where and what to do. Nothing
 * was changed when one is thrown. It carries no stack trace: it is an answer, not a fault of ours.
 */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ProblemCode code;
  private final @Nullable String pointer;
  private final transient Map<String, Object> extensions;

  public ProblemException(ProblemCode code, String detail) {
    this(code, detail, null);
  }

  /** A refusal that names the place in the body, as a JSON Pointer (RFC 6901). */
  public ProblemException(ProblemCode code, String detail, @Nullable String pointer) {
    this(code, detail, pointer, Map.of());
  }

  /** A refusal with members of its own (RFC 9457, 3.2), such as the faults of a rule. */
  public ProblemException(
      ProblemCode code, String detail, @Nullable String pointer, Map<String, Object> extensions) {
    super(detail, null, false, false);
    this.code = code;
    this.pointer = pointer;
    this.extensions = Map.copyOf(extensions);
  }

  public Map<String, Object> extensions() {
    return extensions;
  }

  public ProblemCode code() {
    return code;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public @Nullable String pointer() {
    return pointer;
  }

  /** The stable code of an enum constant: {@code BODY_TOO_LARGE} becomes {@code body-too-large}. */
  public static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
