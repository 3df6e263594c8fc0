package dev.saferun.evaluator;

import dev.saferun.platform.StrictJson;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes policies and checks for tests from the few words that a test is about. */
public final class Policies {

  private static final UUID ID = new UUID(0x0190_0000_0000_7000L, 1);

  private Policies() {}

  public static RuleVersion rule(String name, String condition, Verdict verdict, String... tools) {
    return new RuleVersion(
        ID, name, 1, condition, verdict, "Why not.", List.of(tools), Optional.empty());
  }

  public static RuleVersion onError(RuleVersion rule, OnError onError) {
    return new RuleVersion(
        rule.id(),
        rule.name(),
        rule.version(),
        rule.condition(),
        rule.verdict(),
        rule.message(),
        rule.tools(),
        Optional.of(onError));
  }

  public static PolicyContent content(Mode mode, RuleVersion... rules) {
    return new PolicyContent(
        mode, OnError.DENY, in(RuleState.BLOCK, rules), LoopGuardSettings.DEFAULT);
  }

  /** The rules, all in the same state. */
  public static List<ActiveRule> in(RuleState state, RuleVersion... rules) {
    return Stream.of(rules).map(rule -> ActiveRule.of(rule, state)).toList();
  }

  public static PolicySnapshot blocking(RuleVersion... rules) {
    return PolicySnapshot.of(content(Mode.BLOCK, rules));
  }

  /** A policy that only guards against loops. */
  public static PolicySnapshot guarding(String loopGuard) {
    return PolicySnapshot.of(
        new PolicyContent(
            Mode.BLOCK, OnError.DENY, List.of(), LoopGuardSettings.fromJson(json(loopGuard))));
  }

  public static Check call(String tool, String arguments) {
    return check(tool, arguments, "{}");
  }

  public static Check check(String tool, String arguments, String context) {
    return new Check(
        "run-1",
        null,
        json("{'name':'assistant','version':'7','model':'m'}"),
        json("{'tool':'%s','arguments':%s}".formatted(tool, arguments)),
        json(context),
        null);
  }

  /** A JSON object, written with single quotes. */
  public static Map<String, @Nullable Object> json(String text) {
    return StrictJson.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
