package dev.saferun.evaluator.rules;

import dev.saferun.audit.AuditEvent;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.Scope;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan, where nobody was faster: the activation, its audit event and its notice at once.
 */
@Singleton
final class ActivationWriter {

  private final ProjectWrites projects;
  private final InstantSource clock;

  ActivationWriter(ProjectWrites projects, InstantSource clock) {
    this.projects = projects;
    this.clock = clock;
  }

  /** What is said of a plan when it is written. */
  record Said(Actor by, String comment, Optional<Integer> restored, Grounds grounds) {}

  /** Empty where the environment is no longer as the plan found it: nothing was written. */
  CompletionStage<Optional<Activation>> write(Plan plan, Said said) {
    Scope scope = plan.environment().scope();
    return projects.inTurn(
        scope.organizationId(),
        scope.requireProject(),
        session ->
            head(session, scope)
                .thenCompose(
                    head ->
                        head == plan.head()
                            ? write(session, plan, said).thenApply(Optional::of)
                            : CompletableFuture.completedStage(Optional.empty())));
  }

  private static CompletionStage<Integer> head(Stage.Session session, Scope scope) {
    return session
        .createNativeQuery(ActivationSql.HEAD_NAMED, Integer.class)
        .setParameter("organization", scope.organizationId())
        .setParameter("project", scope.requireProject())
        .setParameter("environment", scope.requireEnvironment())
        .getSingleResult();
  }

  private CompletionStage<Activation> write(Stage.Session session, Plan plan, Said said) {
    Activation activation =
        new Activation(
            plan.head() + 1,
            said.comment(),
            said.restored(),
            said.grounds(),
            plan.changes().size(),
            said.by().name(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    return insert(session, plan, activation, said.by().id())
        .thenCompose(done -> insertLines(session, plan, activation.number()))
        .thenCompose(done -> projects.putInForce(session, event(plan, said, activation)))
        .thenApply(done -> activation);
  }

  private static CompletionStage<Integer> insert(
      Stage.Session session, Plan plan, Activation activation, UUID author) {
    Scope scope = plan.environment().scope();
    return session
        .<Integer>createNativeQuery(ActivationSql.INSERT)
        .setParameter("organization", scope.organizationId())
        .setParameter("project", scope.requireProject())
        .setParameter("environment", scope.requireEnvironment())
        .setParameter("number", activation.number())
        .setParameter("mode", plan.environment().mode().wire())
        .setParameter("comment", activation.comment())
        .setParameter("restored", textOf(activation.restored()))
        .setParameter("backtest", textOf(activation.grounds().backtest()))
        .setParameter("reason", activation.grounds().overrideReason().orElse(""))
        .setParameter("authorId", author)
        .setParameter("authorName", activation.author())
        .setParameter("at", activation.createdAt())
        .executeUpdate();
  }

  private static String textOf(Optional<?> value) {
    return value.map(Object::toString).orElse("");
  }

  private static CompletionStage<Integer> insertLines(
      Stage.Session session, Plan plan, int number) {
    Scope scope = plan.environment().scope();
    List<Map<String, @Nullable Object>> lines =
        plan.lines().stream().map(ActivationWriter::row).toList();
    return session
        .<Integer>createNativeQuery(ActivationSql.INSERT_LINES)
        .setParameter("organization", scope.organizationId())
        .setParameter("project", scope.requireProject())
        .setParameter("environment", scope.requireEnvironment())
        .setParameter("number", number)
        .setParameter("lines", new String(CanonicalJson.write(lines), StandardCharsets.UTF_8))
        .executeUpdate();
  }

  private static Map<String, @Nullable Object> row(RuleInForce line) {
    Map<String, @Nullable Object> row = line.toJson();
    row.put("version_id", line.versionId().toString());
    return row;
  }

  private static AuditEvent event(Plan plan, Said said, Activation activation) {
    Map<String, @Nullable Object> before = new LinkedHashMap<>();
    before.put("activation", (long) plan.head());
    before.put("rules", plan.linesBefore().stream().map(RuleInForce::toJson).toList());
    Map<String, @Nullable Object> after = new LinkedHashMap<>(said.grounds().audited());
    after.put("activation", (long) activation.number());
    after.put("comment", said.comment());
    after.put("rules", plan.lines().stream().map(RuleInForce::toJson).toList());
    said.restored().ifPresent(number -> after.put("restored", (long) number));
    return new AuditEvent(
        said.by(),
        said.restored().isPresent() ? "rule.restored" : "rule.activated",
        "environment:" + plan.environment().scope().requireEnvironment(),
        before,
        after);
  }
}
