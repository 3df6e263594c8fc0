package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.IntentModel;
import dev.saferun.evaluator.IntentModels;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A calibrated model as it is kept, with what it was compared with. */
@Entity
@Immutable
@Table(schema = "evaluator", name = "intent_model")
class IntentModelRow {

  @Id UUID id;

  @Column(name = "organization_id")
  UUID organizationId;

  @Column(name = "project_id")
  UUID projectId;

  @Column int number;

  @Column String name;

  @Column String model;

  @Column String comparison;

  @Column(name = "author_id")
  UUID authorId;

  @Column(name = "author_name")
  String authorName;

  @Column(name = "created_at")
  Instant createdAt;

  IntentModelRow() {}

  IntentModelRow(
      UUID id,
      UUID projectId,
      int number,
      IntentModel model,
      Map<String, @Nullable Object> comparison,
      Actor author,
      Instant createdAt) {
    this.id = id;
    this.organizationId = author.organizationId();
    this.projectId = projectId;
    this.number = number;
    this.name = model.name();
    this.model = new String(CanonicalJson.write(model.toJson()), StandardCharsets.UTF_8);
    this.comparison = new String(CanonicalJson.write(comparison), StandardCharsets.UTF_8);
    this.authorId = author.id();
    this.authorName = author.name();
    this.createdAt = createdAt;
  }

  IntentModels.Version version() {
    return new IntentModels.Version(
        number, IntentModel.fromJson(tree(model)), tree(comparison), authorName, createdAt);
  }

  private static Map<String, @Nullable Object> tree(String json) {
    return StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8));
  }
}
