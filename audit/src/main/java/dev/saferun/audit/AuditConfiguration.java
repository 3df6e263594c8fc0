package dev.saferun.audit;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the audit log is written and sent.
 *
 * @param appendEvery how often what committed is looked for
 * @param checkpointEvery how often a log that grew is signed
 * @param allowedAddresses ranges of private addresses (CIDR) that destinations may have
 * @param filesDirectory below which destinations of type {@code file} write; absent: there are none
 */
@ConfigurationProperties("saferun.audit")
public record AuditConfiguration(
    @Bindable(defaultValue = "1s") Duration appendEvery,
    @Bindable(defaultValue = "5s") Duration checkpointEvery,
    @Nullable List<String> allowedAddresses,
    @Nullable String filesDirectory) {

  /** The ranges, none where none is given. */
  public List<String> allowed() {
    return allowedAddresses == null ? List.of() : allowedAddresses;
  }
}
