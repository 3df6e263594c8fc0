package dev.saferun.redaction;

import dev.saferun.platform.CanonicalJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one way from captured data to data that may be kept. Safe to share between threads; it does
 * no I/O and never changes the tree that it is given.
 */
public final class Redactor {

  /** The top-level member that tells the policy and what it did; a caller may not use it. */
  public static final String REPORT_MEMBER = "redaction";

  private final TokenKeys keys;
  private final Set<String> structuralMembers;

  /**
   * @param structuralMembers top-level members that stay as they are, because the appliance wrote
   *     them or checked them at the door: ids, numbers, times, hashes. Each must hold a scalar, so
   *     that no part of a captured tree can hide behind such a name. All other members are searched
   *     whole: what nobody thought of is redacted, not passed.
   */
  public Redactor(TokenKeys keys, Set<String> structuralMembers) {
    this.keys = keys;
    this.structuralMembers = Set.copyOf(structuralMembers);
  }

  /**
   * The document as it may be kept, with a member {@value #REPORT_MEMBER} that says under which
   * policy and what was done: {@code {"policy": id, "applied": [{"path", "action", "class", "of":
   * "value" or "name"}, ...], "count": n}}. The list ends at 100 entries; {@code count} goes on.
   *
   * @param document a tree as {@link dev.saferun.platform.StrictJson} makes it
   * @throws IllegalArgumentException when it has the report's member, when a structural member
   *     holds more than a scalar, or when it is not such a tree
   */
  public Redacted redact(
      RedactionPolicy policy, UUID organizationId, Map<String, @Nullable Object> document) {
    check(document);
    DocumentWalk walk = new DocumentWalk(policy, new Tokens(keys, organizationId));
    Map<String, @Nullable Object> kept =
        new LinkedHashMap<>(walk.document(document, structuralMembers));
    kept.put(REPORT_MEMBER, walk.applied().member(policy.id()));
    return new Redacted(CanonicalJson.write(kept), walk.applied().count());
  }

  private void check(Map<String, @Nullable Object> document) {
    if (document.containsKey(REPORT_MEMBER)) {
      throw new IllegalArgumentException(
          "the member '" + REPORT_MEMBER + "' is the redactor's own");
    }
    for (String name : structuralMembers) {
      Object value = document.get(name);
      if (value instanceof Map || value instanceof List) {
        throw new IllegalArgumentException("the structural member '" + name + "' is no scalar");
      }
    }
  }

  /**
   * Whether this text holds a secret or a card number. For names that are kept as they are because
   * records are found by them, such as a run's id or a tool's name: the door refuses those that
   * carry a secret, since they cannot be redacted later.
   */
  public static boolean carriesSecret(String name) {
    return TextScanner.find(name).stream().anyMatch(TextScanner.Finding::isSecret);
  }
}
