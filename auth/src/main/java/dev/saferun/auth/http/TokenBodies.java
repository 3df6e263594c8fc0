package dev.saferun.auth.http;

import dev.saferun.auth.ticket.TicketKind;
import dev.saferun.auth.ticket.Tokens.NewToken;
import dev.saferun.platform.Access;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.Permission;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what a token to be made is for. */
@Singleton
final class TokenBodies {

  private static final int NAME_CHARACTERS_MAX = 200;
  private static final int PERMISSIONS_MAX = 100;
  private static final Duration LIFE_MAX = Duration.ofDays(366);

  private final InstantSource clock;

  TokenBodies(InstantSource clock) {
    this.clock = clock;
  }

  /** What a person's token names must be what the person may do. */
  NewToken access(byte[] body, UUID memberId, Access access) {
    BodyFields fields = BodyFields.read(body, "name", "permissions", "expires_at");
    List<String> permissions =
        fields
            .texts("permissions", PERMISSIONS_MAX, NAME_CHARACTERS_MAX)
            .filter(all -> !all.isEmpty())
            .orElseThrow(() -> fields.absent("permissions"));
    for (int i = 0; i < permissions.size(); i++) {
      requireOwn(permissions.get(i), access, "/permissions/" + i);
    }
    return token(fields, TicketKind.ACCESS, memberId, permissions);
  }

  private static void requireOwn(String permission, Access access, String pointer) {
    if (Permission.ofWire(permission).isEmpty()) {
      throw new ProblemException(
          CommonProblem.INVALID_FIELD,
          "there is no such permission; GET /v1/roles names all",
          pointer);
    }
    boolean own =
        access.permits(permission)
            || access.inProjects().values().stream().anyMatch(all -> all.contains(permission));
    if (!own) {
      throw new ProblemException(
          CommonProblem.INVALID_FIELD, "your roles do not have this permission", pointer);
    }
  }

  NewToken directory(byte[] body) {
    BodyFields fields = BodyFields.read(body, "name", "expires_at");
    return token(
        fields, TicketKind.DIRECTORY, null, List.of(Permission.DIRECTORY_PROVISION.wire()));
  }

  private NewToken token(
      BodyFields fields, TicketKind kind, @Nullable UUID memberId, List<String> permissions) {
    String name =
        fields
            .text("name", NAME_CHARACTERS_MAX)
            .filter(text -> !text.isBlank())
            .orElseThrow(() -> fields.refusal("name", "say what the token is for"));
    Instant expires =
        fields
            .time("expires_at")
            .orElseThrow(() -> fields.refusal("expires_at", "say until when the token is good"));
    Instant now = clock.instant();
    if (!expires.isAfter(now) || expires.isAfter(now.plus(LIFE_MAX))) {
      throw fields.refusal("expires_at", "must be within the next 366 days");
    }
    return new NewToken(kind, memberId, name, permissions, expires);
  }
}
