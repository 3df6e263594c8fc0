package dev.saferun.replay.approval;

import dev.saferun.platform.SecretKeyring;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is noted of a call in the moment in which it is told to wait. */
@Singleton
public final class HeldCalls {

  private final CallHasher hasher;
  private final ApprovalConfiguration configuration;

  HeldCalls(CallHasher hasher, ApprovalConfiguration configuration) {
    this.hasher = hasher;
    this.configuration = configuration;
  }

  /** With the defaults, over a key that the caller has. */
  public static HeldCalls of(SecretKeyring keyring) {
    return new HeldCalls(new CallHasher(keyring), ApprovalConfiguration.defaults());
  }

  /** Which call may be approved, and until when. */
  public record Note(byte[] callHash, Instant expiresAt) {}

  public Note note(
      UUID decisionId, String tool, Map<String, @Nullable Object> arguments, Instant receivedAt) {
    return new Note(
        hasher.call(decisionId, tool, arguments), receivedAt.plus(configuration.life()));
  }
}
