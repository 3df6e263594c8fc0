package dev.saferun.auth.ticket;

import java.util.Locale;

/** What a ticket is for. */
public enum TicketKind {
  /** A browser in which somebody signed in; it travels in a cookie. */
  SESSION,
  /** A person's own, for the command line and scripts. */
  ACCESS,
  /** For the directory of an organization, which tells of its people by SCIM. */
  DIRECTORY;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
