package dev.saferun.auth.ticket;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of an access or directory token: everything but the token.
 *
 * @param memberId whose it is; null for that of a directory
 * @param permissions what it is good for, of what its member may do
 */
public record Token(
    UUID id,
    TicketKind kind,
    @Nullable UUID memberId,
    String name,
    String hint,
    List<String> permissions,
    Instant createdAt,
    String createdBy,
    Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {

  public Token {
    permissions = List.copyOf(permissions);
  }

  /** A token at the one moment when it can be read. */
  public record Issued(Token token, String secret) {

    /** Without the secret, for logs. */
    @Override
    public String toString() {
      return "Issued[" + token.id() + "]";
    }
  }
}
