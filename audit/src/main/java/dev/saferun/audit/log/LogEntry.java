package dev.saferun.audit.log;

import dev.saferun.audit.merkle.TreeHash;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.Ids;
import dev.saferun.platform.OwnDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log holds of an event, and the details that its commitments stand for.
 *
 * @param entry what is hashed, in canonical form
 * @param details by the name of the commitment: {@code salt} and {@code value}
 */
public record LogEntry(Map<String, @Nullable Object> entry, Map<String, @Nullable Object> details) {

  static final String COMMITMENTS = "commitments";

  /** The version of this form, in each entry. */
  private static final long VERSION = 1;

  private static final List<String> COMMITTED = List.of("actor_name", "address", "before", "after");
  private static final int SALT_BYTES = 16;

  /** Salts for all details of an event; nobody can guess a detail from its commitment. */
  static byte[] newSalts() {
    return Ids.secret(COMMITTED.size() * SALT_BYTES);
  }

  /** The entry at a place in the log. */
  public static LogEntry of(RecordedEvent event, long index, byte[] salts) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("actor_name", event.actorName());
    values.put("address", event.address());
    values.put("before", event.before());
    values.put("after", event.after());
    Map<String, @Nullable Object> commitments = new LinkedHashMap<>();
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    for (int i = 0; i < COMMITTED.size(); i++) {
      String name = COMMITTED.get(i);
      Object value = values.get(name);
      if (value != null) {
        byte[] salt = Arrays.copyOfRange(salts, i * SALT_BYTES, (i + 1) * SALT_BYTES);
        commitments.put(name, commitment(name, salt, value));
        details.put(name, Map.of("salt", base64(salt), "value", value));
      }
    }
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("version", VERSION);
    entry.put("index", index);
    entry.put("id", event.id().toString());
    entry.put("at", event.at().toString());
    entry.put("organization_id", event.organizationId().toString());
    entry.put("actor_kind", event.actorKind());
    entry.put("actor_id", event.actorId().toString());
    entry.put("code", event.code());
    entry.put("outcome", event.outcome());
    entry.put("target", event.target());
    entry.put("request_id", event.requestId());
    entry.put(COMMITMENTS, commitments);
    return new LogEntry(entry, details);
  }

  /** The leaf of the tree. */
  public byte[] hash() {
    return TreeHash.leaf(CanonicalJson.write(entry));
  }

  /**
   * Holds details against the commitments of an entry; returns how many details are not there.
   *
   * @throws IllegalArgumentException where one is not what was committed to, or is of none
   */
  public static int check(OwnDocument entry, OwnDocument details) {
    Map<String, @Nullable Object> commitments = entry.object(COMMITMENTS).tree();
    for (String name : details.tree().keySet()) {
      OwnDocument detail = details.object(name);
      byte[] salt = Base64.getDecoder().decode(detail.text("salt"));
      if (detail.tree().size() != 2
          || !detail.tree().containsKey("value")
          || !base64(salt).equals(detail.text("salt"))
          || !commitment(name, salt, detail.tree().get("value")).equals(commitments.get(name))) {
        throw new IllegalArgumentException(
            "entry %s was changed: its %s is not what the log is committed to"
                .formatted(entry.tree().get("index"), name));
      }
    }
    return commitments.size() - details.tree().size();
  }

  /** SHA-256 of the salt, the detail's name, a zero byte and the value in canonical form. */
  static String commitment(String name, byte[] salt, @Nullable Object value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return base64(digest.digest(CanonicalJson.write(value)));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java has SHA-256", never);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
