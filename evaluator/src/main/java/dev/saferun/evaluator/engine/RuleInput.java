package dev.saferun.evaluator.engine;

import dev.cel.runtime.CelVariableResolver;
import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.RunState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The variables of one evaluation, each made when a condition first asks for it. */
final class RuleInput implements CelVariableResolver {

  private final Check check;
  private final RunState before;
  private final LoopGuard.Finding loop;
  private @Nullable CelStruct action;
  private @Nullable CelStruct context;
  private @Nullable CelStruct run;
  private @Nullable CelStruct agent;

  RuleInput(Check check, RunState before, LoopGuard.Finding loop) {
    this.check = check;
    this.before = before;
    this.loop = loop;
  }

  @Override
  public Optional<Object> find(String name) {
    return switch (name) {
      case "action" -> Optional.of(action());
      case "context" -> Optional.of(context());
      case "run" -> Optional.of(run());
      case "agent" -> Optional.of(agent());
      default -> Optional.empty();
    };
  }

  private CelStruct action() {
    if (action == null) {
      action = new CelStruct(CelTypes.ACTION, check.action());
    }
    return action;
  }

  private CelStruct context() {
    if (context == null) {
      context = new CelStruct(CelTypes.CONTEXT, check.context());
    }
    return context;
  }

  private CelStruct agent() {
    if (agent == null) {
      agent = new CelStruct(CelTypes.AGENT, check.agent());
    }
    return agent;
  }

  private CelStruct run() {
    if (run == null) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      members.put("id", check.runId());
      members.put("whole", before.whole());
      members.put("calls", before.calls());
      members.put("tool_calls", before.callsByTool().getOrDefault(check.tool(), 0L));
      members.put("calls_by_tool", before.callsByTool());
      members.put("sums", before.sums());
      members.put("repeat", (long) loop.repeat());
      members.put("cycle_period", (long) loop.cyclePeriod());
      members.put("cycle_repeats", (long) loop.cycleRepeats());
      run = new CelStruct(CelTypes.RUN, members);
    }
    return run;
  }
}
