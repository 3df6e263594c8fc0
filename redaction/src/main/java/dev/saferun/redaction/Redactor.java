package dev.saferun.redaction;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.DataKey;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one way from captured data to data that may be kept. Safe to share between threads; it does
 * no I/O and never changes the tree that it is given.
 */
public final class Redactor {

  /** The top-level member that tells the policy and what it did; a caller may not use it. */
  public static final String REPORT_MEMBER = "redaction";

  /** Where the report names what was sealed: {@code {"key", "count", "sha256"}}. */
  public static final String SEALED_MEMBER = "sealed";

  private final TokenKeys keys;
  private final RedactedMembers members;

  public Redactor(TokenKeys keys, RedactedMembers members) {
    this.keys = keys;
    this.members = members;
  }

  /**
   * The document as it may be kept, with a member {@value #REPORT_MEMBER} that says under which
   * policy and what was done: {@code {"policy": id, "applied": [{"path", "action", "class", "of":
   * "value" or "name"}, ...], "count": n}}. The list ends at 100 entries; {@code count} goes on.
   *
   * @param document a tree as {@link dev.saferun.platform.StrictJson} makes it
   * @throws NoSealingKeyException when something must be sealed and the subject has no key
   * @throws IllegalArgumentException when it has the report's member, when a structural member
   *     holds more than a scalar, or when it is not such a tree
   */
  public Redacted redact(
      RedactionPolicy policy, Subject subject, Map<String, @Nullable Object> document) {
    check(document);
    SealBox box = new SealBox(subject);
    DocumentWalk walk = new DocumentWalk(policy, new Tokens(keys, subject.organizationId()), box);
    Map<String, @Nullable Object> kept = new LinkedHashMap<>(walk.document(document, members));
    Map<String, Object> report = new LinkedHashMap<>(walk.applied().member(policy.id()));
    Sealed sealed = null;
    if (box.count() > 0) {
      sealed = box.close(key(subject));
      report.put(SEALED_MEMBER, sealed(sealed, box.count()));
    }
    kept.put(REPORT_MEMBER, report);
    return new Redacted(CanonicalJson.write(kept), walk.applied().count(), sealed);
  }

  private static DataKey key(Subject subject) {
    if (subject.key() == null) {
      throw new NoSealingKeyException();
    }
    return subject.key();
  }

  private static Map<String, Object> sealed(Sealed sealed, int count) {
    return Map.of(
        "key",
        sealed.keyId().toString(),
        "count",
        (long) count,
        "sha256",
        HexFormat.of().formatHex(sealed.sha256()));
  }

  private void check(Map<String, @Nullable Object> document) {
    if (document.containsKey(REPORT_MEMBER)) {
      throw new IllegalArgumentException(
          "the member '" + REPORT_MEMBER + "' is the redactor's own");
    }
    for (String name : members.structural()) {
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
