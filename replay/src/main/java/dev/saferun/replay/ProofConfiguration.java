package dev.saferun.replay;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.DateTimeException;
import java.time.LocalTime;

/**
 * When kept decisions are verified without being asked for.
 *
 * @param selfAuditAt the time of day in UTC, such as 03:00
 * @param selfAuditSample decisions of each organization, picked at random; 0 for none
 */
@ConfigurationProperties("saferun.proof")
public record ProofConfiguration(
    @Bindable(defaultValue = "03:00") String selfAuditAt,
    @Bindable(defaultValue = "1000") int selfAuditSample) {

  /** Decisions that are taken where somebody asks for an audit and none are taken at night. */
  public static final int SAMPLE_USUAL = 1_000;

  private static final int SAMPLE_MAX = 100_000;

  public ProofConfiguration {
    if (selfAuditSample < 0 || selfAuditSample > SAMPLE_MAX) {
      throw new IllegalArgumentException(
          "saferun.proof.self-audit-sample must be from 0 to " + SAMPLE_MAX);
    }
    time(selfAuditAt);
  }

  /** The defaults, as the annotations say them. */
  public static ProofConfiguration defaults() {
    return new ProofConfiguration("03:00", SAMPLE_USUAL);
  }

  public LocalTime auditTime() {
    return time(selfAuditAt);
  }

  /** YAML takes 13:30 for a number to the base of sixty, so minutes of the day mean the same. */
  private static LocalTime time(String text) {
    try {
      return text.chars().allMatch(Character::isDigit)
          ? LocalTime.ofSecondOfDay(Long.parseLong(text) * 60)
          : LocalTime.parse(text);
    } catch (DateTimeException | NumberFormatException fault) {
      throw new IllegalArgumentException(
          "saferun.proof.self-audit-at must be a time of day such as 03:00", fault);
    }
  }
}
