package dev.saferun.replay.capture;

import org.jspecify.annotations.Nullable;

/** What became of an action, as the client tells it. */
public record NewOutcome(
    @Nullable Object result,
    @Nullable Object error,
    @Nullable Long durationMillis,
    @Nullable String at) {}
