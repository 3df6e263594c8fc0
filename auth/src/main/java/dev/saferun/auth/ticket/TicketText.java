package dev.saferun.auth.ticket;

import dev.saferun.platform.Ids;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of a ticket: {@code srt_access_}, the organization, 256 random bits. It names its
 * organization, since a ticket is looked up within the rows of one.
 */
public final class TicketText {

  private static final int SECRET_BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile("srt_(session|access|directory)_([0-9a-f]{32})_[A-Za-z0-9_-]{43}");
  private static final int HINT_END = 4;

  private TicketText() {}

  public static String random(TicketKind kind, UUID organizationId) {
    String secret =
        Base64.getUrlEncoder().withoutPadding().encodeToString(Ids.secret(SECRET_BYTES));
    return "srt_" + kind.wire() + "_" + hex(organizationId) + "_" + secret;
  }

  private static String hex(UUID id) {
    return id.toString().replace("-", "");
  }

  /** Whose it would be if it were one; empty where it cannot be one. */
  public static Optional<UUID> organization(String text, TicketKind... kinds) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    for (TicketKind kind : kinds) {
      if (kind.wire().equals(form.group(1))) {
        return Optional.of(id(form.group(2)));
      }
    }
    return Optional.empty();
  }

  private static UUID id(String hex) {
    return new UUID(
        Long.parseUnsignedLong(hex.substring(0, 16), 16),
        Long.parseUnsignedLong(hex.substring(16), 16));
  }

  /** Enough to tell two tickets apart by eye, and no help in guessing one. */
  public static String hint(String ticket) {
    return "…" + ticket.substring(ticket.length() - HINT_END);
  }
}
