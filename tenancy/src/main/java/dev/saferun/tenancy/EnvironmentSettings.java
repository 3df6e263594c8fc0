package dev.saferun.tenancy;

import dev.saferun.platform.Scope;

/**
 * The settings of one environment that the hot path needs, as they are now.
 *
 * @param organization the organization's name, for messages
 * @param requestsPerSecondMax checks per second that one key of this environment may make before it
 *     is answered 429
 */
public record EnvironmentSettings(
    Scope scope,
    String organization,
    String project,
    String environment,
    Mode mode,
    OnOverflow onOverflow,
    OnError onError,
    int requestsPerSecondMax) {}
