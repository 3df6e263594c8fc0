package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.tenancy.EnvironmentSettings;
import io.vertx.sqlclient.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What one organization's environments have in force, as far as it was read: immutable, so that a
 * read that fails leaves it as it was.
 */
final class RulesInMemory {

  static final RulesInMemory NONE = new RulesInMemory(Map.of());

  /** The rules by name, as they are after an activation. */
  private record Environment(int number, TreeMap<String, ActiveRule> rules) {}

  /** A rule's newest line in an environment. */
  record Line(UUID environment, String rule, UUID versionId, RuleState state, int number) {
    static Line of(Row row) {
      return new Line(
          row.getUUID(0),
          row.getString(1),
          row.getUUID(2),
          ActivationRows.state(row.getString(3)),
          row.getInteger(4));
    }
  }

  private final Map<UUID, Environment> environments;
  private final Map<UUID, ActiveRule> versions = new HashMap<>();

  private RulesInMemory(Map<UUID, Environment> environments) {
    this.environments = environments;
    for (Environment environment : environments.values()) {
      environment.rules.values().forEach(rule -> versions.put(rule.rule().id(), rule));
    }
  }

  /** The last activation that was read. */
  int number(UUID environment) {
    Environment read = environments.get(environment);
    return read == null ? 0 : read.number;
  }

  /** The versions that must be read before the lines can be put to use. */
  UUID[] missing(List<Line> lines) {
    return lines.stream()
        .filter(line -> line.state != RuleState.DRAFT)
        .map(Line::versionId)
        .filter(id -> !versions.containsKey(id))
        .distinct()
        .toArray(UUID[]::new);
  }

  RulesInMemory with(List<Line> lines, List<RuleVersion> read) {
    if (lines.isEmpty()) {
      return this;
    }
    Map<UUID, ActiveRule> all = new HashMap<>(versions);
    read.forEach(version -> all.put(version.id(), ActiveRule.of(version, RuleState.BLOCK)));
    Map<UUID, Environment> next = new HashMap<>(environments);
    Map<UUID, TreeMap<String, ActiveRule>> changed = new HashMap<>();
    for (Line line : lines) {
      TreeMap<String, ActiveRule> rules =
          changed.computeIfAbsent(line.environment, id -> new TreeMap<>(rules(id)));
      put(rules, line, all);
      int number = Math.max(line.number, numberIn(next, line.environment));
      next.put(line.environment, new Environment(number, rules));
    }
    return new RulesInMemory(next);
  }

  private static void put(
      Map<String, ActiveRule> rules, Line line, Map<UUID, ActiveRule> versions) {
    if (line.state == RuleState.DRAFT) {
      rules.remove(line.rule);
    } else {
      ActiveRule version =
          Objects.requireNonNull(versions.get(line.versionId), "a version is gone");
      rules.put(line.rule, version.state() == line.state ? version : version.in(line.state));
    }
  }

  private static int numberIn(Map<UUID, Environment> environments, UUID id) {
    Environment environment = environments.get(id);
    return environment == null ? 0 : environment.number;
  }

  private Map<String, ActiveRule> rules(UUID environment) {
    Environment read = environments.get(environment);
    return read == null ? Map.of() : read.rules;
  }

  /** The rules of each environment of a project, by name. */
  Map<UUID, List<ActiveRule>> ofProject(List<EnvironmentSettings> all, UUID project) {
    Map<UUID, List<ActiveRule>> ofProject = new HashMap<>();
    for (EnvironmentSettings one : all) {
      if (one.scope().requireProject().equals(project)) {
        UUID id = one.scope().requireEnvironment();
        ofProject.put(id, List.copyOf(rules(id).values()));
      }
    }
    return ofProject;
  }
}
