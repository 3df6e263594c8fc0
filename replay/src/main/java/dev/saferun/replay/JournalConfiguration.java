package dev.saferun.replay;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * Where the journal lies and how large it may grow.
 *
 * @param directory its own directory; absent means {@code journal} in the data directory
 * @param segmentBytes size of one file
 * @param totalBytesMax bound over all files; beyond it the environment's {@code on_overflow} says
 *     what a check is answered
 */
@ConfigurationProperties("saferun.journal")
public record JournalConfiguration(
    @Nullable String directory,
    @Bindable(defaultValue = "67108864") long segmentBytes,
    @Bindable(defaultValue = "4294967296") long totalBytesMax) {}
