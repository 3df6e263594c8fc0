package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.Verdict;
import dev.saferun.platform.Actor;
import dev.saferun.tenancy.OnError;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A rule version as it is kept. */
@Entity
@Immutable
@Table(schema = "evaluator", name = "rule_version")
class RuleVersionRow {

  @Id UUID id;

  @Column(name = "organization_id")
  UUID organizationId;

  @Column(name = "project_id")
  UUID projectId;

  @Column String name;

  @Column int version;

  @Column String condition;

  @Column String verdict;

  @Column String message;

  @Column String[] tools;

  @Column(name = "on_error")
  @Nullable String onError;

  @Column String comment;

  @Column(name = "author_id")
  UUID authorId;

  @Column(name = "author_name")
  String authorName;

  @Column(name = "created_at")
  Instant createdAt;

  RuleVersionRow() {}

  RuleVersionRow(
      UUID projectId, RuleVersion rule, String comment, Actor author, Instant createdAt) {
    this.id = rule.id();
    this.organizationId = author.organizationId();
    this.projectId = projectId;
    this.name = rule.name();
    this.version = rule.version();
    this.condition = rule.condition();
    this.verdict = rule.verdict().wire();
    this.message = rule.message();
    this.tools = rule.tools().toArray(String[]::new);
    this.onError = rule.onError().map(OnError::wire).orElse(null);
    this.comment = comment;
    this.authorId = author.id();
    this.authorName = author.name();
    this.createdAt = createdAt;
  }

  RuleVersion rule() {
    return new RuleVersion(
        id,
        name,
        version,
        condition,
        Verdict.valueOf(verdict.toUpperCase(Locale.ROOT)),
        message,
        Arrays.asList(tools),
        Optional.ofNullable(onError).map(wire -> OnError.valueOf(wire.toUpperCase(Locale.ROOT))));
  }

  StoredRule record() {
    return new StoredRule(rule(), comment, authorName, createdAt);
  }
}
