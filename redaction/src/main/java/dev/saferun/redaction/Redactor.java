package dev.saferun.redaction;

import dev.saferun.platform.CanonicalJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one way to a {@link Redacted}. */
public final class Redactor {

  private final TokenKeys keys;
  private final Set<String> structuralMembers;

  /**
   * @param structuralMembers top-level members that the appliance itself writes and that stay as
   *     they are: ids, numbers, times, hashes. Each must hold a scalar.
   */
  public Redactor(TokenKeys keys, Set<String> structuralMembers) {
    this.keys = keys;
    this.structuralMembers = Set.copyOf(structuralMembers);
  }

  /** The document as it may be kept; the tree that is given is not changed. */
  public Redacted redact(
      RedactionPolicy policy, UUID organizationId, Map<String, @Nullable Object> document) {
    for (String member : structuralMembers) {
      if (document.get(member) instanceof String text && carriesSecret(text)) {
        keys.key(organizationId, "secret");
      }
    }
    Map<String, @Nullable Object> whole = new LinkedHashMap<>(document);
    whole.put(
        "redaction",
        Map.<String, Object>of("policy", policy.id(), "applied", List.of(), "count", 0L));
    byte[] bytes = CanonicalJson.write(whole);
    try {
      return new Redacted(bytes, MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException fault) {
      throw new IllegalStateException("this Java has no SHA-256", fault);
    }
  }

  /** Whether a name that cannot be redacted (a run id, a tool) carries what must not be kept. */
  public static boolean carriesSecret(String name) {
    return name.startsWith("srk_");
  }
}
