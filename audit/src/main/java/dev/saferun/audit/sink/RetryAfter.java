package dev.saferun.audit.sink;

import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** How long a receiver asks to be left alone (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {

  /** A receiver may not send us away for longer. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Clock clock;

  RetryAfter(Clock clock) {
    this.clock = clock;
  }

  @Nullable Duration read(String value) {
    if (value.matches("[0-9]{1,9}")) {
      return bounded(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      ZonedDateTime until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      return bounded(Duration.between(clock.instant(), until.toInstant()));
    } catch (DateTimeParseException garbage) {
      return null;
    }
  }

  private static Duration bounded(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
