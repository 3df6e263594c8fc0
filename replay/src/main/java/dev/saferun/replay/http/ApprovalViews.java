package dev.saferun.replay.http;

import dev.saferun.redaction.Redactor;
import dev.saferun.replay.approval.Approval;
import dev.saferun.replay.approval.ApprovalState;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.store.RunReads.StoredEvidence;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Approvals as the API writes them. */
@Singleton
final class ApprovalViews {

  private static final HexFormat HEX = HexFormat.of();

  private final Environments environments;

  ApprovalViews(Environments environments) {
    this.environments = environments;
  }

  /** As the list shows it, and whoever decided. */
  Map<String, @Nullable Object> line(Approval approval, Instant now) {
    Optional<EnvironmentSettings> place = environments.find(approval.environmentId());
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("id", approval.decisionId().toString());
    line.put("state", approval.state(now).wire());
    line.put("project", place.map(EnvironmentSettings::project).orElse(null));
    line.put("environment", place.map(EnvironmentSettings::environment).orElse(null));
    line.put("environment_id", approval.environmentId().toString());
    line.put("run_id", approval.runId());
    line.put("frame", approval.frame());
    line.put("tool", approval.tool());
    line.put("call_hash", HEX.formatHex(approval.callHash()));
    line.put("created_at", approval.createdAt().toString());
    line.put("expires_at", approval.expiresAt().toString());
    decided(line, approval.decided());
    if (approval.claimed() != null) {
      line.put("claimed_at", approval.claimed().at().toString());
    }
    return line;
  }

  private static void decided(
      Map<String, @Nullable Object> line, Approval.@Nullable Decided decided) {
    if (decided == null) {
      return;
    }
    line.put("decided_at", decided.at().toString());
    line.put("decided_by", Map.of("id", decided.by().toString(), "name", decided.name()));
    if (decided.comment() != null) {
      line.put("comment", decided.comment());
    }
  }

  /**
   * With what a person needs to decide: the call and the user's request as they are kept, and why
   * it was held.
   */
  Map<String, @Nullable Object> whole(
      Approval approval, StoredEvidence stored, boolean nameEnvironment, Instant now) {
    Map<String, @Nullable Object> evidence = EvidenceView.of(stored, List.of(), nameEnvironment);
    Map<String, @Nullable Object> whole = line(approval, now);
    whole.put("agent", evidence.get("agent"));
    whole.put("action", evidence.get("action"));
    whole.put("user_request", userRequest(Evidence.object(evidence.get("context"))));
    whole.put("reasons", Evidence.object(evidence.get("decision")).get("reasons"));
    whole.put("redaction", evidence.get(Redactor.REPORT_MEMBER));
    whole.put("links", links(approval));
    return whole;
  }

  /** A context that is too large as a whole shows where it can be read. */
  private static @Nullable Object userRequest(Map<String, @Nullable Object> context) {
    return context.containsKey("$cut") ? context : context.get("user_request");
  }

  private static Map<String, @Nullable Object> links(Approval approval) {
    String run = "/v1/runs/" + encoded(approval.runId());
    String environment = "?environment=" + approval.environmentId();
    Map<String, @Nullable Object> links = new LinkedHashMap<>();
    links.put("run", run + environment);
    links.put("frame", run + "/frames/" + approval.frame() + environment);
    links.put("decision", "/v1/decisions/" + approval.decisionId());
    return links;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** That the agent may go on. */
  static Map<String, @Nullable Object> claimed(Approval approval) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("effect", "proceed");
    answer.put("id", approval.decisionId().toString());
    answer.put("state", ApprovalState.APPROVED.wire());
    if (approval.claimed() != null) {
      answer.put("claimed_at", approval.claimed().at().toString());
    }
    return answer;
  }
}
