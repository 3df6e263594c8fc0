package dev.saferun.tenancy;

/**
 * What became of a PUT.
 *
 * @param created true where there was nothing of that name before
 */
public record Put<T>(T value, boolean created) {}
