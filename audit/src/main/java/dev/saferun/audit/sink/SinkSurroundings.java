package dev.saferun.audit.sink;

import dev.saferun.platform.AddressGuard;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What every way to a receiver has of the appliance that it starts from.
 *
 * @param guard judges each address before it is called
 * @param hostname by which the appliance names itself to a receiver
 * @param fileDirectory below which files may be written; absent: nowhere
 * @param clock for times on the wire; what a call waits for goes by the monotonic one
 */
public record SinkSurroundings(
    AddressGuard guard, String hostname, @Nullable Path fileDirectory, Clock clock) {}
