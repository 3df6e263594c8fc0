package dev.saferun.replay.capture;

import org.jspecify.annotations.Nullable;

/**
 * What happened between two actions, as a client sent it.
 *
 * @param kind {@code input}, {@code plan}, {@code model}, {@code retrieval} or {@code note}
 * @param content any JSON
 */
public record NewFrame(
    String kind, @Nullable Object content, @Nullable Long step, @Nullable String at) {}
