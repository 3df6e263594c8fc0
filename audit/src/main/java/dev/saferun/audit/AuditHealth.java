package dev.saferun.audit;

import org.jspecify.annotations.Nullable;

/** Whether the audit log is carried on and heard of elsewhere. */
@FunctionalInterface
public interface AuditHealth {

  /**
   * How it stands.
   *
   * @param logFault why events get no place in the log, or no signature; null while they do
   * @param destinations that are enabled
   * @param failing those of them whose last batch was not taken
   * @param waiting events that the one furthest behind has before it
   * @param deadLetters that nobody dealt with
   */
  record Status(
      @Nullable String logFault, int destinations, int failing, long waiting, long deadLetters) {}

  Status now();
}
